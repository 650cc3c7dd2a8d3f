// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import it.socialies.gateway.metrics.Scrape;
import it.socialies.gateway.node.TestNode.Answer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an outsider gets to keep, from a real node on real files, checked with nothing but the published keys. */
class CheckpointsTest {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final List<String> HISTORY = List.of("commit-log", "journal", "snapshots");
    private static final String CHECKPOINTS = "/audit/checkpoints";

    @TempDir
    private Path data;

    @Test
    void shouldSignEachSnapshotAndServeItToAnybody() throws Exception {
        try (TestNode node = TestNode.create(data)) {
            assertThat(node.get(CHECKPOINTS, null).expect(200).getJsonArray("items"))
                    .isEmpty();
            assertThat(node.get(CHECKPOINTS + "/latest", null).expect(404).getString("code"))
                    .isEqualTo("not_found");
            TestTown town = TestTown.create(node);
            cover(town, 5_000);
            node.restart(TestNode.OFTEN);
            town.afterRestart().pay(town.card, 1_000).expect(201);
            JsonObject first = awaitCheckpoint(node);

            assertThat(verified(node, first.getString("jws"))).isEqualTo(saidIn(first));
            JsonObject circuit = circuit(first, town.circuitId);
            assertThat(circuit.getJsonObject("reserve")).isEqualTo(TestTown.euro(5_000));
            assertThat(circuit.getJsonObject("outstanding"))
                    .isEqualTo(new JsonObject().put("amount", 5_000).put("currency", "IES"));
            assertThat(unit(circuit, "EUR").getLong("debits")).isGreaterThan(1_000_000);
            assertThat(unit(circuit, "IES").getLong("debits")).isEqualTo(5_000);
            for (Object each : circuit.getJsonArray("units")) {
                JsonObject unit = (JsonObject) each;
                assertThat(unit.getLong("debits")).isEqualTo(unit.getLong("credits"));
                assertThat(unit.getLong("debits_pending")).isEqualTo(unit.getLong("credits_pending"));
            }
            await().atMost(PATIENCE).untilAsserted(() -> {
                JsonObject status = node.get("/status", null).expect(200);
                JsonObject newest = latest(node);
                for (String same : List.of("sequence", "core_hash", "ledger_hash")) {
                    assertThat(newest.getValue(same)).isEqualTo(status.getValue(same));
                }
            });
            assertThat(first.getString("jws"))
                    .isEqualTo(Files.readString(checkpoints().resolve(fileName(first.getLong("sequence")))));

            node.restart();
            town.afterRestart().pay(town.card, 700).expect(201);
            JsonObject second = awaitCheckpoint(node);
            town.pay(town.card, 300).expect(201);
            JsonObject third = awaitCheckpoint(node);

            assertThat(second.getLong("sequence")).isGreaterThan(first.getLong("sequence"));
            assertThat(keyId(third)).as("the key outlives a restart").isEqualTo(keyId(first));
            for (JsonObject kept : List.of(first, second, third)) {
                assertThat(verified(node, kept.getString("jws"))).isEqualTo(saidIn(kept));
                Answer again = node.get(CHECKPOINTS + "/" + kept.getLong("sequence"), null);
                assertThat(again.expect(200)).isEqualTo(kept);
                assertThat(again.header("Cache-Control")).isEqualTo("public, max-age=31536000, immutable");
            }
            assertThat(scrape(node).value("ies_checkpoint_sequence")).isGreaterThanOrEqualTo(third.getLong("sequence"));
            assertThat(scrape(node).value("ies_checkpoint_failures_total")).isZero();
            shouldPage(node);
            shouldGiveTheFileAlone(node, third);
            shouldRefuseWhatIsNone(node, first);
        }
    }

    private static void shouldPage(TestNode node) {
        List<Long> paged = new ArrayList<>();
        String cursor = "";
        do {
            Answer page = node.get(CHECKPOINTS + "?limit=2" + cursor, null);
            JsonArray items = page.expect(200).getJsonArray("items");
            assertThat(page.header("Cache-Control")).isEqualTo("public, max-age=60");
            assertThat(items.size()).isBetween(1, 2);
            items.forEach(item -> paged.add(((JsonObject) item).getLong("sequence")));
            cursor = page.json().containsKey("next_cursor")
                    ? "&cursor=" + page.json().getString("next_cursor")
                    : null;
        } while (cursor != null);
        JsonArray all = node.get(CHECKPOINTS, null).expect(200).getJsonArray("items");
        assertThat(paged)
                .hasSizeGreaterThanOrEqualTo(3)
                .isSortedAccordingTo((a, b) -> Long.compare(b, a))
                .isEqualTo(all.stream()
                        .map(item -> ((JsonObject) item).getLong("sequence"))
                        .toList());
    }

    private static void shouldGiveTheFileAlone(TestNode node, JsonObject latest) {
        Answer file = node.get(CHECKPOINTS + "/latest?format=jws", null);
        assertThat(file.status()).isEqualTo(200);
        assertThat(file.header("Content-Type")).isEqualTo("application/jose");
        assertThat(file.header("Cache-Control")).isEqualTo("public, max-age=60");
        assertThat(file.header("X-RateLimit-Limit")).isNotEmpty();
        assertThat(file.response().body()).isEqualTo(latest.getString("jws"));
    }

    private static void shouldRefuseWhatIsNone(TestNode node, JsonObject known) {
        Answer unknown = node.get(CHECKPOINTS + "/" + (known.getLong("sequence") - 1), null);
        assertThat(unknown.expect(404).getString("code")).isEqualTo("not_found");
        assertThat(unknown.header("Cache-Control")).isEqualTo("no-store");
        node.get(CHECKPOINTS + "/ieri", null).expect(400);
        node.get(CHECKPOINTS + "/99999999999999999999999", null).expect(400);
        node.get(CHECKPOINTS + "/latest?format=pdf", null).expect(400);
        node.get(CHECKPOINTS + "?cursor=zzzzzzzzzzzzzzzzzzzz", null).expect(422);
        node.get(CHECKPOINTS + "/latest", known.getString("jws")).expect(401);
    }

    @Test
    void shouldNotVerifyWhatWasChanged() throws Exception {
        try (TestNode node = TestNode.create(data)) {
            TestTown.create(node);
            node.restart(TestNode.OFTEN);
            String jws = awaitCheckpoint(node).getString("jws");
            JWKSet keys = keys(node);
            assertThat(isGood(jws, keys)).isTrue();
            String[] parts = jws.split("\\.");
            JsonObject claims = new JsonObject(JWSObject.parse(jws).getPayload().toString());
            claims.put("sequence", claims.getLong("sequence") + 1);
            String other = Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(claims.encode().getBytes(StandardCharsets.UTF_8));
            assertThat(isGood(parts[0] + "." + other + "." + parts[2], keys)).isFalse();
            char first = parts[2].charAt(0);
            assertThat(isGood(
                            parts[0] + "." + parts[1] + "." + (first == 'A' ? 'B' : 'A') + parts[2].substring(1), keys))
                    .isFalse();
        }
    }

    @Test
    void shouldGoOnPayingWhateverKeepsCheckpointsFromBeingSigned() throws Exception {
        try (TestNode node = TestNode.create(data)) {
            SnapshotConfig none = node.config().snapshots();
            TestTown town = TestTown.create(node);
            node.restart(TestNode.OFTEN);
            awaitCheckpoint(node);
            node.restart(none);
            long signed = newestSnapshot();
            await().until(() -> scrape(node).value("ies_checkpoint_sequence") == signed);

            // Damaged totals are not signed; whole again, they are.
            Path checkpoint = checkpoints().resolve(fileName(signed));
            Files.delete(checkpoint);
            Path totals = data.resolve("snapshots").resolve(fileName(signed).replace(".jws", ".totals.json"));
            String whole = Files.readString(totals);
            Files.writeString(totals, whole.replaceFirst("\"core_hash\":\"...", "\"core_hash\":\"abc"));
            node.restart();
            awaitFailure(node);
            assertThat(town.afterRestart().pay(town.card, 100).status()).isEqualTo(201);
            assertThat(checkpoint).doesNotExist();
            Files.writeString(totals, whole);
            node.restart();
            await().until(() -> Files.exists(checkpoint));

            // A folder that cannot be written.
            Files.move(checkpoints(), data.resolve("aside"));
            Files.writeString(checkpoints(), "in the way");
            node.restart();
            awaitFailure(node);
            assertThat(town.afterRestart().pay(town.card, 100).status()).isEqualTo(201);
            Files.delete(checkpoints());
            Files.move(data.resolve("aside"), checkpoints());

            // A key that is gone is not replaced: what it signed would look forged.
            Files.delete(data.resolve("secrets").resolve("keys").resolve("audit-key.json"));
            node.restart(TestNode.OFTEN);
            assertThat(town.afterRestart().pay(town.card, 100).status()).isEqualTo(201);
            await().atMost(PATIENCE)
                    .until(() -> scrape(node).value("ies_snapshot_sequence")
                            > scrape(node).value("ies_checkpoint_sequence"));
            assertThat(latest(node).getLong("sequence")).isEqualTo(signed);
            assertThat(keys(node).getKeys()).hasSize(1);
            assertThat(node.get("/status", null).status()).isEqualTo(200);
        }
    }

    @Test
    void shouldNotStartOnAHistoryThatEndsBeforeACheckpoint() throws Exception {
        try (TestNode node = TestNode.create(data)) {
            TestTown town = TestTown.create(node);
            node.stopNode();
            for (String part : HISTORY) {
                copy(data.resolve(part), data.resolve("older-" + part));
            }
            node.startAgain();
            town.afterRestart().pay(town.card, 1_000).expect(201);
            node.restart(TestNode.OFTEN);
            long signed = awaitCheckpoint(node).getLong("sequence");
            node.stopNode();
            for (String part : HISTORY) {
                Files.move(data.resolve(part), data.resolve("newer-" + part));
                Files.move(data.resolve("older-" + part), data.resolve(part));
            }

            assertThatThrownBy(node::startAgain)
                    .isInstanceOf(NodeFailure.class)
                    .hasMessageContaining("a checkpoint of record ")
                    .hasMessageContaining("an older copy was put back");

            for (String part : HISTORY) {
                Files.move(data.resolve(part), data.resolve("refused-" + part));
                Files.move(data.resolve("newer-" + part), data.resolve(part));
            }
            node.startAgain();
            assertThat(latest(node).getLong("sequence")).isGreaterThanOrEqualTo(signed);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file)));
            }
        }
    }

    /** Euro into the reserve, IES against them. */
    private static void cover(TestTown town, long cents) {
        town.approve(town.node
                .post("/reserve-movements", town.social, new JsonObject().put("amount", TestTown.euro(cents)))
                .expect(202));
        town.approve(town.node
                .post(
                        "/issuances",
                        town.social,
                        new JsonObject()
                                .put("wallet_id", town.card.getString("wallet_id"))
                                .put(
                                        "amount",
                                        new JsonObject().put("amount", cents).put("currency", "IES")))
                .expect(202));
    }

    /** The newest checkpoint, once it speaks of all that was done. */
    private static JsonObject awaitCheckpoint(TestNode node) {
        long sequence = node.get("/status", null).expect(200).getLong("sequence");
        await().atMost(PATIENCE).until(() -> scrape(node).value("ies_checkpoint_sequence") >= sequence);
        return latest(node);
    }

    private static void awaitFailure(TestNode node) {
        await().atMost(PATIENCE).until(() -> scrape(node).value("ies_checkpoint_failures_total") >= 1);
    }

    private static JsonObject latest(TestNode node) {
        return node.get(CHECKPOINTS + "/latest", null).expect(200);
    }

    private static Scrape scrape(TestNode node) {
        return new Scrape(node.send(node.request("/metrics").build()).response().body());
    }

    private static JWKSet keys(TestNode node) throws ParseException {
        return JWKSet.parse(node.send(node.request("/.well-known/jwks.json").build())
                .expect(200)
                .encode());
    }

    private static String keyId(JsonObject checkpoint) throws ParseException {
        return JWSObject.parse(checkpoint.getString("jws")).getHeader().getKeyID();
    }

    private static boolean isGood(String jws, JWKSet keys) throws ParseException, JOSEException {
        JWSObject parsed = JWSObject.parse(jws);
        JWK key = keys.getKeyByKeyId(parsed.getHeader().getKeyID());
        assertThat(key.getKeyUse()).isEqualTo(KeyUse.SIGNATURE);
        assertThat(key.isPrivate()).isFalse();
        assertThat(parsed.getHeader().getAlgorithm()).isEqualTo(JWSAlgorithm.ES256);
        assertThat(parsed.getHeader().getType().toString()).isEqualTo("ies-checkpoint+jws");
        return parsed.verify(new ECDSAVerifier(key.toECKey()));
    }

    /** The claims of a JWS with a good signature, but for those that say who signed and when. */
    private static JsonObject verified(TestNode node, String jws) throws ParseException, JOSEException {
        assertThat(isGood(jws, keys(node))).isTrue();
        JsonObject claims = new JsonObject(JWSObject.parse(jws).getPayload().toString());
        assertThat(claims.remove("iss")).isEqualTo("social-ies");
        assertThat(claims.remove("format")).isEqualTo(1);
        assertThat(((Number) claims.remove("iat")).longValue())
                .isCloseTo(System.currentTimeMillis() / 1_000, Offset.offset(600L));
        return claims;
    }

    private static JsonObject saidIn(JsonObject answer) {
        JsonObject said = answer.copy();
        said.remove("jws");
        return said;
    }

    private static JsonObject circuit(JsonObject checkpoint, String circuitId) {
        return find(checkpoint.getJsonArray("circuits"), "circuit_id", circuitId);
    }

    private static JsonObject unit(JsonObject circuit, String currency) {
        return find(circuit.getJsonArray("units"), "currency", currency);
    }

    private static JsonObject find(JsonArray array, String member, String value) {
        return array.stream()
                .map(JsonObject.class::cast)
                .filter(each -> value.equals(each.getString(member)))
                .findFirst()
                .orElseThrow();
    }

    private long newestSnapshot() throws IOException {
        try (Stream<Path> files = Files.list(data.resolve("snapshots"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".snapshot"))
                    .mapToLong(name -> Long.parseLong(name.substring(0, 20)))
                    .max()
                    .orElseThrow();
        }
    }

    private Path checkpoints() {
        return data.resolve("checkpoints");
    }

    private static String fileName(long sequence) {
        return "%020d.jws".formatted(sequence);
    }
}

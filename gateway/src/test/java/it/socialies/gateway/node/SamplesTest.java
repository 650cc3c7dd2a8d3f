// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.node;

import static it.socialies.gateway.node.SettlementTown.IBAN;
import static it.socialies.gateway.node.SettlementTown.note;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import it.socialies.gateway.api.Ids;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A seeded sample of payments, and a case of it in the hands of the standalone verifier. */
class SamplesTest {

    @TempDir
    private Path data;

    @TempDir
    private Path kept;

    private TestNode node;
    private TestTown town;
    private String auditor = "";
    private LoneVerifier verifier;

    @Test
    void shouldDrawTheSamePaymentsAgainAndHandOutCasesThatProveThemselves() throws Exception {
        try (TestNode started = TestNode.create(data)) {
            node = started;
            verifier = new LoneVerifier(kept);
            town = TestTown.create(
                    node, circuit -> auditor = circuit.appoint("revisore", "RSSMRA82A01H501W", "auditor"));
            TestTown elsewhere = TestTown.create(node);
            SettlementTown desk = new SettlementTown(town);
            DisputeTown disputes = new DisputeTown(town);
            JsonObject card = disputes.cardOfAPerson(new EmergencyTown(town));
            desk.setPayee(town.merchantId, IBAN);
            List<String> payments = new ArrayList<>();
            for (int i = 1; i <= 5; i++) {
                payments.add(town.pay(i % 2 == 0 ? town.card : card, 100L * i)
                        .expect(201)
                        .getString("id"));
            }
            String settlement = desk.approved();
            node.post(desk.notePath(settlement, town.merchantId) + "/confirmations", town.treasurer, note("7", 15_00))
                    .expect(201);
            String reference = desk.order(settlement, SettlementTown.mandate())
                    .getJsonObject(0)
                    .getString("reference");
            assertThat(desk.told(reference, "paid", 15_00)).isEqualTo("noted");
            long sequence = node.get("/status", null).expect(200).getLong("sequence");
            JsonObject asked =
                    new JsonObject().put("seed", "11-27-34").put("size", 3).put("sequence", sequence);
            JsonObject sample = shouldDrawByTheDigests(asked, payments);
            shouldRefuse(asked, sample, elsewhere);
            String first = "/audit/samples/" + sample.getString("id") + "/cases/";
            assertThat(node.get(first + 1, auditor).expect(409).getString("code"))
                    .isEqualTo("not_yet_checkpointed");
            town.pay(town.card, 1).expect(201);

            node.restart(TestNode.OFTEN);
            town.afterRestart();
            auditor = town.logIn("revisore");
            await().atMost(Duration.ofMinutes(2))
                    .until(() -> node.get(first + 1, auditor).status() == 200);
            // Same seed, same sequence, drawn later and among more payments: the same ones.
            assertThat(node.post("/audit/samples", auditor, asked).expect(201).getJsonArray("items"))
                    .isEqualTo(sample.getJsonArray("items"));
            shouldHoldTheWholeCase(sample, card, settlement);
        }
    }

    private JsonObject shouldDrawByTheDigests(JsonObject asked, List<String> payments) throws Exception {
        JsonObject sample = node.post("/audit/samples", auditor, asked).expect(201);
        Map<String, String> digests = new LinkedHashMap<>();
        for (String payment : payments) {
            digests.put(
                    payment,
                    HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256")
                                    .digest((asked.getString("seed") + ":" + Ids.PAYMENT.parse(payment))
                                            .getBytes(StandardCharsets.UTF_8))));
        }
        List<String> expected = payments.stream()
                .sorted(Comparator.comparing(digests::get))
                .limit(3)
                .toList();
        assertThat(sample.getJsonArray("items").stream().map(each -> ((JsonObject) each).getString("payment_id")))
                .containsExactlyElementsOf(expected);
        assertThat(sample.getLong("population")).isEqualTo(5);
        assertThat(sample.getLong("population_amount")).isEqualTo(15_00);
        assertThat(node.get("/audit/samples/" + sample.getString("id"), auditor).expect(200))
                .isEqualTo(sample);
        assertThat(node.post("/audit/samples", auditor, asked.copy().put("programme_id", town.programmeId))
                        .expect(201)
                        .getJsonArray("items"))
                .isEqualTo(sample.getJsonArray("items"));
        return sample;
    }

    private void shouldRefuse(JsonObject asked, JsonObject sample, TestTown elsewhere) {
        node.post("/audit/samples", town.till.id, asked).expect(401);
        node.post("/audit/samples", auditor, asked.copy().put("size", 0)).expect(400);
        node.post("/audit/samples", auditor, asked.copy().put("size", 201)).expect(400);
        node.post("/audit/samples", auditor, asked.copy().put("seed", "")).expect(400);
        node.post(
                        "/audit/samples",
                        auditor,
                        asked.copy().put("from", "2026-01-02T00:00:00Z").put("to", "2026-01-02T00:00:00Z"))
                .expect(422);
        node.post("/audit/samples", auditor, asked.copy().put("programme_id", elsewhere.programmeId))
                .expect(404);
        String path = "/audit/samples/" + sample.getString("id");
        node.get(path, elsewhere.social).expect(404);
        node.get(path + "/cases/1", elsewhere.social).expect(404);
        node.get(path + "/cases/4", auditor).expect(404);
        node.get("/audit/samples/smp_zzzz", auditor).expect(404);
        assertThat(node.post(
                                "/audit/samples",
                                auditor,
                                asked.copy().put("from", "2001-01-01T00:00:00Z").put("to", "2001-01-02T00:00:00Z"))
                        .expect(201)
                        .getJsonArray("items"))
                .isEmpty();
    }

    private void shouldHoldTheWholeCase(JsonObject sample, JsonObject card, String settlement) throws Exception {
        Path keys = verifier.keysOf(node);
        boolean hasPerson = false;
        for (int number = 1; number <= 3; number++) {
            String path = "/audit/samples/" + sample.getString("id") + "/cases/" + number;
            int before = exports();
            byte[] zip = node.bytes(path, auditor);
            assertThat(exports()).isEqualTo(before + 1);
            assertThat(node.bytes(path, auditor)).isEqualTo(zip);
            Map<String, byte[]> files = files(zip);
            String payment =
                    sample.getJsonArray("items").getJsonObject(number - 1).getString("payment_id");
            assertThat(json(files, "payment.json").getString("id")).isEqualTo(payment);
            assertThat(json(files, "trace-back.json").getBoolean("sums_agree")).isTrue();
            JsonObject settled = json(files, "settlement.json");
            assertThat(settled.getJsonArray("lines").getJsonObject(0).getString("settlement_id"))
                    .isEqualTo(settlement);
            assertThat(settled.getJsonArray("debit_notes").getJsonObject(0).getString("number"))
                    .isEqualTo("7");
            assertThat(settled.getJsonArray("orders").getJsonObject(0).getString("state"))
                    .isEqualTo("paid");
            JsonObject person = json(files, "person.json");
            if (json(files, "payment.json").getString("wallet_id").equals(card.getString("wallet_id"))) {
                hasPerson = true;
                assertThat(person.getString("state")).isEqualTo("known");
                assertThat(json(files, "awards.json")
                                .getJsonArray("top_ups")
                                .getJsonObject(0)
                                .getLong("amount"))
                        .isEqualTo(50_00);
            } else {
                assertThat(person.getString("state")).isEqualTo("unknown");
            }
            assertThat(verifier.ofCase(zip, keys)).as(verifier.printed()).isEqualTo(LoneVerifier.YES);
            assertThat(verifier.printed()).contains("pagamento " + payment, "YES: ");
            if (number == 1) {
                shouldBelieveNoChangedByte(zip, keys);
            }
        }
        assertThat(hasPerson).isTrue();
    }

    private void shouldBelieveNoChangedByte(byte[] zip, Path keys) throws IOException {
        int step = zip.length / 300 + 1;
        for (int at = 0; at < zip.length; at += step) {
            byte[] altered = zip.clone();
            altered[at] ^= 1;
            assertThat(verifier.ofCase(altered, keys)).as("byte %d", at).isEqualTo(LoneVerifier.NO);
            assertThat(verifier.printed()).doesNotContain("YES: ");
        }
        byte[] longer = Arrays.copyOf(zip, zip.length + 1);
        assertThat(verifier.ofCase(longer, keys)).isEqualTo(LoneVerifier.NO);
    }

    /** Reads that the log has as exports for an audit. */
    private int exports() {
        JsonArray items =
                node.get("/people/reads?limit=200", auditor).expect(200).getJsonArray("items");
        return (int) items.stream()
                .map(JsonObject.class::cast)
                .filter(each -> each.getString("purpose").equals("audit")
                        && each.getString("operation").equals("export"))
                .count();
    }

    private static JsonObject json(Map<String, byte[]> files, String name) {
        return new JsonObject(new String(files.get(name), StandardCharsets.UTF_8));
    }

    private static Map<String, byte[]> files(byte[] bytes) throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bytes))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                files.put(entry.getName(), zip.readAllBytes());
            }
        }
        return files;
    }
}

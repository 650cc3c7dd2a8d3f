// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import it.socialies.engine.journal.files.DataFolderInUse;
import it.socialies.gateway.node.TestNode.Answer;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a node survives, and how it refuses to start. */
class NodeLifeTest {
    @TempDir
    private Path data;

    @Test
    void shouldKeepEverythingOverARestart() throws Exception {
        try (TestNode node = TestNode.create(data)) {
            TestTown town = TestTown.create(node);
            String key = TestNode.newKey();
            String body = town.payment(town.card, 1_000).encode();
            JsonObject before = town.till("/payments", key, body).expect(201);

            node.restart();
            JsonObject after = town.afterRestart().till("/payments", key, body).expect(201);

            assertThat(after).isEqualTo(before);
            assertThat(town.available(town.card)).isEqualTo(9_000);
        }
    }

    @Test
    void shouldTakePaymentsWhilePostgresIsAway() throws Exception {
        try (TestNode node = TestNode.create(data)) {
            TestTown town = TestTown.create(node);
            town.terminalToken();
            node.stopPostgres();

            JsonObject payment = town.pay(town.card, 1_000).expect(201);
            Answer list = node.get("/payments", town.social);
            Answer login = node.post(
                    "/tokens", null, null, "{\"grant_type\":\"password\",\"username\":\"anna\",\"password\":\"x\"}");

            assertThat(payment.getString("state")).isEqualTo("captured");
            assertThat(list.expect(503).getString("code")).isEqualTo("projection_unavailable");
            assertThat(list.header("Retry-After")).isNotEmpty();
            assertThat(login.expect(503).getString("code")).isEqualTo("office_unavailable");
            assertThat(node.get("/status", null)
                            .expect(200)
                            .getJsonObject("parts")
                            .getString("office"))
                    .isEqualTo("down");
            assertThat(town.newTill().pay(town.card, 1_000).status()).isEqualTo(201);
        }
    }

    @Test
    void shouldBlockACardByItsCodeWhilePostgresIsAway() throws Exception {
        try (TestNode node = TestNode.create(data)) {
            TestTown town = TestTown.create(node);
            town.terminalToken();
            JsonObject lost = town.newCard();
            JsonObject lostCode = new JsonObject().put("code", lost.getString("block_code"));
            node.stopPostgres();

            JsonObject blocked = node.post("/public/card-blocks", null, null, lostCode.encode())
                    .expect(201);

            assertThat(blocked).isEqualTo(new JsonObject().put("state", "blocked"));
            assertThat(node.post("/public/card-blocks", null, null, lostCode.encode())
                            .expect(201))
                    .as("the same answer once it is blocked")
                    .isEqualTo(blocked);
            assertThat(town.pay(lost, 1).expect(402).getString("code")).isEqualTo("card_blocked");
        }
    }

    @Test
    void shouldRefuseKeysThatHaveLeftTheWindow() throws Exception {
        try (TestNode node = TestNode.create(data)) {
            JsonObject first = node.bootstrap(1);
            String token = node.operatorToken(first.getString("username"), first.getString("password"));
            String old = TestNode.newKey();
            node.post("/clock-steps", token, new JsonObject().put("advance_ms", 3 * 86_400_000L))
                    .expect(201);
            String later = node.operatorToken(first.getString("username"), first.getString("password"));
            Awaitility.await()
                    .untilAsserted(() -> assertThat(node.post("/circuits", later, old, "{\"name\":\"Tardi\"}")
                                    .expect(422)
                                    .getString("code"))
                            .isEqualTo("idempotency_key_too_old"));
        }
    }

    @Test
    void shouldSayBusyRatherThanWait() throws Exception {
        try (TestNode node =
                TestNode.create(data, "ies.engine.in-flight-max=2", "ies.rate.principal-requests-max=1000000")) {
            TestTown town = TestTown.create(node);
            String token = town.social;
            List<CompletableFuture<Answer>> answers = new ArrayList<>();
            try (ExecutorService callers = Executors.newFixedThreadPool(32)) {
                for (int i = 0; i < 400; i++) {
                    answers.add(CompletableFuture.supplyAsync(
                            () -> node.post("/cards", token, new JsonObject().put("count", 1)), callers));
                }
                CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new))
                        .join();
            }

            assertThat(answers)
                    .allSatisfy(answer -> assertThat(answer.join().status()).isIn(201, 503));
            Answer refused = answers.stream()
                    .map(CompletableFuture::join)
                    .filter(answer -> answer.status() == 503)
                    .findFirst()
                    .orElseThrow();
            assertThat(refused.code()).isEqualTo("busy");
            assertThat(refused.header("Retry-After")).isEqualTo("1");
        }
    }

    @Test
    void shouldSlowDownWhoAsksTooMuch() throws Exception {
        try (TestNode node = TestNode.create(data, "ies.rate.principal-requests-max=5")) {
            JsonObject first = node.bootstrap(1);
            String token = node.operatorToken(first.getString("username"), first.getString("password"));
            Answer last = null;
            for (int i = 0; i < 7; i++) {
                last = node.get("/circuits", token);
            }

            assertThat(last.expect(429).getString("code")).isEqualTo("rate_limited");
            assertThat(last.header("X-RateLimit-Limit")).isEqualTo("5");
            assertThat(last.header("X-RateLimit-Remaining")).isEqualTo("0");
            assertThat(last.header("Retry-After")).isNotEmpty();
        }
    }

    @Test
    void shouldRefuseToStartInOneLineThatHelps() throws Exception {
        try (TestNode node = TestNode.create(data);
                ServerSocket occupied = new ServerSocket(0)) {
            NodeArguments same = node.arguments();
            assertThatThrownBy(() -> RunningNode.start(same, node.config())).isInstanceOf(DataFolderInUse.class);

            Path other = Files.createDirectories(data.resolve("other").resolve("secrets"))
                    .getParent();
            Files.copy(
                    data.resolve("secrets").resolve("postgres.json"),
                    other.resolve("secrets").resolve("postgres.json"));
            NodeArguments elsewhere = new NodeArguments(
                    other, null, occupied.getLocalPort(), URI.create("postgresql://localhost:1"), false);
            assertThatThrownBy(() -> RunningNode.start(elsewhere, NodeConfig.read(elsewhere)))
                    .isInstanceOf(NodeFailure.class)
                    .hasMessageContaining("port " + occupied.getLocalPort())
                    .hasMessageContaining("--port");
        }
        assertThatThrownBy(() -> NodeArguments.parse("--port", "70000")).hasMessageContaining("usage");
        assertThatThrownBy(() -> NodeArguments.parse("--what")).hasMessageContaining("usage");
    }

    @Test
    void shouldStayTheSandboxItIs() throws Exception {
        try (TestNode node = TestNode.create(data)) {
            NodeArguments sandbox = node.arguments();
            node.stopNode();
            NodeArguments live = new NodeArguments(data, null, 0, sandbox.postgres(), true);

            assertThatThrownBy(() -> RunningNode.start(live, node.config()))
                    .isInstanceOf(NodeFailure.class)
                    .hasMessageContaining("sandbox");
        }
    }

    @Test
    void shouldGoOnWithAnApprovedBatchAfterARestart() throws Exception {
        try (TestNode node = TestNode.create(data)) {
            TestTown town = TestTown.create(node);
            String walletId = town.card.getString("wallet_id");
            JsonArray rows = new JsonArray();
            for (int i = 0; i < 130; i++) {
                rows.add(new JsonObject().put("wallet_id", walletId).put("amount", TestTown.euro(1)));
            }
            JsonObject proposed = node.post(
                            "/top-ups",
                            town.social,
                            new JsonObject()
                                    .put("programme_id", town.programmeId)
                                    .put("rows", rows))
                    .expect(202);
            // As if the process had died between the approval and the rows: they cannot be read all, so none is carried
            // out.
            node.inOffice("CREATE TABLE parked AS SELECT * FROM office.top_up_batch_row WHERE row_number >= 64");
            node.inOffice("DELETE FROM office.top_up_batch_row WHERE row_number >= 64");
            Answer interrupted = node.post(
                    "/top-ups/" + proposed.getString("id") + "/approvals",
                    town.treasurer,
                    new JsonObject()
                            .put("amount", proposed.getJsonObject("amount"))
                            .put("row_count", proposed.getInteger("row_count"))
                            .put("digest", proposed.getString("digest")));
            long before = town.available(town.card);
            node.stopNode();
            node.inOffice("INSERT INTO office.top_up_batch_row SELECT * FROM parked");
            node.startAgain();
            town.afterRestart();

            Awaitility.await()
                    .untilAsserted(() -> assertThat(node.get("/top-ups/" + proposed.getString("id"), town.social)
                                    .expect(200)
                                    .getString("state"))
                            .isEqualTo("executed"));
            assertThat(interrupted.status()).isEqualTo(409);
            assertThat(before).isEqualTo(10_000);
            assertThat(town.available(town.card)).isEqualTo(10_130);
        }
    }

    @Test
    void shouldAskTwoPersonsToStartALiveInstallation() throws Exception {
        try (TestNode node = TestNode.create(data)) {
            NodeArguments live = new NodeArguments(
                    data.resolve("live"), null, 0, node.arguments().postgres(), true);
            Files.createDirectories(live.dataFolder().resolve("secrets"));
            Files.copy(
                    data.resolve("secrets").resolve("postgres.json"),
                    live.dataFolder().resolve("secrets").resolve("postgres.json"));

            assertThatThrownBy(() -> RunningNode.start(live, node.config()))
                    .isInstanceOf(NodeFailure.class)
                    .hasMessageContaining("ies.live.tax-codes");
        }
    }

    @Test
    void shouldNotAnswerALiveInstallationInClearToOtherMachines() throws Exception {
        try (TestNode node = TestNode.create(data)) {
            Path folder = data.resolve("live");
            Files.createDirectories(
                    folder.resolve("secrets"),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            Files.copy(
                    data.resolve("secrets").resolve("postgres.json"),
                    folder.resolve("secrets").resolve("postgres.json"));
            Files.writeString(
                    folder.resolve("node.properties"), "ies.live.tax-codes=RSSMRA80A01H501U,RSSMRA80A41H501Y\n");
            NodeArguments everywhere =
                    new NodeArguments(folder, "0.0.0.0", 0, node.arguments().postgres(), true);

            assertThatThrownBy(() -> RunningNode.start(everywhere, NodeConfig.read(everywhere)))
                    .isInstanceOf(NodeFailure.class)
                    .hasMessageContaining("ies.https.certificate")
                    .hasMessageContaining("ies.http.trusted-proxies");
        }
    }
}

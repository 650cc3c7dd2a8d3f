// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.vertx.core.json.JsonObject;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Notices on a real node with a receiver over real HTTP: signed, once each, again after a day away, dead and back. */
class NoticesTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    private Path data;

    private TestNode node;
    private TestTown town;
    private HttpServer server;
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final AtomicInteger status = new AtomicInteger(200);
    private long aheadMs;

    private record Received(String id, String timestamp, String signature, String body) {}

    @BeforeEach
    void start() throws Exception {
        node = TestNode.create(data, "ies.webhooks.private-targets=true", "ies.tokens.operator-life=PT2000H");
        town = TestTown.create(node);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/ies", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            received.add(new Received(
                    exchange.getRequestHeaders().getFirst("webhook-id"),
                    exchange.getRequestHeaders().getFirst("webhook-timestamp"),
                    exchange.getRequestHeaders().getFirst("webhook-signature"),
                    body));
            exchange.sendResponseHeaders(status.get(), -1);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() throws Exception {
        server.stop(0);
        node.close();
    }

    private JsonObject endpoint() {
        return node.post(
                        "/webhook-endpoints",
                        town.social,
                        url(server.getAddress().getPort()))
                .expect(201);
    }

    private static JsonObject url(int port) {
        return new JsonObject().put("url", "http://127.0.0.1:" + port + "/ies");
    }

    private List<JsonObject> notices(String query) {
        return node.get("/notices" + query, town.social).expect(200).getJsonArray("items").stream()
                .map(JsonObject.class::cast)
                .toList();
    }

    private void pass(Duration time) {
        JsonObject operator = node.bootstrap(1);
        node.post(
                        "/clock-steps",
                        node.operatorToken(operator.getString("username"), operator.getString("password")),
                        TestNode.keyOf(System.currentTimeMillis() + aheadMs).toString(),
                        new JsonObject().put("advance_ms", time.toMillis()).encode())
                .expect(201);
        aheadMs += time.toMillis();
        town.social = town.logIn("anna.sociali");
    }

    @Test
    void shouldTellARechargeOnceSignedAndWithoutAnythingPersonal() throws Exception {
        JsonObject before = town.newCard();
        town.topUp(before.getString("wallet_id"), 11_00);
        JsonObject made = endpoint();
        JsonObject card = town.newCard();
        town.topUp(card.getString("wallet_id"), 25_00);
        await().atMost(PATIENCE).until(() -> !notices("?state=sent").isEmpty());

        assertThat(received).hasSize(1);
        Received one = received.getFirst();
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(
                Base64.getDecoder().decode(made.getString("secret").substring("whsec_".length())), "HmacSHA256"));
        assertThat(one.signature())
                .isEqualTo("v1,"
                        + Base64.getEncoder()
                                .encodeToString(mac.doFinal((one.id() + "." + one.timestamp() + "." + one.body())
                                        .getBytes(StandardCharsets.UTF_8))));
        JsonObject event = new JsonObject(one.body());
        assertThat(event.fieldNames()).containsExactlyInAnyOrder("type", "timestamp", "data");
        assertThat(event.getString("type")).isEqualTo("wallet.recharged");
        JsonObject told = event.getJsonObject("data");
        assertThat(told.fieldNames()).containsExactlyInAnyOrder("circuit_id", "wallet_id", "amount", "sequence");
        assertThat(told.getString("wallet_id")).isEqualTo(card.getString("wallet_id"));
        assertThat(told.getJsonObject("amount")).isEqualTo(TestTown.euro(25_00));
        assertThat(notices("").getFirst().getString("id")).isEqualTo(one.id());
        assertThat(node.get("/webhook-endpoints", town.social).expect(200).encode())
                .contains(made.getString("id"))
                .doesNotContain("whsec_");
    }

    @Test
    void shouldLoseNothingWhileTheReceiverIsAwayForADay() throws Exception {
        status.set(503);
        endpoint();
        String wallet = town.newCard().getString("wallet_id");
        for (int cents = 1; cents <= 3; cents++) {
            town.topUp(wallet, cents);
        }
        await().atMost(PATIENCE)
                .until(() -> notices("?state=queued").stream()
                                .filter(each -> each.getInteger("tries") > 0)
                                .count()
                        == 3);
        assertThat(notices("?state=queued").getFirst().getString("last_result")).isEqualTo("503");
        int failed = received.size();
        status.set(204);
        pass(Duration.ofDays(1));
        await().atMost(PATIENCE).until(() -> notices("?state=sent").size() == 3);

        assertThat(received.subList(failed, received.size()).stream().map(Received::id))
                .doesNotHaveDuplicates()
                .hasSize(3)
                .allMatch(id -> received.subList(0, failed).stream()
                        .anyMatch(each -> each.id().equals(id)));
    }

    @Test
    void shouldGiveUpWhenGoneAndTryAgainWhenAsked() throws Exception {
        status.set(410);
        String id = endpoint().getString("id");
        town.topUp(town.newCard().getString("wallet_id"), 5_00);
        await().atMost(PATIENCE).until(() -> !notices("?state=dead").isEmpty());
        assertThat(received).hasSize(1);
        status.set(200);
        assertThat(node.post("/webhook-endpoints/" + id + "/redeliveries", town.social, new JsonObject())
                        .expect(201)
                        .getInteger("queued"))
                .isEqualTo(1);
        await().atMost(PATIENCE).until(() -> !notices("?state=sent").isEmpty());
        assertThat(received).hasSize(2);

        node.post("/webhook-endpoints/" + id + "/removals", town.social, new JsonObject())
                .expect(201);
        assertThat(notices("")).isEmpty();
        node.post("/webhook-endpoints/" + id + "/removals", town.social, new JsonObject())
                .expect(404);
    }

    @Test
    void shouldRefuseOtherAddressesAndOtherPeople() throws Exception {
        for (String url : List.of("http://example.org/", "ftp://example.org/", "https://a:b@example.org/", "x")) {
            node.post("/webhook-endpoints", town.social, new JsonObject().put("url", url))
                    .expect(422);
        }
        node.post("/webhook-endpoints", null, url(1)).expect(401);
        node.get("/notices?state=lost", town.social).expect(400);
        String key = TestNode.newKey();
        String body = url(server.getAddress().getPort()).encode();
        JsonObject first =
                node.post("/webhook-endpoints", town.social, key, body).expect(201);
        assertThat(node.post("/webhook-endpoints", town.social, key, body).expect(201))
                .as("the answer that was lost on its way")
                .isEqualTo(first);
    }
}

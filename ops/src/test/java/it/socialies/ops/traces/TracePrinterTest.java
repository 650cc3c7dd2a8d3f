// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.traces;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import it.socialies.ops.client.ApiClient;
import it.socialies.ops.client.OperatorSession;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Adds up what a gateway says, page by page, and does not take its word for it. */
class TracePrinterTest {
    private HttpServer server;
    private JsonObject first;
    private JsonObject last;
    private String printed = "";

    @BeforeEach
    void start() throws IOException {
        first = page(70_00)
                .put("next_cursor", "2")
                .put("items", new JsonArray().add(item(100_00)).add(item(-30_00)));
        last = page(20_00).put("items", new JsonArray().add(item(20_00)));
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(ApiClient.BASE_PATH, this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String request = exchange.getRequestURI().toString();
        JsonObject json;
        if (request.endsWith("/status")) {
            json = new JsonObject().put("time", Instant.now().toString());
        } else if (request.endsWith("/tokens")) {
            json = new JsonObject().put("access_token", "token").put("expires_in", 600);
        } else {
            json = request.contains("cursor=2") ? last : first;
        }
        byte[] body = json.encode().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private static JsonObject euro(long cents) {
        return new JsonObject().put("amount", cents).put("currency", "EUR");
    }

    private static JsonObject page(long cents) {
        return new JsonObject()
                .put("amount", euro(90_00))
                .put("page_amount", euro(cents))
                .put("sums_agree", true)
                .put("as_of_sequence", 812);
    }

    private static JsonObject item(long cents) {
        JsonObject pocket = new JsonObject().put("kind", "pocket").put("wallet_id", "wal_1");
        JsonObject step = new JsonObject()
                .put("entry", "12-3")
                .put("time", "2026-03-02T10:00:00.000Z")
                .put("reason", "topped_up")
                .put("first_cent", 0)
                .put("from", new JsonObject().put("kind", "fund").put("programme_id", "prg_1"))
                .put("to", pocket)
                .put("proposal_id", "prp_4");
        return new JsonObject()
                .put("amount", euro(cents))
                .put("steps", new JsonArray().add(step))
                .put("end", new JsonObject().put("kind", cents < 0 ? "receivable" : "pocket"));
    }

    private boolean print() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ApiClient api = ApiClient.connect(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort()))) {
            return new TracePrinter(
                            api,
                            new OperatorSession(api, "anna", "of-this-test-only"),
                            new PrintStream(bytes, true, StandardCharsets.UTF_8),
                            false)
                    .print("12-3", "forward");
        } finally {
            printed = bytes.toString(StandardCharsets.UTF_8);
        }
    }

    @Test
    void shouldPutPagesTogetherAsATree() {
        assertThat(print()).isTrue();
        assertThat(printed.lines().toList())
                .containsExactly(
                        "Dove sono andati | forward · 12-3 · 90.00 € · as of 812",
                        "       90.00 €  12-3 topped_up, fund prg_1 → pocket wal_1, prp_4, 2026-03-02T10:00:00.000Z",
                        "        120.00 €  → pocket",
                        "        -30.00 €  → receivable",
                        "  somma | sum 90.00 € = 90.00 €");
    }

    @Test
    void shouldSayWhenASumDoesNotAgree() {
        last.put("items", new JsonArray().add(item(19_99)));
        assertThat(print()).isFalse();
        assertThat(printed).contains("NON TORNA | DOES NOT AGREE: 89.99 € ≠ 90.00 €");

        last.put("page_amount", euro(19_99));
        assertThat(print()).as("pages agree, the whole does not").isFalse();

        last = page(20_00).put("items", new JsonArray().add(item(20_00))).put("sums_agree", false);
        assertThat(print()).as("the gateway says that it does not agree").isFalse();
    }
}

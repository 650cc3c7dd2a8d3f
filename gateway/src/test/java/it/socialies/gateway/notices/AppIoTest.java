// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.notices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** App IO against a server that takes only what its published contract (IO API for Public Administration Services 1.0) says. */
class AppIoTest {
    private static final String KEY = "0123456789abcdef";
    private static final String TAX_CODE = "RSSMRA80A01H501U";
    private static final String TEXT = "Gentile Maria, sono stati accreditati 25,00 € sulla tua tessera. ".repeat(2);

    @TempDir
    private Path folder;

    private Vertx vertx;
    private HttpServer server;
    private AppIo app;
    private final List<JsonObject> messages = new ArrayList<>();
    private String profile = "{\"sender_allowed\": true}";
    private int profileStatus = 200;
    private int messageStatus = 201;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        vertx = Vertx.vertx();
        app = new AppIo(vertx, new AppIo.Settings(url(), KEY));
    }

    @AfterEach
    void close() throws Exception {
        vertx.close().await(10, TimeUnit.SECONDS);
        server.stop(0);
    }

    private URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    private void answer(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String path = exchange.getRequestURI().toString();
        int status = 404;
        String answer = "{\"status\": 404}";
        if (!KEY.equals(exchange.getRequestHeaders().getFirst("Ocp-Apim-Subscription-Key"))) {
            status = 401;
        } else if (!exchange.getRequestMethod().equals("POST")
                || !"application/json".equals(exchange.getRequestHeaders().getFirst("Content-Type"))) {
            status = 400;
        } else if (path.equals("/api/v1/profiles")) {
            boolean isAsked = new JsonObject(body).equals(new JsonObject().put("fiscal_code", TAX_CODE));
            status = isAsked ? profileStatus : 400;
            answer = profile;
        } else if (path.equals("/api/v1/messages")) {
            JsonObject message = new JsonObject(body);
            status = isMessage(message) ? messageStatus : 400;
            answer = "{\"id\": \"01BX9NSMKVXXS5PSP2FATZMYYY\"}";
            if (status == 201) {
                messages.add(message);
            }
        }
        byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    /** {@code NewMessage} of the contract: nothing else is taken. */
    private static boolean isMessage(JsonObject message) {
        if (!message.fieldNames().equals(Set.of("fiscal_code", "content"))
                || !message.getString("fiscal_code")
                        .matches(
                                "[A-Z]{6}[0-9LMNPQRSTUV]{2}[ABCDEHLMPRST][0-9LMNPQRSTUV]{2}[A-Z][0-9LMNPQRSTUV]{3}[A-Z]")) {
            return false;
        }
        JsonObject content = message.getJsonObject("content");
        int subject = content.getString("subject").length();
        int markdown = content.getString("markdown").length();
        return content.fieldNames().equals(Set.of("subject", "markdown"))
                && subject >= 10
                && subject <= 120
                && markdown >= 80
                && markdown <= 10_000;
    }

    private Carrier.Result send(String subject, String text) throws Exception {
        return app.send("ntc_1", TAX_CODE, subject, text).await(20, TimeUnit.SECONDS);
    }

    @Test
    void shouldSubmitAMessageToWhoLetsUsWrite() throws Exception {
        assertThat(send("Comunicazione: Comune di Prova", TEXT)).isEqualTo(new Carrier.Result("201", true, false));
        assertThat(messages).hasSize(1);
        assertThat(send("Comunicazione: " + "Comune ".repeat(40), TEXT.repeat(200))
                        .isSent())
                .as("cut to what is taken")
                .isTrue();
    }

    @Test
    void shouldGiveUpWhoHasNoAppOrDoesNotWantUs() throws Exception {
        profile = "{\"sender_allowed\": false}";
        assertThat(send("Comunicazione: Prova", TEXT)).isEqualTo(new Carrier.Result("not_in_app", false, true));
        profileStatus = 404;
        assertThat(send("Comunicazione: Prova", TEXT)).isEqualTo(new Carrier.Result("not_in_app", false, true));
        assertThat(messages).isEmpty();
    }

    @Test
    void shouldTryAgainLaterWhatIsNotThePersonsFault() throws Exception {
        for (int status : new int[] {401, 429, 500, 503}) {
            profileStatus = status;
            messageStatus = 201;
            assertThat(send("Comunicazione: Prova", TEXT))
                    .isEqualTo(new Carrier.Result(Integer.toString(status), false, false));
            profileStatus = 200;
            messageStatus = status;
            assertThat(send("Comunicazione: Prova", TEXT))
                    .isEqualTo(new Carrier.Result(Integer.toString(status), false, false));
        }
        server.stop(0);
        assertThat(send("Comunicazione: Prova", TEXT)).isEqualTo(new Carrier.Result("unreachable", false, false));
        assertThat(messages).isEmpty();
    }

    @Test
    void shouldReadItsSettingsAndNeverSpeakInClearOverANetwork() throws IOException {
        Path file = folder.resolve("app-io.json");
        assertThat(AppIo.Settings.read(file)).isEmpty();
        Files.writeString(file, "{\"key\": \"k\"}");
        assertThat(AppIo.Settings.read(file).orElseThrow().url()).isEqualTo(URI.create("https://api.io.pagopa.it"));
        assertThat(AppIo.Settings.read(file).orElseThrow().toString()).doesNotContain("k\"");
        for (String wrong : List.of(
                "{}",
                "{\"key\": \"k\", \"url\": \"http://example.org\"}",
                "{\"key\": ",
                "{\"key\": \"k\", \"url\": \"x\"}")) {
            Files.writeString(file, wrong);
            assertThatThrownBy(() -> AppIo.Settings.read(file)).isInstanceOf(IllegalArgumentException.class);
        }
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.vertx.core.json.JsonObject;
import it.socialies.gateway.node.TestNode.Answer;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What an attacker does to HTTP and JSON, byte by byte, and what the gateway answers: a problem, never a crash, never a second meaning. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HttpHardeningTest {
    private static final String B = TestNode.BASE;

    @TempDir
    private static Path data;

    private TestNode node;
    private TestTown town;

    @BeforeAll
    void start() throws Exception {
        node = TestNode.create(
                data,
                "ies.http.head-timeout-seconds=1",
                "ies.http.body-timeout-seconds=1",
                "ies.http.idle-timeout-seconds=5",
                // An allowance that hardly fills again while the tests run.
                "ies.rate.window-seconds=86400");
        town = TestTown.create(node);
    }

    @AfterAll
    void stop() throws Exception {
        node.close();
    }

    // ---- headers ----

    @ParameterizedTest
    @MethodSource("anyRequests")
    void shouldGiveEveryAnswerTheHeadersThatKeepBrowsersFromMisusingIt(String method, String path, int status) {
        Answer answer = node.send(node.request(path)
                .method(method, BodyPublishers.noBody())
                .header("Origin", "https://evil.example")
                .build());

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(answer.header("Content-Security-Policy"))
                .isEqualTo("default-src 'none'; base-uri 'none'; frame-ancestors 'none'");
        assertThat(answer.header("X-Frame-Options")).isEqualTo("DENY");
        assertThat(answer.header("Referrer-Policy")).isEqualTo("no-referrer");
        assertThat(answer.header("Cross-Origin-Resource-Policy")).isEqualTo("same-origin");
        assertThat(answer.header("Cache-Control")).isNotEmpty();
        assertThat(answer.response().headers().map().keySet().stream().map(String::toLowerCase))
                .noneMatch(name -> name.startsWith("access-control-"))
                .doesNotContain("server", "x-powered-by", "set-cookie", "allow-origin");
        if (!answer.response().body().isEmpty()) {
            assertThat(answer.header("Content-Type")).isNotEmpty();
        }
    }

    static Stream<Arguments> anyRequests() {
        return Stream.of(
                arguments("GET", B + "/status", 200),
                arguments("GET", B + "/openapi.yaml", 200),
                arguments("GET", "/.well-known/jwks.json", 200),
                arguments("GET", B + "/circuits", 401),
                arguments("GET", "/", 404),
                arguments("GET", "/metrics", 200),
                arguments("GET", B + "/nothing", 404),
                arguments("OPTIONS", B + "/payments", 405),
                arguments("HEAD", B + "/status", 405),
                arguments("PUT", B + "/circuits", 405),
                arguments("PATCH", B + "/circuits", 405),
                arguments("DELETE", B + "/circuits", 405),
                arguments("TRACE", B + "/status", 405),
                arguments("FOO", B + "/status", 405));
    }

    @Test
    void shouldSayNothingOfWhoAsksToBeTreatedAsAnotherMethod() {
        Answer answer = node.send(node.request(B + "/cards/" + town.card.getString("id"))
                .GET()
                .header("Authorization", "Bearer " + town.social)
                .header("X-HTTP-Method-Override", "DELETE")
                .header("X-Method-Override", "POST")
                .build());

        assertThat(answer.expect(200).getString("id")).isEqualTo(town.card.getString("id"));
    }

    @Test
    void shouldNotBelieveWhoSaysFromWhereItComesUnlessItIsAProxyOfOurs() throws Exception {
        int[] left = new int[3];
        for (int i = 0; i < left.length; i++) {
            left[i] = remaining(node.sendFrom("127.0.0.77", forwarded("203.0.113." + i)));
        }
        assertThat(left[1]).as("all count for the address that they come from").isLessThan(left[0]);
        assertThat(left[2]).isLessThan(left[1]);

        assertThat(remaining(node.send(forwarded("203.0.113.10"))))
                .isEqualTo(remaining(node.send(forwarded("203.0.113.11"))));
    }

    private HttpRequest forwarded(String address) {
        return node.request(B + "/status").header("X-Forwarded-For", address).build();
    }

    private static int remaining(Answer answer) {
        return Integer.parseInt(answer.header("X-RateLimit-Remaining"));
    }

    // ---- messages ----

    @ParameterizedTest(name = "{0}")
    @MethodSource("messages")
    void shouldRefuseWhatHasTwoReadings(String what, String message, List<Integer> statuses) throws Exception {
        List<Integer> answers = new RawHttp(node.port()).statuses(message);

        assertThat(answers).isEqualTo(statuses);
    }

    static Stream<Arguments> messages() {
        String host = "Host: localhost\r\n";
        String get = "GET " + B + "/status HTTP/1.1\r\n";
        String post = "POST " + B + "/tokens HTTP/1.1\r\n" + host + "Content-Type: application/json\r\n";
        return Stream.of(
                arguments("a plain request", get + host + "Connection: close\r\n\r\n", List.of(200)),
                arguments(
                        "length and chunks: the chunks count",
                        post + "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + get + host + "\r\n",
                        List.of(400, 200)),
                arguments("two lengths", post + "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}\n", List.of(400)),
                arguments("a list of lengths", post + "Content-Length: 2, 3\r\n\r\n{}\n", List.of(400)),
                arguments("a signed length", post + "Content-Length: +2\r\n\r\n{}", List.of(400)),
                arguments("a negative length", post + "Content-Length: -1\r\n\r\n", List.of(400)),
                arguments("a length that is none", post + "Content-Length: 2x\r\n\r\n{}", List.of(400)),
                arguments(
                        "chunks that are none",
                        post + "Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n",
                        List.of()),
                arguments(
                        "a coding that nobody knows",
                        post + "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
                        List.of(400)),
                arguments("a blank before the colon", get + host + "X-A : b\r\n\r\n", List.of(400)),
                arguments(
                        "a folded header: one line",
                        get + host + "X-A: b\r\n c\r\nConnection: close\r\n\r\n",
                        List.of(200)),
                arguments("a control character in a header", get + host + "X-A: b\0c\r\n\r\n", List.of(400)),
                arguments("no version", "GET " + B + "/status\r\n\r\n", List.of(400)),
                arguments("an address that is none", "GET \\\\..\\x HTTP/1.1\r\n" + host + "\r\n", List.of(404)),
                arguments("headers too long", get + host + "X-A: " + "a".repeat(20_000) + "\r\n\r\n", List.of(431)),
                arguments("too many headers", get + host + "X-A: b\r\n".repeat(3_000) + "\r\n", List.of(431)),
                arguments(
                        "an address too long",
                        "GET /" + "a".repeat(5_000) + " HTTP/1.1\r\n" + host + "\r\n",
                        List.of(431)),
                arguments("not HTTP at all", "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\r\n\r\n", List.of()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("slowStarts")
    void shouldCloseAConnectionThatSendsAsSlowlyAsItCan(String what, String start) throws Exception {
        assertThat(new RawHttp(node.port()).closesWhileDripping(start, Duration.ofSeconds(10)))
                .isTrue();
    }

    static Stream<Arguments> slowStarts() {
        String get = "GET " + B + "/status HTTP/1.1\r\nHost: localhost\r\n";
        return Stream.of(
                arguments("a head", get + "X-A: "),
                arguments(
                        "a body",
                        "POST " + B
                                + "/tokens HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 60000\r\n\r\n"),
                arguments("the head after an answer", get + "\r\n" + get + "X-A: "));
    }

    // ---- JSON ----

    @ParameterizedTest(name = "{0}")
    @MethodSource("bodies")
    void shouldRefuseABodyThatIsNotExactlyWhatTheContractSays(String what, byte[] body) {
        for (String path : List.of("/merchants", "/payments")) {
            Answer answer = path.equals("/merchants") ? postBytes(path, body) : tillBytes(path, body);
            assertThat(answer.status())
                    .as(path + " " + answer.response().body())
                    .isEqualTo(400);
            assertThat(answer.code()).isEqualTo("malformed");
        }
    }

    static Stream<Arguments> bodies() {
        String amount = "\"bill_total\":{\"amount\":%s,\"currency\":\"EUR\"}";
        return Stream.of(
                arguments("nesting", utf8("[".repeat(5_000) + "]".repeat(5_000))),
                arguments("nested objects", utf8("{\"a\":".repeat(2_000) + "1" + "}".repeat(2_000))),
                arguments(
                        "the same field twice",
                        utf8("{\"name\":\"A\",\"name\":\"B\",\"category\":\"bar\",\"pin\":\"1\",\"pin\":\"2\"}")),
                arguments("not a number", utf8("{\"name\":NaN," + amount.formatted("NaN") + "}")),
                arguments("infinity", utf8("{\"name\":Infinity," + amount.formatted("-Infinity") + "}")),
                arguments("a number of a thousand digits", utf8("{" + amount.formatted("9".repeat(1_001)) + "}")),
                arguments("an exponent out of range", utf8("{" + amount.formatted("1e999999999") + "}")),
                arguments("leading zeros", utf8("{" + amount.formatted("007") + "}")),
                arguments("single quotes", utf8("{'name':'A','category':'bar'}")),
                arguments("a comment", utf8("{/* */\"name\":\"A\",\"category\":\"bar\"}")),
                arguments("a comma too many", utf8("{\"name\":\"A\",\"category\":\"bar\",}")),
                arguments("something behind it", utf8("{\"name\":\"A\",\"category\":\"bar\"}{}")),
                arguments("a control character", utf8("{\"name\":\"A\nB\",\"category\":\"bar\"}")),
                arguments(
                        "bytes that are not UTF-8",
                        HexFormat.of().parseHex("7b226e616d65223a22c328222c2263617465676f7279223a22626172227d")),
                arguments("UTF-16", "{\"name\":\"A\",\"category\":\"bar\"}".getBytes(StandardCharsets.UTF_16)));
    }

    @ParameterizedTest
    @MethodSource("words")
    void shouldKeepOrRefuseAWordButNeverFail(String name) {
        Answer answer = postBytes("/merchants", utf8("{\"name\":\"" + name + "\",\"category\":\"bar\"}"));

        assertThat(answer.status()).as(answer.response().body()).isIn(201, 400);
    }

    static Stream<String> words() {
        return Stream.of(
                "\\u0000",
                "a\\u0000b",
                "\\ud800",
                "\\udc00\\ud800",
                "\\u202Egnp.exe",
                "\\uFEFF",
                "\\u0007",
                "<script>alert(1)</script>",
                "'; DROP TABLE merchant; --",
                "${jndi:ldap://x/y}",
                "%s%n%x",
                "\\\\..\\\\..",
                "=1+1");
    }

    @ParameterizedTest
    @MethodSource("identifiers")
    void shouldKnowAnIdentifierInOneSpellingOnly(String id) throws Exception {
        List<Integer> statuses = new RawHttp(node.port())
                .statuses("GET " + B + "/cards/" + id + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                        + town.social + "\r\nConnection: close\r\n\r\n");

        assertThat(statuses).hasSize(1);
        assertThat(statuses.getFirst()).isIn(400, 404);
    }

    Stream<String> identifiers() {
        String id = town.card.getString("id");
        String digits = id.substring(4);
        return Stream.of(
                id.toUpperCase(Locale.ROOT),
                "crd_0" + digits,
                "crd_+" + digits,
                "crd_-1",
                "crd_%D9%A1",
                "crd_%EF%BC%91",
                id + "%00",
                id + "%20",
                id + "%0a",
                "%00" + id,
                id + ";x=1",
                "..%2fcards%2f" + id,
                "x/../" + id + "/nothing",
                "%2e%2e/" + id + "/nothing",
                "crd_" + "9".repeat(40));
    }

    private Answer postBytes(String path, byte[] body) {
        return node.send(node.request(B + path)
                .POST(BodyPublishers.ofByteArray(body))
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", TestNode.newKey())
                .header("Authorization", "Bearer " + town.social)
                .build());
    }

    private Answer tillBytes(String path, byte[] body) {
        try {
            return town.till.send("POST", path, TestNode.newKey(), body);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void shouldReadOneOfAQueryParameterThatComesTwice() {
        JsonObject page = node.get("/cards?limit=1&limit=200", town.social).json();

        assertThat(page.containsKey("code") || page.getJsonArray("items").size() <= 1)
                .isTrue();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

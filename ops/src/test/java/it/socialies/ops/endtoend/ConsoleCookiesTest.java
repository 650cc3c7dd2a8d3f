// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a browser is given to keep, read off the answers of a console that runs by itself: its log-in page needs neither gateway nor Postgres. */
class ConsoleCookiesTest {
    @TempDir
    private Path data;

    @Test
    void shouldTieTheSessionToThisHostAndToHttps() throws Exception {
        try (LoneConsole console = LoneConsole.start(data, "ies.console.tls=true")) {
            List<String> cookies =
                    get(console, "X-Forwarded-Proto", "https").headers().allValues("Set-Cookie");
            assertThat(cookies).hasSize(1);
            assertThat(cookies.getFirst())
                    .startsWith("__Host-JSESSIONID=")
                    .contains("Path=/;")
                    .contains("Secure")
                    .contains("HttpOnly")
                    .contains("SameSite=Strict")
                    .doesNotContain("Domain");
        }
    }

    @Test
    void shouldBelieveTheLanguageOfItsOwnCookieOnlyOverHttps() throws Exception {
        try (LoneConsole console = LoneConsole.start(data, "ies.console.tls=true")) {
            assertThat(language(console, "__Host-ies-lang=en")).isEqualTo("en");
            assertThat(language(console, "ies-lang=en")).isEqualTo("it");
        }
    }

    @Test
    void shouldWorkWithoutHttpsOnThisMachine() throws Exception {
        try (LoneConsole console = LoneConsole.start(data)) {
            assertThat(get(console, "Accept", "text/html").headers().allValues("Set-Cookie"))
                    .singleElement()
                    .asString()
                    .startsWith("JSESSIONID=")
                    .doesNotContain("Secure")
                    .contains("HttpOnly")
                    .contains("SameSite=Strict");
        }
    }

    private static String language(LoneConsole console, String cookie) throws Exception {
        String page =
                get(console, "X-Forwarded-Proto", "https", "Cookie", cookie).body();
        return page.replaceAll("(?s).*<html[^>]* lang=\"([a-z]+)\".*", "$1");
    }

    private static HttpResponse<String> get(LoneConsole console, String... headers) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(console.address().resolve("/login"))
                    .headers(headers)
                    .build();
            HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
            assertThat(response.statusCode()).isEqualTo(200);
            return response;
        }
    }
}

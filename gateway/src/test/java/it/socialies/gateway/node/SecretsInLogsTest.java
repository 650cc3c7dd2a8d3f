// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import it.socialies.gateway.logs.Logs;
import it.socialies.gateway.node.Operations.Call;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.config.Configurator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every operation is asked for, rightly and wrongly, while everything of ours is logged: no log and no figure has a secret or a person in it. */
class SecretsInLogsTest {
    /** Fields of bodies and answers that only their owner may know. */
    private static final Pattern SECRET_FIELD = Pattern.compile(
            "\"(?:pin|new_pin|old_pin|password|old_password|new_password|card_token|access_token|enrolment_code|activation_code_part|first_part|second_part|assertion|tax_code|secret|otpauth_uri|"
                    + "given_name|family_name|phone|email|text|letter)\":\"([^\"]+)\"");

    @TempDir
    private Path data;

    @Test
    void shouldWriteNoSecretAndNoPersonAnywhere() throws Exception {
        Path logs = data.resolve("logs");
        Logs.start(new Logs.Settings(logs, 1 << 28, 7, true, Logs.Console.JSON));
        Configurator.setLevel("it.socialies", Level.TRACE);
        Set<String> secrets = new LinkedHashSet<>();
        try (TestNode node = TestNode.create(data.resolve("node"))) {
            TestTown town = TestTown.create(node, each -> each.appoint("zita.codici", "RSSMRA82A01H501W", "auditor"));
            secrets.add(town.social);
            secrets.add(town.till.token());
            secrets.add(town.card.getString("card_token"));
            for (int number = 1; number <= 2; number++) {
                secrets.add(node.bootstrap(number).getString("password"));
            }
            secrets.add(TestTown.password(town.username("anna.sociali")));
            Authenticator phone = Authenticator.enrol(node, town, "zita.codici").remember(secrets);
            secrets.add(phone.logIn().expect(201).getString("access_token"));
            for (Call call : new Operations(town, town.newCard()).all()) {
                for (String body : List.of(call.body(), call.body().replace(":\"", ":\"x"), "{\"pin\":\"73519\",")) {
                    secrets.addAll(secretsIn(body));
                    for (String token : List.of(town.social, town.holderToken(town.card), "Bearer.of.nobody")) {
                        var answer = call.method().equals("POST")
                                ? node.post(call.path(), token, TestNode.newKey(), body)
                                : node.get(call.path(), token);
                        secrets.addAll(secretsIn(answer.response().body()));
                    }
                    secrets.addAll(secretsIn(town.till
                            .send(call.method(), call.path(), TestNode.newKey(), body)
                            .response()
                            .body()));
                }
            }
            node.stopPostgres();
            node.post(
                    "/merchants",
                    town.social,
                    new JsonObject().put("name", "Rossi Maria").put("category", "bar"));
            String figures =
                    node.send(node.request("/metrics").build()).response().body();
            node.stopNode();

            assertThat(secrets).hasSizeGreaterThan(15);
            String written = read(logs) + figures;
            assertThat(written).contains("GET /payments/{id}").contains("ies_pins_wrong_total");
            for (String secret : secrets) {
                assertThat(written)
                        .as("a secret of %d characters", secret.length())
                        .doesNotContain(quotable(secret));
            }
            assertThat(written).doesNotContain("Rossi Maria");
        } finally {
            Configurator.setLevel("it.socialies", Level.INFO);
            Logs.start(new Logs.Settings(logs, 1 << 24, 7, false, Logs.Console.JSON));
        }
    }

    /** A PIN is five digits, which are in many numbers; between quotes or blanks it would be one. */
    private static String quotable(String secret) {
        return secret.matches("\\d{1,8}") ? "\"" + secret + "\"" : secret;
    }

    private static Set<String> secretsIn(String json) {
        Set<String> found = new LinkedHashSet<>();
        Matcher fields = SECRET_FIELD.matcher(json);
        while (fields.find()) {
            found.add(fields.group(1));
        }
        found.removeIf(value -> value.length() < 5);
        return found;
    }

    private static String read(Path logs) throws IOException {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.list(logs)) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".log")).toList()) {
                all.append(Files.readString(file));
            }
        }
        return all.toString();
    }
}

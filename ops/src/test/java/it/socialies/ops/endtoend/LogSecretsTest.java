// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import it.socialies.ops.client.ApiClient;
import it.socialies.ops.client.HolderSession;
import it.socialies.ops.client.OperatorSession;
import it.socialies.ops.client.TerminalSession;
import it.socialies.ops.data.DataFolder;
import it.socialies.ops.data.PostgresLogins;
import it.socialies.ops.data.SecretFile;
import it.socialies.ops.town.Staff;
import it.socialies.ops.town.TownGenerator;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Nothing that a person typed, holds or is called by reaches a log, of the node or of Postgres, or a figure: a town is loaded, every route of the contract is
 * called with secrets wherever a caller can put them, and then all of it is searched.
 */
class LogSecretsTest {
    /** Eight digits, which hardly any counter shows; as a PIN it is well-formed. */
    private static final String PIN_MARKER = "83920174";

    /** It looks like a tax code. */
    private static final String TAX_CODE_MARKER = "VRDLGU77M41G273K";

    private static final String PASSWORD_MARKER = "gatto-Verde!sul.tetto~7f3c";

    @TempDir
    private static Path temporary;

    @Test
    void shouldLogEveryRequestAndNoSecret() throws Exception {
        DataFolder folder = new DataFolder(temporary.resolve("data"));
        try (Installation installation = Installation.start(folder.root(), Installation.freePort());
                ApiClient api = ApiClient.connect(installation.gateway())) {
            Map<String, String> secrets = secretsOfTheTown(folder);
            ContractSweep sweep = new ContractSweep(installation.gateway());
            String lastTraceId = driveEveryRoute(folder, api, sweep, secrets);
            logInToPostgresWith(folder, PASSWORD_MARKER);

            await().atMost(Duration.ofSeconds(30))
                    .until(() -> text(folder.logs().resolve("access.log")).contains(lastTraceId));
            Map<String, String> texts = texts(folder);
            texts.put("/metrics", metrics(installation.gateway()));

            assertThat(routesLogged(folder)).containsAll(sweep.routes());
            assertThat(texts.keySet()).anyMatch(name -> name.startsWith("postgres-"));
            assertThat(String.join("", texts.values())).contains("password authentication failed");
            texts.forEach((name, text) -> secrets.forEach((what, secret) ->
                    assertThat(text.contains(secret)).as(what + " in " + name).isFalse()));
        }
    }

    /** All the demo town's own: they have gone through every step of its set-up. */
    private static Map<String, String> secretsOfTheTown(DataFolder folder) throws IOException {
        Map<String, String> secrets = new LinkedHashMap<>();
        JsonObject logins = SecretFile.read(folder.demoLogins());
        for (Object entry : logins.getJsonArray("operators")) {
            JsonObject operator = (JsonObject) entry;
            secrets.put("user name " + operator.getString("username"), operator.getString("username"));
            secrets.put("password of " + operator.getString("username"), operator.getString("password"));
        }
        for (Object entry : logins.getJsonArray("cards")) {
            JsonObject card = (JsonObject) entry;
            secrets.put("code of " + card.getString("card_id"), card.getString("card_token"));
            secrets.put("holder of " + card.getString("card_id"), card.getString("holder"));
        }
        for (Object entry : logins.getJsonArray("terminals")) {
            JsonObject terminal = (JsonObject) entry;
            secrets.put("key of " + terminal.getString("terminal_id"), terminal.getString("private_key_pkcs8"));
        }
        for (Staff staff : TownGenerator.balestrate(TownGenerator.DEFAULT_SEED).staff()) {
            secrets.put("tax code", staff.person().taxCode());
            secrets.put("family name", staff.person().familyName());
        }
        for (Object entry : new JsonArray(Files.readString(folder.bootstrapOperators()))) {
            secrets.put("bootstrap password", ((JsonObject) entry).getString("password"));
        }
        PostgresLogins postgres = PostgresLogins.read(folder);
        secrets.put("password of the office", postgres.office().password());
        secrets.put("password of the projection", postgres.projection().password());
        secrets.put("password of the reader", postgres.reader().password());
        secrets.put("PIN", PIN_MARKER);
        secrets.put("tax code marker", TAX_CODE_MARKER);
        secrets.put("password marker", PASSWORD_MARKER);
        return secrets;
    }

    private static String driveEveryRoute(
            DataFolder folder, ApiClient api, ContractSweep sweep, Map<String, String> secrets) throws Exception {
        JsonObject logins = SecretFile.read(folder.demoLogins());
        JsonObject card = logins.getJsonArray("cards").getJsonObject(0);
        TerminalSession terminal =
                TerminalSession.fromJson(api, logins.getJsonArray("terminals").getJsonObject(0));
        HolderSession holder = new HolderSession(api, card.getString("card_token"), card.getString("pin"));
        Map<String, String> tokens = new HashMap<>();
        for (String role : List.of("admin", "social", "treasurer")) {
            JsonObject operator = logins.getJsonArray("operators").stream()
                    .map(JsonObject.class::cast)
                    .filter(candidate -> candidate.getString("role").equals(role))
                    .findFirst()
                    .orElseThrow();
            tokens.put(
                    role,
                    new OperatorSession(api, operator.getString("username"), operator.getString("password")).token());
        }
        tokens.put("holder", holder.token());
        tokens.put("terminal", terminal.token());
        tokens.forEach((who, token) -> secrets.put("token of " + who, token));

        payAndMistype(api, terminal, card);
        appointTheSamePersonTwice(folder, api, logins.getString("circuit_id"));
        String traceId = UUID.randomUUID().toString();
        for (String token : tokens.values()) {
            sweep.call(PIN_MARKER, token, null, PIN_MARKER);
        }
        for (String marker : List.of(PIN_MARKER, TAX_CODE_MARKER)) {
            sweep.call(marker, null, null, marker);
            sweep.call(marker, null, terminal, marker);
        }
        sweep.call(TAX_CODE_MARKER, tokens.get("social"), null, TAX_CODE_MARKER);
        sweep.call(PIN_MARKER, PASSWORD_MARKER.replace("~", ""), null, traceId);
        return traceId;
    }

    /** A good payment, and every way to be refused with the card in hand. */
    private static void payAndMistype(ApiClient api, TerminalSession terminal, JsonObject card) {
        JsonObject payment = new JsonObject()
                .put("card_token", card.getString("card_token"))
                .put("pin", card.getString("pin"))
                .put("bill_total", new JsonObject().put("amount", 100).put("currency", "EUR"))
                .put("eligible_amount", new JsonObject().put("amount", 100).put("currency", "EUR"));
        assertThat(api.post("/payments", terminal, payment).status()).isEqualTo(201);
        assertThat(api.post("/payments", terminal, payment.copy().put("pin", PIN_MARKER))
                        .code())
                .isEqualTo("pin_wrong");
        assertThat(api.post("/payments", terminal, payment.copy().put("card_token", card.getString("card_token") + "X"))
                        .status())
                .isEqualTo(422);
    }

    /** The database refuses the second one, and knows both by name. */
    private static void appointTheSamePersonTwice(DataFolder folder, ApiClient api, String circuitId)
            throws IOException {
        JsonArray bootstrap = new JsonArray(Files.readString(folder.bootstrapOperators()));
        OperatorSession first = new OperatorSession(
                api,
                bootstrap.getJsonObject(0).getString("username"),
                bootstrap.getJsonObject(0).getString("password"));
        JsonObject operator = new JsonObject()
                .put("username", TAX_CODE_MARKER.toLowerCase(Locale.ROOT))
                .put(
                        "person",
                        new JsonObject()
                                .put("given_name", PASSWORD_MARKER)
                                .put("family_name", TAX_CODE_MARKER)
                                .put("tax_code", "RSSMRA80A01H501U"))
                .put("roles", new JsonArray().add("social"));
        for (int i = 0; i < 2; i++) {
            api.post("/operators?circuit_id=" + circuitId, first, operator);
        }
    }

    private static void logInToPostgresWith(DataFolder folder, String password) throws IOException {
        PostgresLogins logins = PostgresLogins.read(folder);
        Properties properties = logins.jdbcProperties(logins.office());
        properties.setProperty("password", password);
        assertThatThrownBy(() -> DriverManager.getConnection(logins.jdbcUrl(logins.office()), properties)
                        .close())
                .isInstanceOf(SQLException.class);
    }

    private static Set<String> routesLogged(DataFolder folder) throws IOException {
        Set<String> routes = new TreeSet<>();
        for (String line : text(folder.logs().resolve("access.log")).split("\n")) {
            JsonObject json = new JsonObject(line);
            assertThat(json.getString("trace.id")).matches("[0-9a-f-]{16,36}");
            assertThat(json.getString("http.request.method")).isNotBlank();
            assertThat(json.getInteger("http.response.status_code")).isBetween(0, 599);
            assertThat(json.getDouble("event.duration_ms")).isNotNegative();
            routes.add(json.getString("http.route"));
        }
        return routes;
    }

    private static Map<String, String> texts(DataFolder folder) throws IOException {
        Map<String, String> texts = new HashMap<>();
        try (Stream<Path> files = Files.list(folder.logs())) {
            for (Path file : files.toList()) {
                texts.put(file.getFileName().toString(), text(file));
            }
        }
        return texts;
    }

    private static String text(Path file) throws IOException {
        if (!file.toString().endsWith(".gz")) {
            return Files.readString(file);
        }
        try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String metrics(URI gateway) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(HttpRequest.newBuilder(gateway.resolve("/metrics")).build(), BodyHandlers.ofString())
                    .body();
        }
    }
}

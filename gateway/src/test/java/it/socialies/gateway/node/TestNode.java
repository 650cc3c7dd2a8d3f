// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.node;

import com.github.f4b6a3.uuid.UuidCreator;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import it.socialies.engine.snapshot.SnapshotSchedule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** A real node on a real Postgres, and the HTTP client of whoever calls it. */
final class TestNode implements AutoCloseable {
    static final String BASE = "/rest/ies/v1";
    /** In a path or a body it stands for a case of whoever sends it, which is opened when it is needed. */
    static final String OWN_CASE = "cas_own";

    /** A snapshot, and so a checkpoint, as soon as a second has passed. */
    static final SnapshotConfig OFTEN = new SnapshotConfig(
            new SnapshotSchedule(Duration.ofSeconds(1), 1_000_000, Duration.ofMinutes(1)),
            0,
            Path.of("..", "ops", "jvm").toAbsolutePath().normalize());

    private static final String NO_CASE = "cas_zzzz";
    private static final String PASSWORD = "of-this-test-only";

    private final Path data;
    private final EmbeddedPostgres postgres;
    private NodeConfig config;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private RunningNode node;
    private boolean stopped;
    private final Map<String, String> cases = new HashMap<>();

    private TestNode(Path data, EmbeddedPostgres postgres, NodeConfig config) throws IOException {
        this.data = data;
        this.postgres = postgres;
        this.config = config;
        start();
    }

    /** Otherwise a test would have to reset PINs until chance picks one. */
    private static final String EVERY_RESET_IS_SAMPLED = "ies.cards.pin-reset-sample=1";

    /**
     * A node that has just been born.
     *
     * @param settings lines of its {@code node.properties}
     */
    static TestNode create(Path data, String... settings) throws IOException, SQLException {
        EmbeddedPostgres postgres = EmbeddedPostgres.start();
        prepare(postgres);
        Path secrets = data.resolve("secrets");
        Files.createDirectories(
                secrets, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Files.writeString(
                secrets.resolve("postgres.json"),
                new JsonObject()
                        .put("projection", login("projection", "ies_projection"))
                        .put("office", login("office", "ies_office"))
                        .put("vault_keys", login("vault_keys", "ies_vault_keys"))
                        .put("reader", login("projection", "ies_reader_login"))
                        .encode());
        List<String> lines = new ArrayList<>(List.of(EVERY_RESET_IS_SAMPLED));
        lines.addAll(List.of(settings));
        Files.write(data.resolve("node.properties"), lines);
        return new TestNode(
                data,
                postgres,
                NodeConfig.read(new NodeArguments(data, null, 0, URI.create("postgresql://localhost"), false)));
    }

    private static JsonObject login(String database, String user) {
        return new JsonObject().put("database", database).put("user", user).put("password", PASSWORD);
    }

    private static void prepare(EmbeddedPostgres postgres) throws SQLException {
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            for (String user : List.of("ies_projection", "ies_office", "ies_vault_keys", "ies_reader_login")) {
                statement.execute("CREATE ROLE " + user + " LOGIN PASSWORD '" + PASSWORD + "'");
            }
            statement.execute("CREATE ROLE ies_projector NOLOGIN");
            statement.execute("CREATE ROLE ies_reader NOLOGIN");
            statement.execute("GRANT ies_projector TO ies_projection");
            statement.execute("GRANT ies_reader TO ies_reader_login");
            statement.execute("CREATE DATABASE projection OWNER ies_projection");
            statement.execute("CREATE DATABASE office OWNER ies_office");
            statement.execute("CREATE DATABASE vault_keys OWNER ies_vault_keys");
        }
    }

    NodeArguments arguments() {
        return new NodeArguments(data, null, 0, URI.create("postgresql://localhost:" + postgres.getPort()), false);
    }

    NodeConfig config() {
        return config;
    }

    private void start() throws IOException {
        node = RunningNode.start(arguments(), config);
        awaitOffice();
    }

    private void awaitOffice() {
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> "up"
                        .equals(get("/status", null)
                                .json()
                                .getJsonObject("parts")
                                .getString("office")));
    }

    /** Stops cleanly and starts again on the same data. */
    void restart() throws IOException {
        node.close();
        start();
    }

    /** The same, with other snapshots and another reserve of free space from then on. */
    void restart(SnapshotConfig snapshots) throws IOException {
        config = new NodeConfig(
                config.http(),
                config.tokenIssuer(),
                config.operatorTokenLife(),
                config.terminalTokenLife(),
                config.holderTokenLife(),
                config.pinDigits(),
                config.pinResetSample(),
                config.pinReviewTerm(),
                config.engineTimeoutMs(),
                config.engineInFlightMax(),
                config.readerConnectionsMax(),
                config.liveTaxCodes(),
                config.metricsCircuitsMax(),
                config.logs(),
                config.journalLiveDays(),
                snapshots,
                config.guesses(),
                config.secondFactor(),
                config.people(),
                config.issuance(),
                config.notices());
        restart();
    }

    void stopNode() throws IOException {
        node.close();
        stopped = true;
    }

    void startAgain() throws IOException {
        start();
        stopped = false;
    }

    /** A database as an owner of the server sees it. */
    Connection database(String name) throws SQLException {
        return postgres.getDatabase("postgres", name).getConnection();
    }

    /** Runs a statement in the office database. */
    int inOffice(String sql) throws SQLException {
        try (Connection connection = postgres.getDatabase("postgres", "office").getConnection();
                Statement statement = connection.createStatement()) {
            return statement.executeUpdate(sql);
        }
    }

    /** Runs a statement in the projection, as nobody may who works with it. */
    int inProjection(String sql) throws SQLException {
        try (Connection connection =
                        postgres.getDatabase("postgres", "projection").getConnection();
                Statement statement = connection.createStatement()) {
            return statement.executeUpdate(sql);
        }
    }

    /** The first column of the first row that a query in the office database finds. */
    String textInOffice(String sql) throws SQLException {
        try (Connection connection = postgres.getDatabase("postgres", "office").getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    /** Which of these idempotency keys the journal knows, once the projection has read it to its end. */
    List<String> journaledOf(List<String> keys) throws SQLException {
        Awaitility.await().until(() -> {
            JsonObject status = get("/status", null).expect(200);
            return status.getLong("projected_sequence") >= status.getLong("sequence");
        });
        List<String> found = new ArrayList<>();
        try (Connection connection =
                        postgres.getDatabase("postgres", "projection").getConnection();
                PreparedStatement query = connection.prepareStatement(
                        "SELECT key FROM projection.command_key WHERE key = ANY (?::uuid[])")) {
            query.setArray(1, connection.createArrayOf("text", keys.toArray()));
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    found.add(rows.getString(1));
                }
            }
        }
        return found;
    }

    /** Takes the database server away. */
    void stopPostgres() throws IOException {
        postgres.close();
    }

    int port() {
        return node.port();
    }

    int tlsPort() {
        return node.tlsPort();
    }

    /** A password of one of the two operators who bootstrap the installation. */
    JsonObject bootstrap(int number) {
        try {
            return new JsonArray(Files.readString(data.resolve("secrets").resolve("bootstrap-operators.json")))
                    .getJsonObject(number - 1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String newKey() {
        return UuidCreator.getTimeOrderedEpoch().toString();
    }

    static UUID keyOf(long epochMs) {
        UUID now = UuidCreator.getTimeOrderedEpoch();
        return new UUID((epochMs << 16) | (now.getMostSignificantBits() & 0xFFFF), now.getLeastSignificantBits());
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + port() + (path.startsWith("/") ? "" : "/") + path))
                .timeout(Duration.ofSeconds(20));
    }

    Answer send(HttpRequest request) {
        return send(http, request);
    }

    /** The same from another address of this machine. */
    Answer sendFrom(String address, HttpRequest request) throws IOException {
        try (HttpClient elsewhere = HttpClient.newBuilder()
                .localAddress(InetAddress.getByName(address))
                .build()) {
            return send(elsewhere, request);
        }
    }

    private static Answer send(HttpClient http, HttpRequest request) {
        try {
            return new Answer(http.send(request, BodyHandlers.ofString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    Answer get(String path, @Nullable String token) {
        HttpRequest.Builder request = request(BASE + inOwnCase(path, token)).GET();
        return send(authorized(request, token).build());
    }

    /** What is no text; the status is 200. */
    byte[] bytes(String path, String token) throws IOException, InterruptedException {
        HttpResponse<byte[]> response = http.send(
                authorized(request(BASE + inOwnCase(path, token)).GET(), token).build(), BodyHandlers.ofByteArray());
        if (response.statusCode() != 200) {
            throw new AssertionError(path + ": " + response.statusCode());
        }
        return response.body();
    }

    /** The file that comes of a POST. */
    byte[] postForBytes(String path, String token, JsonObject body) throws IOException, InterruptedException {
        HttpRequest.Builder request = request(BASE + path)
                .POST(BodyPublishers.ofString(inOwnCase(body.encode(), token)))
                .header("Content-Type", "application/json");
        HttpResponse<byte[]> response = http.send(authorized(request, token).build(), BodyHandlers.ofByteArray());
        if (response.statusCode() != 200) {
            throw new AssertionError(path + ": " + response.statusCode());
        }
        return response.body();
    }

    Answer post(String path, @Nullable String token, @Nullable String key, String body) {
        HttpRequest.Builder request =
                request(BASE + inOwnCase(path, token)).POST(BodyPublishers.ofString(inOwnCase(body, token)));
        if (!body.isEmpty()) {
            request.header("Content-Type", path.contains("files?") ? "text/csv" : "application/json");
        }
        if (key != null) {
            request.header("Idempotency-Key", key);
        }
        return send(authorized(request, token).build());
    }

    private String inOwnCase(String text, @Nullable String token) {
        if (token == null || !text.contains(OWN_CASE)) {
            return text;
        }
        String own = cases.computeIfAbsent(token, sender -> {
            Answer opened = post("/people/cases", sender, new JsonObject().put("purpose", "legal_duty_or_defence"));
            return opened.status() == 201 ? opened.json().getString("id") : NO_CASE;
        });
        return text.replace(OWN_CASE, own);
    }

    Answer post(String path, @Nullable String token, JsonObject body) {
        return post(path, token, newKey(), body.encode());
    }

    Answer post(String path, @Nullable String token) {
        return post(path, token, newKey(), "");
    }

    private static HttpRequest.Builder authorized(HttpRequest.Builder request, @Nullable String token) {
        return token == null ? request : request.header("Authorization", "Bearer " + token);
    }

    String operatorToken(String username, String password) {
        return post(
                        "/tokens",
                        null,
                        null,
                        new JsonObject()
                                .put("grant_type", "password")
                                .put("username", username)
                                .put("password", password)
                                .encode())
                .expect(201)
                .getString("access_token");
    }

    @Override
    public void close() throws IOException {
        if (!stopped) {
            node.close();
        }
        postgres.close();
    }

    /** An answer, with what tests ask of it. */
    record Answer(HttpResponse<String> response) {
        int status() {
            return response.statusCode();
        }

        String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }

        JsonObject json() {
            return new JsonObject(response.body());
        }

        String code() {
            return json().getString("code");
        }

        /** The body, when the status is this one. */
        JsonObject expect(int status) {
            if (status() != status) {
                throw new AssertionError(
                        response.request().method() + " " + response.uri() + ": " + status() + " " + response.body());
            }
            return json();
        }
    }
}

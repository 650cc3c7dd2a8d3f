// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.office;

import static it.socialies.gateway.security.Outcomes.failure;
import static it.socialies.gateway.security.Outcomes.get;
import static it.socialies.gateway.security.Outcomes.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.f4b6a3.uuid.UuidCreator;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import it.socialies.gateway.api.Ids;
import it.socialies.gateway.descriptions.Descriptions;
import it.socialies.gateway.security.BoundedWorker;
import it.socialies.gateway.security.GuessLimits;
import it.socialies.gateway.security.LoginThrottle;
import it.socialies.gateway.security.ManualClock;
import it.socialies.gateway.security.OperatorLogins;
import it.socialies.gateway.security.PasswordPolicy;
import it.socialies.gateway.security.Passwords;
import it.socialies.gateway.security.RefusalCode;
import it.socialies.gateway.security.SecondFactorPolicy;
import it.socialies.gateway.security.SecondFactors;
import it.socialies.gateway.security.Secrets;
import it.socialies.gateway.security.Totp;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.commons.codec.binary.Base32;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The office database and what lives in it, on a real Postgres; each test has a database of its own. */
class OfficeTest {
    private static final String TAX_CODE = "RSSMRA80A01H501U";
    private static final String OTHER_TAX_CODE = "RSSMRA80A41H501Y";
    private static final String PASSWORD = "un gatto verde sul tetto";
    private static final String HOST = "192.0.2.1";
    private static final int CIRCUIT = 3;
    private static final long PROPOSER = 11;
    private static final long APPROVER = 12;

    private static EmbeddedPostgres postgres;
    private static int databases;

    @TempDir
    private Path data;

    private final ManualClock clock = new ManualClock();
    private Vertx vertx;
    private Secrets secrets;
    private Path bootstrapFile;
    private Passwords passwords;
    private BoundedWorker worker;
    private OfficeSettings settings;
    private OfficeDatabase database;
    private OperatorLoginStore logins;
    private OperatorOnboarding onboarding;

    @BeforeAll
    static void startPostgres() throws Exception {
        postgres = EmbeddedPostgres.start();
    }

    @AfterAll
    static void stopPostgres() throws Exception {
        postgres.close();
    }

    @BeforeEach
    void wire() throws Exception {
        String name = "office" + databases++;
        execute("CREATE DATABASE " + name);
        vertx = Vertx.vertx();
        secrets = Secrets.open(data.resolve("keys"));
        bootstrapFile = data.resolve("bootstrap-operators.json");
        settings = OfficeSettings.of("localhost", postgres.getPort(), false, name, "postgres", "postgres");
        passwords = new Passwords(secrets.random());
        worker = new BoundedWorker(vertx, "test-passwords", 1, 50);
        database = newDatabase(settings);
        get(database.start());
        logins = new OperatorLoginStore(database, clock, secrets.random());
        onboarding = newOnboarding();
    }

    private OfficeDatabase newDatabase(OfficeSettings at) {
        return new OfficeDatabase(
                vertx, at, BootstrapOperators.create(bootstrapFile, secrets, BootstrapOperators.sandboxTaxCodes()));
    }

    private OperatorOnboarding newOnboarding() {
        return new OperatorOnboarding(
                database,
                secrets.hash(Secrets.Purpose.PERSON),
                clock,
                secrets.random(),
                new LoginThrottle(GuessLimits.defaults(), clock::nanos),
                passwords,
                new PasswordPolicy(),
                worker);
    }

    @AfterEach
    void close() {
        worker.close();
        get(database.close());
        get(vertx.close());
    }

    @Test
    void shouldLetTheBootstrapOperatorsIn() throws Exception {
        JsonArray json = new JsonArray(Files.readString(bootstrapFile));
        for (int i = 0; i < 2; i++) {
            String username = json.getJsonObject(i).getString("username");
            OperatorLogins.OperatorLogin login =
                    get(logins.findActive(username)).orElseThrow();
            assertThat(login.operatorId()).isEqualTo(i + 1);
            assertThat(passwords.verify(json.getJsonObject(i).getString("password"), login.passwordHash()))
                    .isTrue();
        }
        assertThat(get(logins.findActive("nobody"))).isEmpty();
    }

    @Test
    void shouldSayWithinASecondThatAHangingDatabaseIsDown() throws Exception {
        assertThat(get(database.isUp())).isTrue();
        List<String> backends = backends();
        signal("-STOP", backends);
        try {
            long startNs = System.nanoTime();
            assertThat(get(database.isUp())).isFalse();
            assertThat(get(database.isUp())).isFalse();
            assertThat(Duration.ofNanos(System.nanoTime() - startNs)).isLessThan(Duration.ofSeconds(5));
        } finally {
            signal("-CONT", backends);
        }
        await().until(() -> get(database.isUp()));
    }

    /** The processes that serve this test's connections. */
    private List<String> backends() throws SQLException {
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT string_agg(pid::text, ',') FROM pg_stat_activity"
                        + " WHERE datname = '" + settings.database() + "'")) {
            row.next();
            return List.of(row.getString(1).split(","));
        }
    }

    private static void signal(String name, List<String> processes) throws Exception {
        List<String> command = new ArrayList<>(List.of("kill", name));
        command.addAll(processes);
        assertThat(new ProcessBuilder(command).start().waitFor()).isZero();
    }

    @Test
    void shouldNotOverwriteALoginOnALaterStart() throws Exception {
        String before = get(logins.findActive("bootstrap-1")).orElseThrow().passwordHash();
        OfficeDatabase again = newDatabase(settings);
        get(again.start());
        get(again.close());
        assertThat(get(logins.findActive("BOOTSTRAP-1")).orElseThrow().passwordHash())
                .isEqualTo(before);
    }

    @Test
    void shouldNumberAPersonOnceForAllCircuits() {
        OperatorOnboarding.Prepared first = get(onboarding.prepare(CIRCUIT, TAX_CODE, "mario.rossi"));
        OperatorOnboarding.Prepared second =
                get(onboarding.prepare(CIRCUIT + 1, TAX_CODE.toLowerCase(java.util.Locale.ROOT), "m.rossi"));
        OperatorOnboarding.Prepared other = get(onboarding.prepare(CIRCUIT, OTHER_TAX_CODE, "maria.rossi"));
        assertThat(first.personId()).isGreaterThan(BootstrapOperators.COUNT).isEqualTo(second.personId());
        assertThat(other.personId()).isNotEqualTo(first.personId());
    }

    @Test
    void shouldNumberAPersonOnceUnderConcurrentRequests() {
        List<Future<OperatorOnboarding.Prepared>> all = IntStream.range(0, 20)
                .mapToObj(i -> onboarding.prepare(CIRCUIT, TAX_CODE, "user-" + i))
                .toList();
        get(Future.all(all));
        assertThat(all.stream().map(prepared -> prepared.result().personId()).distinct())
                .hasSize(1);
    }

    @Test
    void shouldBringAnOperatorInWithBothHalvesOnly() {
        Halves halves = approvedOperator(100, 20, "anna");
        assertThat(get(logins.findActive("anna"))).isEmpty();
        for (String[] wrong : new String[][] {
            {halves.first(), halves.first()},
            {halves.second(), halves.second()},
            {halves.second(), halves.first()},
            {halves.first(), ""},
            {"0000-0000-0000-0000", halves.second()}
        }) {
            assertThat(refusal(onboarding.activate(20, "anna", wrong[0], wrong[1], PASSWORD, HOST)))
                    .isEqualTo(RefusalCode.ACTIVATION_REFUSED);
        }
        assertThat(refusal(onboarding.activate(20, "anna", halves.first(), halves.second(), "password1234", HOST)))
                .isEqualTo(RefusalCode.PASSWORD_TOO_WEAK);
        assertThat(refusal(onboarding.activate(21, "anna", halves.first(), halves.second(), PASSWORD, HOST)))
                .isEqualTo(RefusalCode.ACTIVATION_REFUSED);

        get(onboarding.activate(20, "Anna", halves.first(), halves.second(), PASSWORD, HOST));
        OperatorLogins.OperatorLogin login = get(logins.findActive("anna")).orElseThrow();
        assertThat(login.operatorId()).isEqualTo(20);
        assertThat(passwords.verify(PASSWORD, login.passwordHash())).isTrue();
    }

    @Test
    void shouldRefuseAPasswordThatOnlyTheNameOfTheTownMakesLong() {
        JsonObject town = new JsonObject().put("name", "Comune di Forlimpopoli");
        get(new Descriptions(database).put(Ids.CIRCUIT, CIRCUIT, CIRCUIT, town));
        Halves halves = approvedOperator(100, 20, "anna");

        assertThat(refusal(onboarding.activate(20, "anna", halves.first(), halves.second(), "Forlimpopoli.2026", HOST)))
                .isEqualTo(RefusalCode.PASSWORD_TOO_WEAK);
        get(onboarding.activate(20, "anna", halves.first(), halves.second(), PASSWORD, HOST));
    }

    @Test
    void shouldActivateOnceButForgiveALostAnswer() {
        Halves halves = approvedOperator(100, 20, "anna");
        get(onboarding.activate(20, "anna", halves.first(), halves.second(), PASSWORD, HOST));
        get(onboarding.activate(20, "anna", halves.first(), halves.second(), PASSWORD, HOST));
        assertThat(refusal(onboarding.activate(20, "anna", halves.first(), halves.second(), PASSWORD + "x", HOST)))
                .isEqualTo(RefusalCode.ACTIVATION_REFUSED);
    }

    @Test
    void shouldThrottleGuessedCodes() {
        approvedOperator(100, 20, "anna");
        for (int i = 0; i < 10; i++) {
            assertThat(refusal(onboarding.activate(
                            20, "anna", "0000-0000-0000-0000", "0000-0000-0000-0000", PASSWORD, HOST)))
                    .isEqualTo(RefusalCode.ACTIVATION_REFUSED);
        }
        assertThat(refusal(
                        onboarding.activate(20, "anna", "0000-0000-0000-0000", "0000-0000-0000-0000", PASSWORD, HOST)))
                .isEqualTo(RefusalCode.TOO_MANY_ATTEMPTS);
    }

    @Test
    void shouldLetACodeOfASecondFactorBeUsedByOneOfManyAndKeepItsSecretSealed() throws Exception {
        Halves halves = approvedOperator(100, 20, "anna");
        get(onboarding.activate(20, "anna", halves.first(), halves.second(), PASSWORD, HOST));
        long[] wallClockS = {1_234_567_890};
        Totp totp = new Totp(() -> Instant.ofEpochSecond(wallClockS[0]));
        SecondFactors factors = new SecondFactors(
                secrets.ring(Secrets.Purpose.SECOND_FACTOR), secrets.random(), totp, SecondFactorPolicy.OPTIONAL);
        SecondFactorEnrolment enrolment = new SecondFactorEnrolment(
                database,
                clock,
                new LoginThrottle(GuessLimits.defaults(), clock::nanos),
                passwords,
                worker,
                factors,
                secrets.random());

        String forgotten = get(enrolment.enrol(20, PASSWORD, HOST)).secret();
        String shown = get(enrolment.enrol(20, PASSWORD, HOST)).secret();
        byte[] secret = new Base32().decode(shown);
        assertThat(refusal(enrolment.confirm(20, totp.code(new Base32().decode(forgotten), totp.currentStep()), HOST)))
                .isEqualTo(RefusalCode.SECOND_FACTOR_WRONG);
        assertThat(get(logins.findActive("anna")).orElseThrow().secondFactor())
                .as("not before it is confirmed")
                .isNull();
        get(enrolment.confirm(20, totp.code(secret, totp.currentStep()), HOST));
        assertThat(refusal(enrolment.confirm(20, totp.code(secret, totp.currentStep() + 1), HOST)))
                .isEqualTo(RefusalCode.SECOND_FACTOR_NOT_PREPARED);
        assertThat(refusal(enrolment.enrol(20, PASSWORD, HOST))).isEqualTo(RefusalCode.SECOND_FACTOR_ACTIVE);

        wallClockS[0] += 30;
        SecondFactors.Stored before =
                get(logins.findActive("anna")).orElseThrow().secondFactor();
        SecondFactors.Stored used = factors.use(before, 20, totp.code(secret, totp.currentStep()));
        List<Future<Boolean>> kept = IntStream.range(0, 8)
                .mapToObj(i -> logins.keepUsed(20, before, used))
                .toList();
        get(Future.all(kept));
        assertThat(kept.stream().filter(Future::result)).hasSize(1);
        assertThat(get(logins.findActive("anna")).orElseThrow().secondFactor()).isEqualTo(used);
        assertThat(used.sealed().toString(StandardCharsets.ISO_8859_1))
                .doesNotContain(new String(secret, StandardCharsets.ISO_8859_1));
    }

    @Test
    void shouldGiveAFreshHalfToTheSameOperatorOnly() {
        OperatorOnboarding.Prepared prepared = get(onboarding.prepare(CIRCUIT, TAX_CODE, "anna"));
        String lost = get(onboarding.proposed(100, prepared, PROPOSER));
        get(onboarding.prepare(CIRCUIT, TAX_CODE, "anna"));
        String first = get(onboarding.proposed(100, prepared, PROPOSER));
        assertThat(refusal(onboarding.proposed(100, prepared, APPROVER))).isEqualTo(RefusalCode.LOGIN_NOT_PREPARED);
        get(onboarding.requireApprovable(100));
        assertThat(refusal(onboarding.approved(100, 20, PROPOSER))).isEqualTo(RefusalCode.LOGIN_NOT_PREPARED);
        get(onboarding.approved(100, 20, APPROVER));
        String second = get(onboarding.approved(100, 20, APPROVER));
        assertThat(refusal(onboarding.approved(100, 20, 13))).isEqualTo(RefusalCode.LOGIN_NOT_PREPARED);
        assertThat(refusal(onboarding.activate(20, "anna", lost, second, PASSWORD, HOST)))
                .isEqualTo(RefusalCode.ACTIVATION_REFUSED);
        get(onboarding.activate(20, "anna", first, second, PASSWORD, HOST));
        assertThat(refusal(onboarding.approved(100, 20, APPROVER))).isEqualTo(RefusalCode.LOGIN_NOT_PREPARED);
        assertThat(refusal(onboarding.proposed(100, prepared, PROPOSER))).isEqualTo(RefusalCode.LOGIN_NOT_PREPARED);
    }

    @Test
    void shouldGiveAUsernameToOnePersonAtATime() {
        OperatorOnboarding.Prepared first = get(onboarding.prepare(CIRCUIT, TAX_CODE, "anna"));
        OperatorOnboarding.Prepared second = get(onboarding.prepare(CIRCUIT, OTHER_TAX_CODE, "Anna"));
        get(onboarding.proposed(100, first, PROPOSER));
        assertThat(refusal(onboarding.proposed(101, second, PROPOSER))).isEqualTo(RefusalCode.USERNAME_TAKEN);
        assertThat(refusal(onboarding.requireApprovable(101))).isEqualTo(RefusalCode.LOGIN_NOT_PREPARED);
        assertThat(refusal(onboarding.prepare(CIRCUIT, OTHER_TAX_CODE, "ANNA"))).isEqualTo(RefusalCode.USERNAME_TAKEN);
        get(onboarding.rejected(100));
        get(onboarding.proposed(101, second, PROPOSER));
    }

    @Test
    void shouldForgetACodeThatNobodyUsed() {
        Halves halves = approvedOperator(100, 20, "anna");
        clock.advance(Duration.ofDays(14));
        assertThat(refusal(onboarding.activate(20, "anna", halves.first(), halves.second(), PASSWORD, HOST)))
                .isEqualTo(RefusalCode.ACTIVATION_REFUSED);
        get(onboarding.proposed(102, get(onboarding.prepare(CIRCUIT, OTHER_TAX_CODE, "anna")), PROPOSER));
    }

    @Test
    void shouldRefuseWhatIsNoTaxCodeOrUsername() {
        assertThat(refusal(onboarding.prepare(CIRCUIT, "RSSMRA80A01H501A", "anna")))
                .isEqualTo(RefusalCode.TAX_CODE_INVALID);
        for (String username : List.of("", "ab", "anna rossi", "-anna", "x".repeat(65), "ann\u00e0")) {
            assertThat(refusal(onboarding.prepare(CIRCUIT, TAX_CODE, username)))
                    .as(username)
                    .isEqualTo(RefusalCode.USERNAME_INVALID);
        }
    }

    @Test
    void shouldKeepNothingReadable() throws Exception {
        Halves halves = approvedOperator(100, 20, "anna");
        get(onboarding.activate(20, "anna", halves.first(), halves.second(), PASSWORD, HOST));
        String everything = dump("person") + dump("operator_login");
        assertThat(everything)
                .contains("anna")
                .doesNotContain(TAX_CODE)
                .doesNotContain(PASSWORD)
                .doesNotContain(halves.first());
    }

    @Test
    void shouldKeepABatchUntilItIsExecuted() {
        TopUpBatches batches = new TopUpBatches(database, clock);
        List<TopUp> rows = IntStream.rangeClosed(1, 1_000)
                .mapToObj(i -> new TopUp(i, 100 + i))
                .toList();
        TopUpBatch batch = TopUpBatch.of(CIRCUIT, 2, rows);
        get(batches.save(200, batch, rows));
        get(batches.save(200, batch, rows));
        assertThat(get(batches.find(200))).contains(batch);
        assertThat(get(batches.find(201))).isEmpty();
        assertThat(get(batches.rows(200, 0))).isEqualTo(rows);
        assertThat(get(batches.rows(200, 960))).isEqualTo(rows.subList(960, 1_000));
        List<TopUp> others = rows.subList(1, rows.size());
        assertThat(refusal(batches.save(200, TopUpBatch.of(CIRCUIT, 2, others), others)))
                .isEqualTo(RefusalCode.BATCH_ROWS_DIFFER);
        assertThat(get(batches.rows(200, 0))).hasSize(1_000);
    }

    @Test
    void shouldDoAnOfficeRequestOnce() {
        OfficeRequests requests = newRequests();
        AtomicInteger done = new AtomicInteger();
        UUID key = newKey();
        List<Future<OfficeAnswer>> all = IntStream.range(0, 10)
                .mapToObj(i -> requests.once(
                        key,
                        "opr_1",
                        "POST /x",
                        utf8("{}"),
                        connection ->
                                Future.succeededFuture(OfficeAnswer.of(201, "{\"n\":" + done.incrementAndGet() + "}"))))
                .toList();
        get(Future.all(all));
        assertThat(done).hasValue(1);
        assertThat(all.stream().map(answer -> answer.result().body()).distinct())
                .containsExactly("{\"n\":1}");
        assertThat(all.stream().filter(answer -> !answer.result().repeated())).hasSize(1);
    }

    @Test
    void shouldRefuseAKeyForAnotherRequest() {
        OfficeRequests requests = newRequests();
        UUID key = newKey();
        get(requests.once(key, "opr_1", "POST /x", utf8("{}"), connection -> answer()));
        for (Future<OfficeAnswer> other : List.of(
                requests.once(key, "opr_2", "POST /x", utf8("{}"), connection -> answer()),
                requests.once(key, "opr_1", "POST /y", utf8("{}"), connection -> answer()),
                requests.once(key, "opr_1", "POST /x", utf8("{ }"), connection -> answer()),
                requests.once(key, "opr_1P", "OST /x", utf8("{}"), connection -> answer()))) {
            assertThat(refusal(other)).isEqualTo(RefusalCode.IDEMPOTENCY_KEY_REUSED);
        }
    }

    @Test
    void shouldLeaveTheKeyFreeWhenTheWorkFails() {
        OfficeRequests requests = newRequests();
        UUID key = newKey();
        Future<OfficeAnswer> failed = requests.once(
                key,
                "opr_1",
                "POST /x",
                utf8("{}"),
                connection -> connection
                        .query("INSERT INTO person (tax_code_hmac, created_ms) VALUES (sha256('x'), 0)")
                        .execute()
                        .compose(inserted -> Future.failedFuture(new IllegalStateException("later"))));
        assertThat(failure(failed)).hasMessage("later");
        assertThat(get(requests.once(
                                key,
                                "opr_1",
                                "POST /x",
                                utf8("{}"),
                                connection -> connection
                                        .query("SELECT count(*) FROM person WHERE tax_code_hmac = sha256('x')")
                                        .execute()
                                        .map(rows -> OfficeAnswer.of(
                                                200, "" + rows.iterator().next().getLong(0)))))
                        .body())
                .isEqualTo("0");
    }

    @Test
    void shouldRefuseKeysOutsideTheWindow() {
        OfficeRequests requests = newRequests();
        UUID key = newKey();
        clock.advance(Duration.ofSeconds(-61));
        assertThat(refusal(requests.once(key, "", "POST /x", utf8(""), connection -> answer())))
                .isEqualTo(RefusalCode.IDEMPOTENCY_KEY_IN_FUTURE);
        clock.advance(Duration.ofSeconds(61));
        get(requests.once(key, "", "POST /x", utf8(""), connection -> answer()));
        clock.advance(Duration.ofDays(7));
        assertThat(get(requests.forgetOld())).isEqualTo(1);
        assertThat(refusal(requests.once(key, "", "POST /x", utf8(""), connection -> answer())))
                .isEqualTo(RefusalCode.IDEMPOTENCY_KEY_TOO_OLD);
    }

    @Test
    void shouldSayUnavailableUntilTheDatabaseAppears() throws Exception {
        String name = "late" + databases++;
        OfficeSettings late = new OfficeSettings(
                "localhost", postgres.getPort(), false, name, "postgres", "postgres", 2, 10, 5_000, 50);
        OfficeDatabase waiting = newDatabase(late);
        Future<Void> started = waiting.start();
        assertThat(refusal(new OperatorLoginStore(waiting, clock, secrets.random()).findActive("anna")))
                .isEqualTo(RefusalCode.OFFICE_UNAVAILABLE);
        assertThat(get(waiting.isUp())).isFalse();
        execute("CREATE DATABASE " + name);
        get(started);
        assertThat(get(new OperatorLoginStore(waiting, clock, secrets.random()).findActive("bootstrap-2")))
                .isPresent();
        assertThat(get(waiting.isUp())).isTrue();
        get(waiting.close());
    }

    @Test
    void shouldSayUnavailableWhenTheServerDropsItAndRecover() throws Exception {
        get(logins.findActive("anna"));
        execute("ALTER DATABASE " + settings.database() + " ALLOW_CONNECTIONS false");
        execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '" + settings.database() + "'");
        assertThat(refusal(logins.findActive("anna"))).isEqualTo(RefusalCode.OFFICE_UNAVAILABLE);
        execute("ALTER DATABASE " + settings.database() + " ALLOW_CONNECTIONS true");
        assertThat(get(logins.findActive("bootstrap-1"))).isPresent();
    }

    private Halves approvedOperator(long proposalId, long operatorId, String username) {
        OperatorOnboarding.Prepared prepared = get(onboarding.prepare(CIRCUIT, TAX_CODE, username));
        String first = get(onboarding.proposed(proposalId, prepared, PROPOSER));
        get(onboarding.requireApprovable(proposalId));
        return new Halves(first, get(onboarding.approved(proposalId, operatorId, APPROVER)));
    }

    private OfficeRequests newRequests() {
        return new OfficeRequests(database, secrets.hash(Secrets.Purpose.FINGERPRINT), clock);
    }

    private UUID newKey() {
        return UuidCreator.getTimeOrderedEpoch(java.time.Instant.ofEpochMilli(clock.nowMs()));
    }

    private static Future<OfficeAnswer> answer() {
        return Future.succeededFuture(OfficeAnswer.of(204, null));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private String dump(String table) throws SQLException {
        StringBuilder all = new StringBuilder();
        try (Connection connection =
                        postgres.getDatabase("postgres", settings.database()).getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT t::text FROM office." + table + " t")) {
            while (rows.next()) {
                all.append(rows.getString(1)).append('\n');
            }
        }
        return all.toString();
    }

    private static void execute(String sql) throws SQLException {
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private record Halves(String first, String second) {}
}

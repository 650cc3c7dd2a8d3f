// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.people;

import static it.socialies.gateway.security.Outcomes.get;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlConnection;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import it.socialies.gateway.office.BootstrapOperators;
import it.socialies.gateway.office.OfficeDatabase;
import it.socialies.gateway.office.OfficeRequests;
import it.socialies.gateway.office.OfficeSettings;
import it.socialies.gateway.people.ReadLog.Operation;
import it.socialies.gateway.security.ManualClock;
import it.socialies.gateway.security.MasterKeys;
import it.socialies.gateway.security.Secrets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** A vault on two real databases, each with the ordinary login that an installation has, and what an owner of the server could do beside it. */
final class VaultFixture implements AutoCloseable {
    static final int CIRCUIT = 3;
    static final int OTHER_CIRCUIT = 4;
    static final long SOCIAL = 11;
    static final long OTHER = 12;
    static final String OFFICE = "ies_office";
    static final String KEYS = "ies_vault_keys";
    private static final String PASSWORD = "of-this-test-only";
    private static int databases;

    final ManualClock clock = new ManualClock();
    final Path folder;
    final String officeName;
    final String keysName;
    private final EmbeddedPostgres postgres;
    private final Vertx vertx = Vertx.vertx();
    Secrets secrets;
    OfficeDatabase office;
    OfficeRequests requests;
    KeyStore keys;
    Cases cases;
    Records records;
    Erasures erasures;
    Vault vault;

    VaultFixture(EmbeddedPostgres postgres, Path folder) throws SQLException {
        this.postgres = postgres;
        this.folder = folder;
        officeName = "office" + ++databases;
        keysName = "keys" + databases;
        for (String role : new String[] {OFFICE, KEYS}) {
            asOwner(
                    "postgres",
                    "DO $$ BEGIN CREATE ROLE " + role + " LOGIN PASSWORD '" + PASSWORD
                            + "'; EXCEPTION WHEN duplicate_object THEN NULL; END $$");
        }
        asOwner("postgres", "CREATE DATABASE " + officeName + " OWNER " + OFFICE);
        asOwner("postgres", "CREATE DATABASE " + keysName + " OWNER " + KEYS);
        start();
    }

    /** As a node does when it starts. */
    void start() {
        secrets = Secrets.open(folder.resolve("keys"));
        office = new OfficeDatabase(
                vertx,
                OfficeSettings.of("localhost", postgres.getPort(), false, officeName, OFFICE, PASSWORD),
                BootstrapOperators.create(
                        folder.resolve("bootstrap-operators.json"), secrets, BootstrapOperators.sandboxTaxCodes()));
        get(office.start());
        requests = new OfficeRequests(office, secrets.hash(Secrets.Purpose.FINGERPRINT), clock);
        KeyDatabase keyDatabase = new KeyDatabase(
                vertx, OfficeSettings.of("localhost", postgres.getPort(), false, keysName, KEYS, PASSWORD));
        keys = new KeyStore(
                keyDatabase,
                new MasterKeys(secrets.ring(Secrets.Purpose.PEOPLE_MASTER), secrets.random()),
                clock,
                secrets.random());
        cases = new Cases(clock);
        records = new Records(
                keys, new PersonIndex(secrets.hash(Secrets.Purpose.PEOPLE_INDEX)), cases, new ReadLog(clock), clock);
        ErasureBook book = new ErasureBook(folder.resolve("erasures.txt"));
        erasures = new Erasures(vertx, office, keys, book, clock);
        vault = new Vault(
                vertx, office, requests, keyDatabase, keys, new Tombstones(vertx, office, keys, book), erasures, clock);
        get(vault.start());
    }

    @Override
    public void close() {
        get(office.close());
        get(vertx.close());
    }

    /** The hourly look. */
    int overdueAfterARound() {
        get(vault.round());
        return vault.overdue();
    }

    <T> Future<T> in(int circuitId, Function<SqlConnection, Future<T>> work) {
        return vault.inCircuit(circuitId, work);
    }

    Reader reader(Purpose purpose) {
        return reader(CIRCUIT, SOCIAL, purpose);
    }

    Reader reader(int circuitId, long operatorId, Purpose purpose) {
        return new Reader(
                circuitId,
                operatorId,
                get(in(circuitId, connection -> cases.open(connection, circuitId, operatorId, purpose)))
                        .caseId());
    }

    long register(JsonObject person) {
        return register(CIRCUIT, person);
    }

    long register(int circuitId, JsonObject person) {
        Reader writer = reader(circuitId, SOCIAL, Purpose.ELIGIBILITY_REVIEW);
        return get(in(circuitId, connection -> records.register(connection, writer, person)))
                .recordId();
    }

    Future<Records.Opened> open(Reader reader, long recordId) {
        return in(reader.circuitId(), connection -> records.open(connection, reader, recordId, Operation.READ));
    }

    /** As a decision does where nothing must be kept. */
    void erase(long recordId) {
        get(in(
                CIRCUIT,
                connection -> connection
                        .query(
                                "UPDATE vault_record SET restricted = true, erase_on = DATE '2000-01-01', erase_request_id = 7,"
                                        + " erase_operator_id = 12 WHERE record_id = " + recordId)
                        .execute()));
        get(erasures.carryOut(CIRCUIT));
    }

    static JsonObject person(String familyName, String givenName, String taxCode) {
        return new JsonObject()
                .put("given_name", givenName)
                .put("family_name", familyName)
                .put("birth_date", "1980-01-01")
                .put("tax_code", taxCode)
                .put("preferred_language", "it")
                .put("contacts", new JsonObject().put("phone", "+39 320 5550199"));
    }

    /** Runs a statement as whoever owns the server, whom no policy and no right stops. */
    int asOwner(String database, String sql) throws SQLException {
        try (Connection connection = postgres.getDatabase("postgres", database).getConnection();
                Statement statement = connection.createStatement()) {
            return statement.executeUpdate(sql);
        }
    }

    /** Everything in all tables of a database, as text. */
    String everythingIn(String database) throws SQLException {
        StringBuilder all = new StringBuilder();
        try (Connection connection = postgres.getDatabase("postgres", database).getConnection();
                Statement statement = connection.createStatement()) {
            List<String> tables = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery("SELECT format('%I.%I', schemaname, tablename) FROM pg_tables"
                    + " WHERE schemaname NOT IN ('pg_catalog', 'information_schema')")) {
                while (rows.next()) {
                    tables.add(rows.getString(1));
                }
            }
            for (String table : tables) {
                try (ResultSet rows = statement.executeQuery("SELECT t::text FROM " + table + " t")) {
                    while (rows.next()) {
                        all.append(rows.getString(1)).append('\n');
                    }
                }
            }
        }
        return all.toString();
    }

    /** A connection with the installation's own login. */
    Connection as(String role, String database) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://localhost:" + postgres.getPort() + "/" + database, role, PASSWORD);
    }
}

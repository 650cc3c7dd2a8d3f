// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.people;

import static it.socialies.gateway.people.VaultFixture.CIRCUIT;
import static it.socialies.gateway.people.VaultFixture.OTHER_CIRCUIT;
import static it.socialies.gateway.people.VaultFixture.SOCIAL;
import static it.socialies.gateway.people.VaultFixture.person;
import static it.socialies.gateway.security.Outcomes.failure;
import static it.socialies.gateway.security.Outcomes.get;
import static it.socialies.gateway.security.Outcomes.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Tuple;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import it.socialies.gateway.people.ReadLog.Operation;
import it.socialies.gateway.security.KeyRotation;
import it.socialies.gateway.security.KeyRotation.Rotatable;
import it.socialies.gateway.security.RefusalCode;
import it.socialies.gateway.security.Secrets;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What lies in the two databases, who sees it, and what is written when it is read. */
class VaultTest {
    private static final String TAX_CODE = "RSSMRA80A41H501Y";
    private static final List<String> TABLES =
            List.of("vault_record", "vault_eligibility", "vault_case", "vault_read", "vault_change", "vault_request");
    private static EmbeddedPostgres postgres;

    @TempDir
    private Path folder;

    private VaultFixture vault;
    private Reader reader;
    private long recordId;

    @BeforeAll
    static void startPostgres() throws Exception {
        postgres = EmbeddedPostgres.start();
    }

    @AfterAll
    static void stopPostgres() throws Exception {
        postgres.close();
    }

    @BeforeEach
    void enterOne() throws Exception {
        vault = new VaultFixture(postgres, folder);
        recordId = vault.register(person("Cinquegrana", "Ermenegilda", TAX_CODE));
        reader = vault.reader(Purpose.HOLDER_ASSISTANCE);
    }

    @AfterEach
    void close() {
        vault.close();
    }

    @Test
    void shouldWriteNothingReadableIntoEitherDatabase() throws Exception {
        get(vault.in(
                CIRCUIT,
                connection -> vault.records.rectify(
                        connection, reader, recordId, 1, new JsonObject().put("given_name", "Guglielmina"))));

        String everything = vault.everythingIn(vault.officeName) + vault.everythingIn(vault.keysName);

        assertThat(everything).contains("given_name").contains(Long.toString(recordId));
        for (String secret :
                new String[] {"Cinquegrana", "Ermenegilda", "Guglielmina", TAX_CODE, "1980-01-01", "5550199"}) {
            assertThat(everything)
                    .doesNotContainIgnoringCase(secret)
                    .doesNotContainIgnoringCase(HexFormat.of().formatHex(secret.getBytes(StandardCharsets.UTF_8)));
        }
    }

    @Test
    void shouldOpenARowOnlyInItsPlaceAndVersion() throws Exception {
        long other = vault.register(person("Bevilacqua", "Teodolinda", "RSSMRA80A01H501U"));
        vault.asOwner(
                vault.officeName,
                "UPDATE office.vault_record a SET sealed = b.sealed FROM office.vault_record b WHERE a.record_id = "
                        + other + " AND b.record_id = " + recordId);
        assertThat(refusal(vault.open(reader, other))).isEqualTo(RefusalCode.PEOPLE_KEYS_UNREADABLE);

        vault.asOwner(vault.officeName, "UPDATE office.vault_record SET version = 2 WHERE record_id = " + recordId);
        assertThat(refusal(vault.open(reader, recordId))).isEqualTo(RefusalCode.PEOPLE_KEYS_UNREADABLE);
        vault.asOwner(vault.officeName, "UPDATE office.vault_record SET version = 1 WHERE record_id = " + recordId);
        assertThat(get(vault.open(reader, recordId)).person().getString("given_name"))
                .isEqualTo("Ermenegilda");

        vault.asOwner(
                vault.keysName,
                "UPDATE vault_keys.person_key a SET wrapped = b.wrapped FROM vault_keys.person_key b WHERE a.record_id = "
                        + recordId + " AND b.record_id = " + other);
        assertThat(refusal(vault.open(reader, recordId))).isEqualTo(RefusalCode.PEOPLE_KEYS_UNREADABLE);
    }

    @Test
    void shouldShowNoRowWithoutTheSettingAndNoneToAnotherCircuit() throws Exception {
        get(vault.open(reader, recordId));
        try (Connection office = vault.as(VaultFixture.OFFICE, vault.officeName);
                Connection keys = vault.as(VaultFixture.KEYS, vault.keysName)) {
            for (String table : List.of("office.vault_record", "office.vault_case", "office.vault_read")) {
                assertThat(rowsShown(office, table, null)).as(table).isZero();
                assertThat(rowsShown(office, table, OTHER_CIRCUIT)).as(table).isZero();
                assertThat(rowsShown(office, table, CIRCUIT)).as(table).isPositive();
                assertThat(rowsShown(office, table, null))
                        .as(table + ", after the transaction with the setting")
                        .isZero();
            }
            assertThat(rowsShown(keys, "vault_keys.person_key", null)).isZero();
            assertThat(rowsShown(keys, "vault_keys.person_key", OTHER_CIRCUIT)).isZero();
            assertThat(rowsShown(keys, "vault_keys.person_key", CIRCUIT)).isOne();
        }
    }

    private static int rowsShown(Connection connection, String table, @Nullable Integer circuitId) throws SQLException {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            if (circuitId != null) {
                statement.execute("SELECT set_config('ies.circuit', '" + circuitId + "', true)");
            }
            try (ResultSet row = statement.executeQuery("SELECT count(*) FROM " + table)) {
                row.next();
                return row.getInt(1);
            }
        } finally {
            connection.rollback();
        }
    }

    /** A table that is added and forgotten here fails. */
    @Test
    void shouldIsolateEveryTableOfTheVaultThatHasPersonsForItsOwnerToo() throws Exception {
        try (Connection connection = vault.as(VaultFixture.OFFICE, vault.officeName);
                ResultSet rows = connection
                        .createStatement()
                        .executeQuery(
                                "SELECT relname, relforcerowsecurity AND relrowsecurity FROM pg_class WHERE relkind = 'r' AND relname LIKE 'vault\\_%'"
                                        + " AND relname NOT IN ('vault_controller', 'vault_tombstone') ORDER BY relname")) {
            int found = 0;
            while (rows.next()) {
                assertThat(TABLES).contains(rows.getString(1));
                assertThat(rows.getBoolean(2)).as(rows.getString(1)).isTrue();
                found++;
            }
            assertThat(found).isEqualTo(TABLES.size());
        }
        try (Connection connection = vault.as(VaultFixture.OFFICE, vault.officeName);
                Statement statement = connection.createStatement()) {
            statement.execute("SELECT set_config('ies.circuit', '" + OTHER_CIRCUIT + "', false)");
            assertThatThrownBy(
                            () -> statement.execute(
                                    "INSERT INTO office.vault_case (circuit_id, operator_id, purpose, opened_ms, ends_ms) VALUES (3, 1, 'REPORTING', 1, 2)"))
                    .hasMessageContaining("row-level security");
        }
    }

    @Test
    void shouldFindNobodyOfAnotherCircuitByTheSameTaxCode() {
        long there = vault.register(OTHER_CIRCUIT, person("Cinquegrana", "Ermenegilda", TAX_CODE));
        Reader elsewhere = vault.reader(OTHER_CIRCUIT, SOCIAL, Purpose.HOLDER_ASSISTANCE);
        JsonObject byTaxCode = new JsonObject().put("tax_code", TAX_CODE.toLowerCase(Locale.ROOT));

        assertThat(there).isNotEqualTo(recordId);
        assertThat(found(reader, byTaxCode)).containsExactly(recordId);
        assertThat(found(elsewhere, byTaxCode)).containsExactly(there);
        PersonIndex index = new PersonIndex(vault.secrets.hash(Secrets.Purpose.PEOPLE_INDEX));
        assertThat(index.taxCode(CIRCUIT, TAX_CODE)).isNotEqualTo(index.taxCode(OTHER_CIRCUIT, TAX_CODE));
    }

    private List<Long> found(Reader by, JsonObject what) {
        return get(vault.in(by.circuitId(), connection -> vault.records.search(connection, by, what))).stream()
                .map(StoredRecord::recordId)
                .toList();
    }

    @Test
    void shouldFindANameHoweverAnOfficeSpellsIt() {
        long accented = vault.register(person("D'Alò", "Nicolò", "RSSMRA80A01H501U"));

        assertThat(found(
                        reader,
                        new JsonObject()
                                .put("family_name", "DALO")
                                .put("given_name", "nicolo")
                                .put("birth_date", "1980-01-01")))
                .containsExactly(accented);
        assertThat(found(
                        reader,
                        new JsonObject()
                                .put("family_name", "DALO")
                                .put("given_name", "nicolo")
                                .put("birth_date", "1980-01-02")))
                .isEmpty();
    }

    @Test
    void shouldRefuseTheSameTaxCodeTwiceInWhateverCase() {
        Reader writer = vault.reader(Purpose.ELIGIBILITY_REVIEW);

        assertThat(refusal(vault.in(
                        CIRCUIT,
                        connection -> vault.records.register(
                                connection, writer, person("Altro", "Nome", " " + TAX_CODE.toLowerCase(Locale.ROOT))))))
                .isEqualTo(RefusalCode.PERSON_EXISTS);
    }

    @Test
    void shouldAnswerNoReadThatItCannotLog() throws Exception {
        vault.asOwner(vault.officeName, "ALTER TABLE office.vault_read RENAME TO vault_read_away");
        assertThat(failure(vault.open(reader, recordId))).isNotNull();
        vault.asOwner(vault.officeName, "ALTER TABLE office.vault_read_away RENAME TO vault_read");

        get(vault.open(reader, recordId));

        try (Connection connection = vault.as(VaultFixture.OFFICE, vault.officeName)) {
            assertThat(rowsShown(connection, "office.vault_read", CIRCUIT)).isOne();
        }
    }

    @Test
    void shouldChangeNoLineOfTheLogs() throws Exception {
        get(vault.open(reader, recordId));
        for (String sql : new String[] {
            "UPDATE office.vault_read SET operator_id = 1",
            "DELETE FROM office.vault_read",
            "TRUNCATE office.vault_read",
            "DELETE FROM office.vault_change",
            "DELETE FROM office.vault_tombstone"
        }) {
            assertThatThrownBy(() -> vault.asOwner(vault.officeName, sql)).hasMessageContaining("append-only");
        }
    }

    @Test
    void shouldOpenNamesOnlyWithinOnesOwnCaseOfToday() {
        Reader somebodyElses = new Reader(CIRCUIT, VaultFixture.OTHER, reader.caseId());
        assertThat(refusal(vault.open(somebodyElses, recordId))).isEqualTo(RefusalCode.CASE_NOT_OPEN);
        assertThat(refusal(vault.open(new Reader(CIRCUIT, SOCIAL, 4_711), recordId)))
                .isEqualTo(RefusalCode.CASE_NOT_OPEN);
        get(vault.open(reader, recordId));

        vault.clock.advance(Duration.ofDays(1));

        assertThat(refusal(vault.open(reader, recordId))).isEqualTo(RefusalCode.CASE_NOT_OPEN);
    }

    @Test
    void shouldOpenARestrictedRecordForADutyByLawOnly() {
        get(vault.in(
                CIRCUIT,
                connection -> connection
                        .query("UPDATE vault_record SET restricted = true WHERE record_id = " + recordId)
                        .execute()));

        for (Purpose purpose : Purpose.values()) {
            Reader by = vault.reader(purpose);
            if (purpose == Purpose.LEGAL_DUTY_OR_DEFENCE) {
                assertThat(get(vault.open(by, recordId)).person().getString("family_name"))
                        .isEqualTo("Cinquegrana");
            } else {
                assertThat(refusal(vault.open(by, recordId)))
                        .as(purpose.name())
                        .isEqualTo(RefusalCode.PERSON_RESTRICTED);
            }
        }
    }

    @Test
    void shouldBringKeysUnderANewMasterKeyAndTouchNoRecord() throws Exception {
        String before = vault.everythingIn(vault.officeName);
        KeyRotation rotation = new KeyRotation(folder.resolve("keys"));
        rotation.rotate(Rotatable.PEOPLE_MASTER, 0);

        vault.start();
        rotation.retirePeopleMaster(1);
        vault.start();

        assertThat(get(vault.open(reader, recordId)).person().getString("family_name"))
                .isEqualTo("Cinquegrana");
        assertThat(vault.everythingIn(vault.officeName))
                .contains(before.lines()
                        .filter(line -> line.contains("(" + recordId + ",3,1,"))
                        .findFirst()
                        .orElseThrow());
    }

    @Test
    void shouldSayThatKeysAreUnreadableUnderAnotherMasterKey() throws Exception {
        Files.delete(folder.resolve("keys").resolve("people-master.json"));
        vault.start();

        assertThat(refusal(vault.open(reader, recordId))).isEqualTo(RefusalCode.PEOPLE_KEYS_UNREADABLE);
    }

    @Test
    void shouldCountTheRequestsPastTheirTermOfEveryCircuit() {
        long elsewhere = vault.register(OTHER_CIRCUIT, person("Bevilacqua", "Teodolinda", "RSSMRA80A01H501U"));
        LocalDate today = ItalianDay.of(vault.clock.nowMs());
        assertThat(vault.overdueAfterARound()).isZero();

        request(CIRCUIT, recordId, today);
        assertThat(vault.overdueAfterARound()).as("the last day of the term").isZero();
        request(CIRCUIT, recordId, today.minusDays(1));
        request(OTHER_CIRCUIT, elsewhere, today.minusMonths(2));

        assertThat(vault.overdueAfterARound()).isEqualTo(2);
    }

    private void request(int circuitId, long recordId, LocalDate dueOn) {
        get(vault.in(
                circuitId,
                connection -> connection
                        .preparedQuery(
                                "INSERT INTO vault_request (circuit_id, record_id, kind, state, received_on, due_on, version, opened_by, opened_ms)"
                                        + " VALUES ($1, $2, 'ACCESS', 'OPEN', $3, $3, 1, 12, 1)")
                        .execute(Tuple.of(circuitId, recordId, dueOn))));
    }

    @Test
    void shouldNoteWhichFieldsWereChangedByWhomAndNoValue() throws Exception {
        List<String> fields = get(vault.in(
                CIRCUIT,
                connection -> vault.records.rectify(
                        connection,
                        reader,
                        recordId,
                        1,
                        new JsonObject()
                                .put("contacts", new JsonObject().put("email", "e@example.org"))
                                .put("given_name", "Ermenegilda"))));

        assertThat(fields).containsExactly("contacts.email", "contacts.phone");
        assertThat(refusal(vault.in(
                        CIRCUIT,
                        connection -> vault.records.rectify(
                                connection, reader, recordId, 1, new JsonObject().put("preferred_language", "fr")))))
                .isEqualTo(RefusalCode.PERSON_CHANGED);
        Records.Opened now =
                get(vault.in(CIRCUIT, connection -> vault.records.open(connection, reader, recordId, Operation.READ)));
        assertThat(now.row().version()).isEqualTo(2);
        assertThat(now.person().getJsonObject("contacts").fieldNames()).containsExactly("email");
    }
}

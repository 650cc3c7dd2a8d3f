// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.people;

import static it.socialies.gateway.people.VaultFixture.CIRCUIT;
import static it.socialies.gateway.people.VaultFixture.person;
import static it.socialies.gateway.security.Outcomes.failure;
import static it.socialies.gateway.security.Outcomes.get;
import static it.socialies.gateway.security.Outcomes.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import it.socialies.gateway.api.ProblemException;
import it.socialies.gateway.security.KeyRotation;
import it.socialies.gateway.security.MasterKeys;
import it.socialies.gateway.security.Refusal;
import it.socialies.gateway.security.RefusalCode;
import it.socialies.gateway.security.Secrets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who is erased stays erased, whatever is restored beside or over the databases. */
class ErasureTest {
    private static EmbeddedPostgres postgres;

    @TempDir
    private Path folder;

    private VaultFixture vault;
    private long erased;
    private long kept;

    @BeforeAll
    static void startPostgres() throws Exception {
        postgres = EmbeddedPostgres.start();
    }

    @AfterAll
    static void stopPostgres() throws Exception {
        postgres.close();
    }

    @BeforeEach
    void eraseOne() throws Exception {
        vault = new VaultFixture(postgres, folder);
        erased = vault.register(person("Cinquegrana", "Ermenegilda", "RSSMRA80A41H501Y"));
        kept = vault.register(person("Bevilacqua", "Teodolinda", "RSSMRA80A01H501U"));
        backUp(vault.officeName, "office");
        backUp(vault.keysName, "vault_keys");
        vault.erase(erased);
    }

    @AfterEach
    void close() {
        vault.close();
    }

    /** The tables as they are now, in a schema beside. */
    private void backUp(String database, String schema) throws SQLException {
        vault.asOwner(database, "CREATE SCHEMA old");
        for (String table : tables(database, schema)) {
            vault.asOwner(database, "CREATE TABLE old." + table + " AS SELECT * FROM " + schema + "." + table);
        }
    }

    private List<String> tables(String database, String schema) throws SQLException {
        return texts(
                database,
                "SELECT tablename FROM pg_tables WHERE schemaname = '" + schema
                        + "' AND tablename <> 'flyway_schema_history'");
    }

    private List<String> texts(String database, String query) throws SQLException {
        try (Connection connection = postgres.getDatabase("postgres", database).getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            List<String> found = new ArrayList<>();
            while (rows.next()) {
                found.add(rows.getString(1));
            }
            return found;
        }
    }

    /** Puts the rows of the backup back over those of today, triggers or not. */
    private void restore(String database, String schema, String... tables) throws SQLException {
        StringBuilder script = new StringBuilder("SET session_replication_role = replica;");
        for (String table : tables) {
            script.append("DELETE FROM ")
                    .append(schema)
                    .append('.')
                    .append(table)
                    .append(';');
            script.append("INSERT INTO ")
                    .append(schema)
                    .append('.')
                    .append(table)
                    .append(" OVERRIDING SYSTEM VALUE SELECT * FROM old.")
                    .append(table)
                    .append(';');
        }
        vault.asOwner(database, script.toString());
    }

    private RefusalCode reading(long recordId) {
        return refusal(vault.open(vault.reader(Purpose.LEGAL_DUTY_OR_DEFENCE), recordId));
    }

    private String nameOf(long recordId) {
        return get(vault.open(vault.reader(Purpose.HOLDER_ASSISTANCE), recordId))
                .person()
                .getString("family_name");
    }

    @Test
    void shouldLeaveANumberAndNothingElse() throws Exception {
        assertThat(reading(erased)).isEqualTo(RefusalCode.PERSON_ERASED);
        assertThat(nameOf(kept)).isEqualTo("Bevilacqua");
        assertThat(
                        texts(
                                vault.officeName,
                                "SELECT concat_ws(' ', record_id, circuit_id, request_id, operator_id) FROM office.vault_tombstone"))
                .isEqualTo(
                        texts(
                                vault.keysName,
                                "SELECT concat_ws(' ', record_id, circuit_id, request_id, operator_id) FROM vault_keys.tombstone"))
                .containsExactly(erased + " 3 7 12");
        assertThat(texts(vault.officeName, "SELECT record_id FROM office.vault_record"))
                .containsExactly("" + kept);
        assertThat(texts(vault.keysName, "SELECT record_id FROM vault_keys.person_key"))
                .containsExactly("" + kept);
    }

    /** The promise in one test: all rows of before, with every key that is left, in every place. */
    @Test
    void shouldOpenNothingOfTheErasedInAnOlderBackupWithWhateverKeyIsLeft() throws Exception {
        MasterKeys masters = new MasterKeys(vault.secrets.ring(Secrets.Purpose.PEOPLE_MASTER), vault.secrets.random());
        int openedOfOthers = 0;
        try (Connection office =
                        postgres.getDatabase("postgres", vault.officeName).getConnection();
                Connection keys =
                        postgres.getDatabase("postgres", vault.keysName).getConnection();
                ResultSet rows = office.createStatement()
                        .executeQuery("SELECT record_id, version, sealed FROM old.vault_record")) {
            while (rows.next()) {
                try (ResultSet key = keys.createStatement()
                        .executeQuery("SELECT record_id, master_key_id, wrapped FROM vault_keys.person_key")) {
                    while (key.next()) {
                        byte[] plain = masters.unwrap(
                                key.getString(2), key.getBytes(3), PersonKey.owner(CIRCUIT, key.getLong(1)));
                        for (long owner : new long[] {erased, kept}) {
                            PersonKey person = new PersonKey(CIRCUIT, owner, plain, vault.secrets.random());
                            for (PersonKey.Kind kind : PersonKey.Kind.values()) {
                                try {
                                    person.open(kind, rows.getInt(2), rows.getBytes(3));
                                    assertThat(rows.getLong(1)).isEqualTo(kept);
                                    openedOfOthers++;
                                } catch (Refusal refused) {
                                    assertThat(refused.code()).isEqualTo(RefusalCode.PEOPLE_KEYS_UNREADABLE);
                                }
                            }
                        }
                    }
                }
            }
        }
        assertThat(openedOfOthers)
                .as("the other person's row opens, so this test would see one that does")
                .isOne();
    }

    @Test
    void shouldEraseAgainWhenAnOlderOfficeIsRestored() throws Exception {
        restore(vault.officeName, "office", "vault_record", "vault_tombstone");
        assertThat(reading(erased)).as("before the restart").isEqualTo(RefusalCode.PERSON_ERASED);

        vault.start();

        assertThat(reading(erased)).isEqualTo(RefusalCode.PERSON_ERASED);
        assertThat(texts(vault.officeName, "SELECT record_id FROM office.vault_record"))
                .containsExactly("" + kept);
        assertThat(nameOf(kept)).isEqualTo("Bevilacqua");
    }

    @Test
    void shouldDestroyTheKeyAgainWhenOlderKeysAreRestored() throws Exception {
        restore(vault.keysName, "vault_keys", "person_key", "tombstone");
        assertThat(texts(vault.keysName, "SELECT record_id FROM vault_keys.person_key"))
                .contains("" + erased);
        assertThat(reading(erased)).as("before the restart").isEqualTo(RefusalCode.PERSON_ERASED);

        vault.start();

        assertThat(texts(vault.keysName, "SELECT record_id FROM vault_keys.person_key"))
                .containsExactly("" + kept);
        assertThat(nameOf(kept)).isEqualTo("Bevilacqua");
    }

    @Test
    void shouldEraseAgainWhenBothAreRestoredFromBefore() throws Exception {
        restore(vault.officeName, "office", "vault_record", "vault_tombstone");
        restore(vault.keysName, "vault_keys", "person_key", "tombstone");

        vault.start();

        assertThat(reading(erased)).isEqualTo(RefusalCode.PERSON_ERASED);
        assertThat(texts(vault.keysName, "SELECT record_id FROM vault_keys.person_key"))
                .containsExactly("" + kept);
        assertThat(texts(vault.officeName, "SELECT record_id FROM office.vault_record"))
                .containsExactly("" + kept);
        assertThat(nameOf(kept)).isEqualTo("Bevilacqua");
    }

    @Test
    void shouldGoOnBehindATornLineOfTheBookAndRefuseADamagedOne() throws Exception {
        Path file = folder.resolve("erasures.txt");
        String whole = Files.readString(file);
        Files.writeString(file, whole + "471");
        ErasureBook book = new ErasureBook(file);
        assertThat(book.read()).extracting(Tombstone::recordId).containsExactly(erased);

        book.add(List.of(new Tombstone(5, CIRCUIT, 6, 7, 8)));

        assertThat(Files.readString(file)).isEqualTo(whole + "5 3 6 7 8\n");
        Files.writeString(file, "gone\n" + whole);
        assertThatThrownBy(book::read).hasMessageContaining("restore it from the backup");
    }

    /** Reports on files are about many; whom they name nobody knows any more. */
    @Test
    void shouldDestroyTheKeysOfDocumentsFromBeforeTheErasureInTheCircuit() throws Exception {
        long before = get(vault.keys.createForDocument(CIRCUIT)).recordId();
        long elsewhere =
                get(vault.keys.createForDocument(VaultFixture.OTHER_CIRCUIT)).recordId();
        vault.asOwner(vault.keysName, "CREATE TABLE old.documents AS SELECT * FROM vault_keys.person_key");
        vault.clock.advance(Duration.ofMillis(1));

        vault.erase(kept);

        vault.clock.advance(Duration.ofMillis(1));
        long after = get(vault.keys.createForDocument(CIRCUIT)).recordId();
        assertThat(texts(vault.keysName, "SELECT record_id FROM vault_keys.person_key"))
                .containsExactlyInAnyOrder("" + elsewhere, "" + after);
        vault.asOwner(
                vault.keysName, "INSERT INTO vault_keys.person_key SELECT * FROM old.documents ON CONFLICT DO NOTHING");
        assertThat(texts(vault.keysName, "SELECT record_id FROM vault_keys.person_key"))
                .contains("" + before);

        vault.start();

        assertThat(texts(vault.keysName, "SELECT record_id FROM vault_keys.person_key"))
                .containsExactlyInAnyOrder("" + elsewhere, "" + after);
    }

    @Test
    void shouldTakeNoKeyOfAnErasedPersonBack() throws Exception {
        vault.asOwner(
                vault.keysName,
                "INSERT INTO vault_keys.person_key SELECT * FROM old.person_key ON CONFLICT DO NOTHING");

        assertThat(texts(vault.keysName, "SELECT record_id FROM vault_keys.person_key"))
                .containsExactly("" + kept);
    }

    /** Whoever has the keys of before as well needs the master key of before; once that is replaced and gone, both backups together are noise. */
    @Test
    void shouldMakeOldBackupsOfBothWorthlessWithTheNextMasterKey() throws Exception {
        String before = texts(vault.keysName, "SELECT DISTINCT master_key_id FROM old.person_key")
                .getFirst();
        KeyRotation rotation = new KeyRotation(folder.resolve("keys"));
        rotation.rotate(KeyRotation.Rotatable.PEOPLE_MASTER, 0);
        vault.start();
        rotation.retirePeopleMaster(1);
        vault.start();

        assertThat(texts(vault.keysName, "SELECT master_key_id FROM vault_keys.person_key"))
                .isNotEmpty()
                .doesNotContain(before);
        assertThat(nameOf(kept)).isEqualTo("Bevilacqua");
        MasterKeys now = new MasterKeys(vault.secrets.ring(Secrets.Purpose.PEOPLE_MASTER), vault.secrets.random());
        assertThat(now.ids()).doesNotContain(before);
    }

    @Test
    void shouldFinishAnErasureThatWasInterruptedBetweenTheDatabases() throws Exception {
        get(vault.keys.bury(CIRCUIT, List.of(new Tombstone(kept, CIRCUIT, 8, 12, 1))));
        assertThat(reading(kept)).isEqualTo(RefusalCode.PERSON_ERASED);

        vault.start();

        assertThat(texts(vault.officeName, "SELECT record_id FROM office.vault_record"))
                .isEmpty();
        assertThat(texts(vault.officeName, "SELECT record_id FROM office.vault_tombstone"))
                .contains("" + kept);
    }

    @Test
    void shouldTellNobodyOfAnotherCircuitThatSomebodyWasErased() {
        Reader elsewhere = vault.reader(VaultFixture.OTHER_CIRCUIT, VaultFixture.OTHER, Purpose.HOLDER_ASSISTANCE);

        Throwable failure = failure(vault.open(elsewhere, erased));

        assertThat(failure).isInstanceOf(ProblemException.class);
        assertThat(((ProblemException) failure).code()).isEqualTo("not_found");
    }
}

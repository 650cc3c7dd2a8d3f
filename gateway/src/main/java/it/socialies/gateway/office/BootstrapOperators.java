// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.office;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import it.kamaladafrica.codicefiscale.City;
import it.kamaladafrica.codicefiscale.CodiceFiscale;
import it.kamaladafrica.codicefiscale.Person;
import it.socialies.gateway.api.Ids;
import it.socialies.gateway.security.KeyedHash;
import it.socialies.gateway.security.OneTimeCode;
import it.socialies.gateway.security.Passwords;
import it.socialies.gateway.security.SecretFiles;
import it.socialies.gateway.security.Secrets;
import it.socialies.gateway.security.SecretsUnusableException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * The two operators who bootstrap an installation: numbers 1 and 2, two natural persons with the numbers 1 and 2. Their logins lie in
 * {@code DIR/secrets/bootstrap-operators.json} (0600) for the command line: a JSON array of {@code operator, person, username, password,
 * tax_code_hmac}. Made at the first start, when Postgres may not be there yet; {@link #seed} copies them, hashed, into the office database
 * whenever it first appears and never overwrites what is there. In live use the owner takes the file away after writing the passwords down.
 */
public final class BootstrapOperators {
    /** How many there are; they are numbered from 1, as operators and as persons. */
    public static final int COUNT = 2;

    private static final HexFormat HEX = HexFormat.of();

    private final List<Entry> entries;
    private final Passwords passwords;

    private BootstrapOperators(List<Entry> entries, Passwords passwords) {
        this.entries = entries;
        this.passwords = passwords;
    }

    /**
     * Makes the two operators, unless the file is there already from a first start that did not finish. Call it before {@code
     * StartInstallation}. Blocks.
     *
     * @param taxCodes of the two persons, see {@link #sandboxTaxCodes} and {@link #liveTaxCodes}
     */
    public static BootstrapOperators create(Path file, Secrets secrets, List<TaxCode> taxCodes) {
        if (!Files.exists(file)) {
            requireTwo(taxCodes);
            KeyedHash personKey = secrets.hash(Secrets.Purpose.PERSON);
            JsonArray json = new JsonArray();
            for (int number = 1; number <= COUNT; number++) {
                json.add(new JsonObject()
                        .put("operator", Ids.OPERATOR.format(number))
                        .put("person", number)
                        .put("username", "bootstrap-" + number)
                        .put("password", newPassword(secrets.random()))
                        .put(
                                "tax_code_hmac",
                                HEX.formatHex(taxCodes.get(number - 1).hmac(personKey))));
            }
            SecretFiles.write(file, Buffer.buffer(json.encodePrettily()).getBytes());
        }
        return load(file, secrets);
    }

    /** The two operators of an installation that has started; none when the owner has taken the file away. Blocks. */
    public static BootstrapOperators load(Path file, Secrets secrets) {
        Passwords passwords = new Passwords(secrets.random());
        if (!Files.exists(file)) {
            return new BootstrapOperators(List.of(), passwords);
        }
        List<Entry> entries = new ArrayList<>();
        try {
            JsonArray json = new JsonArray(Buffer.buffer(SecretFiles.read(file)));
            for (int i = 0; i < json.size(); i++) {
                JsonObject entry = json.getJsonObject(i);
                entries.add(new Entry(
                        Ids.OPERATOR.read(entry.getString("operator")),
                        entry.getLong("person"),
                        entry.getString("username"),
                        entry.getString("password"),
                        HEX.parseHex(entry.getString("tax_code_hmac"))));
            }
        } catch (DecodeException | IllegalArgumentException | ClassCastException | NullPointerException e) {
            // The cause may quote a password.
            throw new SecretsUnusableException(file + " is damaged: restore it from the backup, or take it away");
        }
        return new BootstrapOperators(List.copyOf(entries), passwords);
    }

    /** Valid tax codes of two invented persons, for a sandbox. */
    public static List<TaxCode> sandboxTaxCodes() {
        return List.of(sandboxTaxCode("Uno"), sandboxTaxCode("Due"));
    }

    /**
     * The tax codes of the two real persons who start a live installation.
     *
     * @throws it.socialies.gateway.security.Refusal {@code TAX_CODE_INVALID}
     * @throws SecretsUnusableException when they are one person
     */
    public static List<TaxCode> liveTaxCodes(String first, String second) {
        List<TaxCode> taxCodes = List.of(TaxCode.parse(first), TaxCode.parse(second));
        requireTwo(taxCodes);
        return taxCodes;
    }

    private static void requireTwo(List<TaxCode> taxCodes) {
        if (taxCodes.size() != COUNT || taxCodes.get(0).equals(taxCodes.get(1))) {
            throw new SecretsUnusableException(
                    "two different persons bootstrap an installation: give two different tax codes");
        }
    }

    private static TaxCode sandboxTaxCode(String lastname) {
        return TaxCode.parse(CodiceFiscale.of(Person.builder()
                        .firstname("Prova")
                        .lastname(lastname)
                        .birthDate(LocalDate.of(1980, 1, 1))
                        .city(City.builder()
                                .name("BALESTRATE")
                                .prov("PA")
                                .belfiore("A592")
                                .build())
                        .isFemale(true)
                        .build())
                .getValue());
    }

    /** 160 random bits. */
    private static String newPassword(SecureRandom random) {
        return OneTimeCode.create(random) + '-' + OneTimeCode.create(random);
    }

    /** Puts persons and logins into the office database where they are missing. Blocks: a password hash for each missing login. */
    void seed(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        for (Entry entry : entries) {
            seedPerson(connection, entry);
            if (isMissing(connection, entry)) {
                seedLogin(connection, entry);
            }
        }
        connection.commit();
    }

    private static void seedPerson(Connection connection, Entry entry) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO person (person_id, tax_code_hmac, created_ms) VALUES (?, ?, 0) ON CONFLICT DO NOTHING")) {
            insert.setLong(1, entry.personId());
            insert.setBytes(2, entry.taxCodeHmac());
            insert.executeUpdate();
        }
    }

    private static boolean isMissing(Connection connection, Entry entry) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT 1 FROM operator_login WHERE operator_id = ?")) {
            select.setLong(1, entry.operatorId());
            try (ResultSet rows = select.executeQuery()) {
                return !rows.next();
            }
        }
    }

    private void seedLogin(Connection connection, Entry entry) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("""
                INSERT INTO operator_login (operator_id, person_id, circuit_id, username, state, password_hash, created_ms, activated_ms)
                VALUES (?, ?, 0, ?, 'ACTIVE', ?, 0, 0) ON CONFLICT DO NOTHING""")) {
            insert.setLong(1, entry.operatorId());
            insert.setLong(2, entry.personId());
            insert.setString(3, entry.username());
            insert.setString(4, passwords.hash(entry.password()));
            insert.executeUpdate();
        }
    }

    @Override
    public String toString() {
        return "BootstrapOperators[" + entries.size() + ", redacted]";
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Entry(long operatorId, long personId, String username, String password, byte[] taxCodeHmac) {
        @Override
        public String toString() {
            return "Entry[redacted]";
        }
    }
}

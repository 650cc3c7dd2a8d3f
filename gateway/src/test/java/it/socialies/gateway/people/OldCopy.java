// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.people;

import it.socialies.gateway.security.MasterKeys;
import it.socialies.gateway.security.Refusal;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** All rows of the office as they were once, beside those of today, and whoever has the server, every key that is left, and time. */
public final class OldCopy {
    private static final String SCHEMA = "old";

    /** Places of a row that do not stand in it: those of the forms of a report, and versions of words. */
    private static final int SMALL_PLACES = 8;

    private final Connection office;

    private OldCopy(Connection office) {
        this.office = office;
    }

    /** Copies all tables of the schema {@code office}, by an owner of the server. */
    public static OldCopy of(Connection office) throws SQLException {
        OldCopy copy = new OldCopy(office);
        try (Statement statement = office.createStatement()) {
            statement.execute("CREATE SCHEMA " + SCHEMA);
            for (String table : copy.tables("office")) {
                statement.execute("CREATE TABLE " + SCHEMA + "." + table + " AS SELECT * FROM office." + table);
            }
        }
        return copy;
    }

    private List<String> tables(String schema) throws SQLException {
        try (Statement statement = office.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT tablename FROM pg_tables WHERE schemaname = '" + schema + "' ORDER BY tablename")) {
            List<String> found = new ArrayList<>();
            while (rows.next()) {
                found.add(rows.getString(1));
            }
            return found;
        }
    }

    /**
     * Where in the copy a word can be read: {@code table.column}, or {@code table.column as KIND} where a key opens it.
     *
     * @param keys the database of the keys, as it is now
     * @param word as it is written, in any case of letters
     */
    public Set<String> placesWith(String word, Connection keys, MasterKeys masters) throws SQLException {
        List<PersonKey> left = keysLeft(keys, masters);
        Set<String> found = new TreeSet<>();
        for (String table : tables(SCHEMA)) {
            try (Statement statement = office.createStatement();
                    ResultSet rows = statement.executeQuery("SELECT * FROM " + SCHEMA + "." + table)) {
                while (rows.next()) {
                    search(table, rows, left, word, found);
                }
            }
        }
        return found;
    }

    private static void search(String table, ResultSet row, List<PersonKey> keys, String word, Set<String> found)
            throws SQLException {
        ResultSetMetaData columns = row.getMetaData();
        Set<Long> places = places(row);
        for (int i = 1; i <= columns.getColumnCount(); i++) {
            byte[] bytes = row.getBytes(i);
            if (bytes == null) {
                continue;
            }
            String column = table + '.' + columns.getColumnName(i);
            if (contains(bytes, word)) {
                found.add(column);
            }
            if (columns.getColumnType(i) == Types.BINARY) {
                for (PersonKey.Kind kind : kindsThatSay(word, bytes, keys, places)) {
                    found.add(column + " as " + kind);
                }
            }
        }
    }

    private static Set<PersonKey.Kind> kindsThatSay(
            String word, byte[] sealed, List<PersonKey> keys, Set<Long> places) {
        Set<PersonKey.Kind> found = new LinkedHashSet<>();
        for (PersonKey key : keys) {
            for (PersonKey.Kind kind : PersonKey.Kind.values()) {
                for (long place : places) {
                    if (says(word, key, kind, place, sealed)) {
                        found.add(kind);
                    }
                }
            }
        }
        return found;
    }

    private static boolean says(String word, PersonKey key, PersonKey.Kind kind, long place, byte[] sealed) {
        try {
            return contains(key.open(kind, place, sealed), word);
        } catch (Refusal unreadable) {
            return false;
        }
    }

    /** Every number of the row, and what is made of them, could be what something is bound to. */
    private static Set<Long> places(ResultSet row) throws SQLException {
        Map<String, Long> numbers = new HashMap<>();
        ResultSetMetaData columns = row.getMetaData();
        for (int i = 1; i <= columns.getColumnCount(); i++) {
            switch (columns.getColumnType(i)) {
                case Types.BIGINT, Types.INTEGER, Types.SMALLINT ->
                    numbers.put(columns.getColumnName(i), row.getLong(i));
                default -> {
                    // No number.
                }
            }
        }
        Set<Long> places = new LinkedHashSet<>(numbers.values());
        for (long small = 0; small < SMALL_PLACES; small++) {
            places.add(small);
            Long request = numbers.get("request_id");
            if (request != null) {
                places.add(request << Short.SIZE | small);
            }
        }
        if (numbers.containsKey("row_number")) {
            places.add(PersonSeal.place(
                    numbers.get("batch_id"),
                    numbers.get("revision").intValue(),
                    numbers.get("row_number").intValue()));
        }
        return places;
    }

    private static boolean contains(byte[] bytes, String word) {
        return new String(bytes, StandardCharsets.UTF_8)
                .toLowerCase(Locale.ROOT)
                .contains(word.toLowerCase(Locale.ROOT));
    }

    private static List<PersonKey> keysLeft(Connection keys, MasterKeys masters) throws SQLException {
        try (Statement statement = keys.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT record_id, circuit_id, master_key_id, wrapped FROM vault_keys.person_key")) {
            SecureRandom random = new SecureRandom();
            List<PersonKey> found = new ArrayList<>();
            while (rows.next()) {
                long recordId = rows.getLong(1);
                int circuitId = rows.getInt(2);
                byte[] plain =
                        masters.unwrap(rows.getString(3), rows.getBytes(4), PersonKey.owner(circuitId, recordId));
                found.add(new PersonKey(circuitId, recordId, plain, random));
            }
            return found;
        }
    }
}

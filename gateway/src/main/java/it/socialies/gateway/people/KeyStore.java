// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.people;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import it.socialies.gateway.security.InstallationClock;
import it.socialies.gateway.security.MasterKeys;
import it.socialies.gateway.security.Refusal;
import it.socialies.gateway.security.RefusalCode;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The wrapped keys of persons, and the tombstones of those who have none any more. May be called from any thread. */
final class KeyStore {
    /** 50 bits: ten digits of base 36, which can be told on the telephone, and no neighbours to try. */
    private static final int NUMBER_BITS = 50;

    private static final int REWRAP_ROWS_MAX = 500;

    private final KeyDatabase database;
    private final MasterKeys masters;
    private final InstallationClock clock;
    private final SecureRandom random;

    KeyStore(KeyDatabase database, MasterKeys masters, InstallationClock clock, SecureRandom random) {
        this.database = database;
        this.masters = masters;
        this.clock = clock;
        this.random = random;
    }

    /** A new person's number with its key. */
    record Fresh(long recordId, PersonKey key) {}

    /**
     * Numbers a person and keeps a fresh key under the number. When nothing comes of the record, the key stays and opens nothing. The key is durable before anything is
     * sealed under it.
     */
    Future<Fresh> create(int circuitId) {
        return create(circuitId, 1).map(List::getFirst);
    }

    /** The same for many at once. When nothing comes of one, its key stays and opens nothing. */
    Future<List<Fresh>> create(int circuitId, int count) {
        return create(circuitId, count, false);
    }

    /** A number with a key for a document about many persons: it does not outlive the next erasure in the circuit. */
    Future<Fresh> createForDocument(int circuitId) {
        return create(circuitId, 1, true).map(List::getFirst);
    }

    private Future<List<Fresh>> create(int circuitId, int count, boolean ofDocument) {
        List<Fresh> fresh = new ArrayList<>(count);
        Long[] numbers = new Long[count];
        Buffer[] wrapped = new Buffer[count];
        for (int i = 0; i < count; i++) {
            long recordId = number();
            byte[] key = new byte[PersonKey.LENGTH_BYTES];
            random.nextBytes(key);
            numbers[i] = recordId;
            wrapped[i] = Buffer.buffer(masters.wrap(key, PersonKey.owner(circuitId, recordId)));
            fresh.add(new Fresh(recordId, new PersonKey(circuitId, recordId, key, random)));
        }
        if (count == 0) {
            return Future.succeededFuture(fresh);
        }
        return database.inCircuit(
                        circuitId,
                        connection -> connection
                                .preparedQuery(
                                        "INSERT INTO person_key (record_id, circuit_id, master_key_id, wrapped, created_ms, of_document)"
                                                + " SELECT record_id, $1, $2, wrapped, $3, $6 FROM unnest($4::bigint[], $5::bytea[])"
                                                + " AS fresh (record_id, wrapped) ON CONFLICT DO NOTHING")
                                .execute(Tuple.of(
                                        circuitId, masters.currentId(), clock.nowMs(), numbers, wrapped, ofDocument))
                                .map(RowSet::rowCount))
                .compose(kept -> kept == count ? Future.succeededFuture(fresh) : create(circuitId, count, ofDocument));
    }

    /** The keys of many persons; who was erased, or has none, is left out. */
    Future<Map<Long, PersonKey>> find(int circuitId, Collection<Long> recordIds) {
        return database.inCircuit(
                        circuitId,
                        connection -> connection
                                .preparedQuery("SELECT k.record_id, k.master_key_id, k.wrapped FROM person_key k"
                                        + " WHERE k.record_id = ANY ($1) AND NOT EXISTS"
                                        + " (SELECT 1 FROM tombstone t WHERE t.record_id = k.record_id)")
                                .execute(Tuple.of(recordIds.toArray(Long[]::new))))
                .map(rows -> {
                    Map<Long, PersonKey> keys = new HashMap<>();
                    for (Row row : rows) {
                        long recordId = row.getLong(0);
                        byte[] key = masters.unwrap(
                                row.getString(1), row.getBuffer(2).getBytes(), PersonKey.owner(circuitId, recordId));
                        keys.put(recordId, new PersonKey(circuitId, recordId, key, random));
                    }
                    return keys;
                });
    }

    /** Destroys a key that is no person's; harmless when that was done before. */
    Future<Void> destroy(int circuitId, long number) {
        return database.inCircuit(
                circuitId,
                connection -> connection
                        .preparedQuery("DELETE FROM person_key WHERE record_id = $1")
                        .execute(Tuple.of(number))
                        .mapEmpty());
    }

    /** A number that nobody has guessed: of a record or of a household. */
    long number() {
        long drawn;
        do {
            drawn = random.nextLong() >>> (Long.SIZE - NUMBER_BITS);
        } while (drawn == 0);
        return drawn;
    }

    /** The key of a person; fails with {@code PERSON_ERASED}, or {@code PEOPLE_KEYS_UNREADABLE} when it is missing. */
    Future<PersonKey> find(int circuitId, long recordId) {
        return database.inCircuit(
                        circuitId,
                        connection -> connection
                                .preparedQuery(
                                        "SELECT k.master_key_id, k.wrapped, t.record_id IS NOT NULL AS erased"
                                                + " FROM (SELECT $1::bigint AS record_id) asked"
                                                + " LEFT JOIN person_key k USING (record_id) LEFT JOIN tombstone t USING (record_id)")
                                .execute(Tuple.of(recordId)))
                .map(rows -> unwrapped(circuitId, recordId, rows.iterator().next()));
    }

    private PersonKey unwrapped(int circuitId, long recordId, Row row) {
        if (row.getBoolean("erased")) {
            throw new Refusal(RefusalCode.PERSON_ERASED);
        }
        String masterKeyId = row.getString("master_key_id");
        if (masterKeyId == null) {
            throw new Refusal(RefusalCode.PEOPLE_KEYS_UNREADABLE);
        }
        byte[] key =
                masters.unwrap(masterKeyId, row.getBuffer("wrapped").getBytes(), PersonKey.owner(circuitId, recordId));
        return new PersonKey(circuitId, recordId, key, random);
    }

    /**
     * Destroys the keys of persons and keeps their tombstones; harmless when that was done before. With them go the keys of all documents of the circuit from before, since
     * nobody knows whom they name.
     */
    Future<Void> bury(int circuitId, List<Tombstone> tombstones) {
        List<Tuple> rows = tombstones.stream().map(Tombstone::tuple).toList();
        List<Tuple> numbers =
                tombstones.stream().map(each -> Tuple.of(each.recordId())).toList();
        return database.inCircuit(
                circuitId,
                connection -> connection
                        .preparedQuery("INSERT INTO tombstone (" + Tombstone.COLUMNS
                                + ") VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING")
                        .executeBatch(rows)
                        .compose(kept -> connection
                                .preparedQuery("DELETE FROM person_key WHERE record_id = $1")
                                .executeBatch(numbers))
                        .compose(buried -> connection
                                .preparedQuery("DELETE FROM person_key WHERE of_document AND created_ms <="
                                        + " (SELECT max(erased_ms) FROM tombstone WHERE circuit_id = $1)")
                                .execute(Tuple.of(circuitId)))
                        .mapEmpty());
    }

    Future<List<Tombstone>> tombstones() {
        return database.withConnection(connection -> connection
                        .query("SELECT " + Tombstone.COLUMNS + " FROM tombstone")
                        .execute())
                .map(rows -> {
                    List<Tombstone> found = new ArrayList<>();
                    rows.forEach(row -> found.add(Tombstone.of(row)));
                    return found;
                });
    }

    /** Ids of master keys that keys of a circuit need and that are not here. */
    Future<Set<String>> unknownMasters(int circuitId) {
        return database.inCircuit(
                        circuitId,
                        connection -> connection
                                .query("SELECT DISTINCT master_key_id FROM person_key")
                                .execute())
                .map(rows -> {
                    Set<String> missing = new HashSet<>();
                    rows.forEach(row -> missing.add(row.getString(0)));
                    missing.removeAll(masters.ids());
                    return missing;
                });
    }

    /**
     * Wraps the keys of a circuit that are under an earlier master key under the current one, in small steps. No record is touched.
     *
     * @return how many
     */
    Future<Integer> rewrap(int circuitId) {
        return rewrapFrom(circuitId, 0, 0);
    }

    private Future<Integer> rewrapFrom(int circuitId, long above, int before) {
        return database.inCircuit(circuitId, connection -> rewrapSome(connection, circuitId, above))
                .compose(last -> last.count() == 0
                        ? Future.succeededFuture(before)
                        : rewrapFrom(circuitId, last.recordId(), before + last.count()));
    }

    private record Step(int count, long recordId) {}

    private Future<Step> rewrapSome(SqlConnection connection, int circuitId, long above) {
        return connection
                .preparedQuery("SELECT record_id, master_key_id, wrapped FROM person_key WHERE record_id > $1"
                        + " AND master_key_id <> $2 ORDER BY record_id LIMIT " + REWRAP_ROWS_MAX + " FOR UPDATE")
                .execute(Tuple.of(above, masters.currentId()))
                .compose(rows -> {
                    List<Tuple> rewrapped = new ArrayList<>();
                    long last = above;
                    for (Row row : rows) {
                        last = row.getLong(0);
                        byte[] owner = PersonKey.owner(circuitId, last);
                        byte[] key = masters.unwrap(
                                row.getString(1), row.getBuffer(2).getBytes(), owner);
                        rewrapped.add(Tuple.of(last, masters.currentId(), Buffer.buffer(masters.wrap(key, owner))));
                    }
                    Step step = new Step(rewrapped.size(), last);
                    return rewrapped.isEmpty()
                            ? Future.succeededFuture(step)
                            : connection
                                    .preparedQuery(
                                            "UPDATE person_key SET master_key_id = $2, wrapped = $3 WHERE record_id = $1")
                                    .executeBatch(rewrapped)
                                    .map(step);
                });
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.people;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import it.socialies.gateway.office.OfficeDatabase;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/**
 * Brings the tombstones of the two databases and of the book together and lets them win over whatever a backup brought back: keys are destroyed again, rows deleted again. Runs before anything is
 * read. May be called from any thread.
 */
final class Tombstones {
    private static final Logger LOG = LogManager.getLogger(Tombstones.class);

    private final Vertx vertx;
    private final OfficeDatabase office;
    private final KeyStore keys;
    private final ErasureBook book;

    Tombstones(Vertx vertx, OfficeDatabase office, KeyStore keys, ErasureBook book) {
        this.vertx = vertx;
        this.office = office;
        this.keys = keys;
        this.book = book;
    }

    /** Every person with a tombstone anywhere has one everywhere, no key and no row. */
    Future<Void> bringTogether() {
        return keys.tombstones()
                .compose(ofKeys -> ofOffice()
                        .compose(ofOffice -> vertx.executeBlocking(book::read, false)
                                .compose(ofBook -> obey(List.of(ofKeys, ofOffice, ofBook)))));
    }

    private Future<Void> obey(List<List<Tombstone>> places) {
        Map<Long, Tombstone> all = new LinkedHashMap<>();
        places.forEach(place -> place.forEach(each -> all.putIfAbsent(each.recordId(), each)));
        if (places.stream().anyMatch(place -> place.size() < all.size())) {
            LOG.warn(
                    "erasures known to the keys: {}, to the office: {}, to the book: {}, together: {}; after a restore, or an interruption, all are carried out again",
                    places.get(0).size(),
                    places.get(1).size(),
                    places.get(2).size(),
                    all.size());
        }
        Map<Integer, List<Tombstone>> byCircuit = new LinkedHashMap<>();
        all.values()
                .forEach(each -> byCircuit
                        .computeIfAbsent(each.circuitId(), circuit -> new ArrayList<>())
                        .add(each));
        Map<Long, Tombstone> notInBook = new LinkedHashMap<>(all);
        places.get(2).forEach(each -> notInBook.remove(each.recordId()));
        Future<Void> done = note(vertx, book, List.copyOf(notInBook.values()));
        for (Map.Entry<Integer, List<Tombstone>> each : byCircuit.entrySet()) {
            done = done.compose(before -> keys.bury(each.getKey(), each.getValue()))
                    .compose(buried -> bury(each.getKey(), each.getValue()));
        }
        return done;
    }

    /** Writes them into the book, which comes first: from then on they are obeyed. */
    static Future<Void> note(Vertx vertx, ErasureBook book, List<Tombstone> tombstones) {
        return vertx.executeBlocking(
                        () -> {
                            book.add(tombstones);
                            return true;
                        },
                        false)
                .mapEmpty();
    }

    private Future<List<Tombstone>> ofOffice() {
        return office.withConnection(connection -> connection
                        .query("SELECT " + Tombstone.COLUMNS + " FROM vault_tombstone")
                        .execute())
                .map(rows -> {
                    List<Tombstone> found = new ArrayList<>();
                    rows.forEach(row -> found.add(Tombstone.of(row)));
                    return found;
                });
    }

    private Future<Void> bury(int circuitId, List<Tombstone> tombstones) {
        return office.inTransaction(
                connection -> Circuit.on(connection, circuitId).compose(shown -> buryRows(connection, tombstones)));
    }

    /** Deletes what is sealed of persons and keeps their tombstones; harmless when that was done before. */
    static Future<Void> buryRows(SqlConnection connection, List<Tombstone> tombstones) {
        List<Tuple> numbers =
                tombstones.stream().map(each -> Tuple.of(each.recordId())).toList();
        return connection
                .preparedQuery("INSERT INTO vault_tombstone (" + Tombstone.COLUMNS
                        + ") VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING")
                .executeBatch(tombstones.stream().map(Tombstone::tuple).toList())
                .compose(kept -> connection
                        .preparedQuery("UPDATE vault_request SET sealed = NULL WHERE record_id = $1")
                        .executeBatch(numbers))
                .compose(cleared -> connection
                        .preparedQuery("DELETE FROM vault_record WHERE record_id = $1")
                        .executeBatch(numbers))
                .mapEmpty();
    }
}

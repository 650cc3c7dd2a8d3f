// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.people;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import it.socialies.gateway.office.OfficeDatabase;
import it.socialies.gateway.security.InstallationClock;
import java.util.ArrayList;
import java.util.List;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/**
 * Carries granted erasures out: noted outside the databases, the key goes first, so that whatever happens then nobody reads the person again, and the rows follow. Interrupted anywhere, it is done again: what
 * was decided is in the record, what was done in the tombstones. May be called from any thread.
 */
final class Erasures {
    private static final Logger LOG = LogManager.getLogger(Erasures.class);

    private final Vertx vertx;
    private final OfficeDatabase office;
    private final KeyStore keys;
    private final ErasureBook book;
    private final InstallationClock clock;

    Erasures(Vertx vertx, OfficeDatabase office, KeyStore keys, ErasureBook book, InstallationClock clock) {
        this.vertx = vertx;
        this.office = office;
        this.keys = keys;
        this.book = book;
        this.clock = clock;
    }

    /**
     * Erases everybody in a circuit whose day has come.
     *
     * @return how many
     */
    Future<Integer> carryOut(int circuitId) {
        return due(circuitId).compose(all -> {
            if (all.isEmpty()) {
                return Future.succeededFuture(0);
            }
            return Tombstones.note(vertx, book, all)
                    .compose(noted -> keys.bury(circuitId, all))
                    .compose(buried -> office.inTransaction(connection ->
                            Circuit.on(connection, circuitId).compose(shown -> Tombstones.buryRows(connection, all))))
                    .onSuccess(done -> LOG.info("erased persons: {}", all.size()))
                    .map(all.size());
        });
    }

    private Future<List<Tombstone>> due(int circuitId) {
        long nowMs = clock.nowMs();
        return office.inTransaction(connection -> Circuit.on(connection, circuitId)
                .compose(shown -> connection
                        .preparedQuery("SELECT record_id, circuit_id, erase_request_id, erase_operator_id"
                                + " FROM vault_record WHERE erase_on <= $1")
                        .execute(Tuple.of(ItalianDay.of(nowMs))))
                .map(rows -> {
                    List<Tombstone> found = new ArrayList<>();
                    for (Row row : rows) {
                        found.add(new Tombstone(
                                row.getLong(0), row.getInteger(1), row.getLong(2), row.getLong(3), nowMs));
                    }
                    return found;
                }));
    }
}

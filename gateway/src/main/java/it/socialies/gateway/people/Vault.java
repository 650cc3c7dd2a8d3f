// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.people;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.SqlConnection;
import it.socialies.gateway.office.OfficeAnswer;
import it.socialies.gateway.office.OfficeDatabase;
import it.socialies.gateway.office.OfficePool;
import it.socialies.gateway.office.OfficeRequests;
import it.socialies.gateway.security.InstallationClock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/**
 * The door of the vault. It opens when both databases are there and every tombstone of either has been obeyed in both, and not before; what is asked earlier, or while one of them is
 * away, fails with {@code OFFICE_UNAVAILABLE}. Then it looks every hour what is to be erased today, and what is past its term. May be called from any thread.
 */
final class Vault {
    private static final Logger LOG = LogManager.getLogger(Vault.class);
    private static final long RETRY_MS = 2_000;
    private static final long ROUND_MS = 3_600_000;

    private final Vertx vertx;
    private final OfficeDatabase office;
    private final OfficeRequests requests;
    private final KeyDatabase keyDatabase;
    private final KeyStore keys;
    private final Tombstones tombstones;
    private final Erasures erasures;
    private final InstallationClock clock;
    private volatile boolean open;
    private volatile int overdue;

    Vault(
            Vertx vertx,
            OfficeDatabase office,
            OfficeRequests requests,
            KeyDatabase keyDatabase,
            KeyStore keys,
            Tombstones tombstones,
            Erasures erasures,
            InstallationClock clock) {
        this.clock = clock;
        this.vertx = vertx;
        this.office = office;
        this.requests = requests;
        this.keyDatabase = keyDatabase;
        this.keys = keys;
        this.erasures = erasures;
        this.tombstones = tombstones;
    }

    /** Opens it once the office database is there; completes then, which may be never. */
    Future<Void> start() {
        return keyDatabase
                .migrate()
                .compose(migrated -> tombstones.bringTogether())
                .compose(together -> rewrap())
                .onSuccess(ready -> {
                    open = true;
                    LOG.info("the people vault is open");
                    vertx.setPeriodic(ROUND_MS, timer -> round());
                })
                .compose(ready -> round())
                .recover(failure -> open ? Future.succeededFuture() : retryAfter(failure));
    }

    private Future<Void> retryAfter(Throwable failure) {
        LOG.warn("the people vault cannot be opened, next attempt in {} ms: {}", RETRY_MS, failure.getMessage());
        return vertx.timer(RETRY_MS).compose(waited -> start());
    }

    /** Erases whose day has come, and forgets old idempotency keys. What fails is tried again the next time. */
    Future<Void> round() {
        return eachCircuit(erasures::carryOut)
                .compose(erased -> requests.forgetOld())
                .<Void>mapEmpty()
                .recover(failure -> {
                    LOG.warn("not all erasures that are due were carried out: {}", failure.getMessage());
                    return Future.succeededFuture();
                })
                .compose(erased -> countOverdue());
    }

    private Future<Void> countOverdue() {
        AtomicInteger found = new AtomicInteger();
        LocalDate today = ItalianDay.of(clock.nowMs());
        return eachCircuit(circuitId -> inCircuit(circuitId, connection -> SubjectRequests.overdue(connection, today))
                        .onSuccess(found::addAndGet))
                .onSuccess(counted -> overdue = found.get())
                .recover(failure -> {
                    LOG.warn("requests past their term were not counted: {}", failure.getMessage());
                    return Future.succeededFuture();
                });
    }

    /** Requests that were past their term when it was last looked, of all circuits. */
    int overdue() {
        return overdue;
    }

    boolean isOpen() {
        return open;
    }

    /** After a new master key took over, the keys of persons come under it. A key that cannot be unwrapped stays as it is and is told. */
    private Future<Void> rewrap() {
        return eachCircuit(circuitId -> keys.unknownMasters(circuitId).compose(missing -> {
            if (!missing.isEmpty()) {
                LOG.error(
                        "keys of persons are under master keys that are not here: {}; restore secrets/keys/people-master.json",
                        missing);
                return Future.succeededFuture(0);
            }
            return keys.rewrap(circuitId).onSuccess(count -> {
                if (count > 0) {
                    LOG.info("{} keys of persons are under the current master key now", count);
                }
            });
        }));
    }

    private Future<Void> eachCircuit(Function<Integer, Future<Integer>> work) {
        return circuits().compose(all -> {
            Future<Integer> done = Future.succeededFuture(0);
            for (int circuitId : all) {
                done = done.compose(before -> work.apply(circuitId));
            }
            return done.mapEmpty();
        });
    }

    private Future<List<Integer>> circuits() {
        return office.withConnection(connection -> connection
                        .query("SELECT circuit_id FROM vault_controller ORDER BY circuit_id")
                        .execute())
                .map(rows -> {
                    List<Integer> found = new ArrayList<>();
                    rows.forEach(row -> found.add(row.getInteger(0)));
                    return found;
                });
    }

    /** Runs statements in one transaction that shows the rows of one circuit. */
    <T> Future<T> inCircuit(int circuitId, Function<SqlConnection, Future<T>> work) {
        return open
                ? office.inTransaction(
                        connection -> Circuit.on(connection, circuitId).compose(work))
                : OfficePool.unavailable();
    }

    /** The same for a request that changes something, once per key. Its answer is kept in the clear: it names nobody. */
    Future<OfficeAnswer> once(
            int circuitId,
            UUID key,
            String principal,
            String operation,
            byte[] request,
            Function<SqlConnection, Future<OfficeAnswer>> work) {
        return open
                ? requests.once(
                        key,
                        principal,
                        operation,
                        request,
                        connection -> Circuit.on(connection, circuitId).compose(work))
                : OfficePool.unavailable();
    }
}

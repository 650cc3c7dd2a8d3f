// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.agreements;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import it.socialies.gateway.projection.Projection;
import it.socialies.gateway.security.InstallationClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongPredicate;
import org.agrona.collections.LongHashSet;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/**
 * Which tills may not be paid at, since their shop has not accepted the text in force and its days of grace are over. Asked on the way of each payment: a set in memory that is replaced as a whole
 * within a minute of any change, and at once after a publication or an acceptance. Until the office database has answered once, nobody is refused: payments do not need it. Threading:
 * {@link #test} from any thread, without a lock.
 */
public final class AgreementGate implements LongPredicate {
    private static final Logger LOG = LogManager.getLogger(AgreementGate.class);
    private static final long EACH_MS = Duration.ofMinutes(1).toMillis();
    private static final String SHOPS =
            "SELECT merchant_id, registered_ms FROM merchant WHERE circuit_id = $1 AND status = 1 ORDER BY merchant_id";
    private static final String TILLS = "SELECT t.terminal_id FROM terminal t JOIN outlet o USING (outlet_id)"
            + " WHERE o.merchant_id = ANY ($1) AND t.status <> 3";

    /** A shop that is to accept. */
    record Arrear(long merchantId, long refusedFromMs) {}

    private final Vertx vertx;
    private final AgreementStore store;
    private final Projection projection;
    private final InstallationClock clock;
    private volatile LongHashSet refused = new LongHashSet();

    AgreementGate(Vertx vertx, AgreementStore store, Projection projection, InstallationClock clock) {
        this.vertx = vertx;
        this.store = store;
        this.projection = projection;
        this.clock = clock;
    }

    /** Looks each minute. */
    void start() {
        refreshOrWarn();
        vertx.setPeriodic(EACH_MS, timer -> refreshOrWarn());
    }

    private void refreshOrWarn() {
        refresh().onFailure(failure -> LOG.warn("agreements were not looked at; who was refused still is", failure));
    }

    /** Whether payments at a till are refused. */
    @Override
    public boolean test(long terminalId) {
        return refused.contains(terminalId);
    }

    /** All tills at which payments are refused. */
    public Long[] tills() {
        LongHashSet now = refused;
        return now.toArray(new Long[now.size()]);
    }

    /** Looks now. */
    Future<Void> refresh() {
        long nowMs = clock.nowMs();
        return store.inForce((Integer) null, nowMs).compose(versions -> {
            LongHashSet next = new LongHashSet();
            Future<Void> done = Future.succeededFuture();
            for (Agreement version : versions) {
                done = done.compose(before -> refusedIn(version, nowMs, next));
            }
            return done.onSuccess(all -> refused = next);
        });
    }

    private Future<Void> refusedIn(Agreement version, long nowMs, LongHashSet into) {
        return arrears(version).compose(arrears -> {
            Long[] shops = arrears.stream()
                    .filter(arrear -> arrear.refusedFromMs() <= nowMs)
                    .map(Arrear::merchantId)
                    .toArray(Long[]::new);
            return shops.length == 0
                    ? Future.succeededFuture()
                    : projection.rows(0, TILLS, Tuple.of((Object) shops)).map(rows -> {
                        for (Row row : rows) {
                            into.add((long) row.getLong(0));
                        }
                        return null;
                    });
        });
    }

    /** Shops that trade and have not accepted a version, by their numbers. */
    Future<List<Arrear>> arrears(Agreement version) {
        return store.accepted(version.circuitId())
                .compose(accepted -> projection
                        .rows(0, SHOPS, Tuple.of(version.circuitId()))
                        .map(rows -> arrears(version, accepted, rows)));
    }

    private static List<Arrear> arrears(Agreement version, Map<Long, Integer> accepted, Iterable<Row> shops) {
        List<Arrear> arrears = new ArrayList<>();
        for (Row shop : shops) {
            long merchantId = shop.getLong(0);
            if (accepted.getOrDefault(merchantId, 0) < version.number()) {
                arrears.add(new Arrear(merchantId, version.refusedFromMs(shop.getLong(1))));
            }
        }
        return arrears;
    }
}

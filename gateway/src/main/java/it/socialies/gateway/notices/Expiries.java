// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.notices;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import it.socialies.gateway.office.OfficeDatabase;
import it.socialies.gateway.projection.Projection;
import it.socialies.gateway.security.InstallationClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Looks for money that comes to its end in so many days, by the clock of the installation: each pocket that has some is told of once for each number of days and end, whenever the node is killed. A pocket that was opened later than that
 * is not told of; its holder was just told of the money. Threading: any event loop, one at a time.
 */
final class Expiries {
    private static final int PAGE = 1_000;
    private static final long DAY_MS = Duration.ofDays(1).toMillis();

    /** For which it waits, so that what was opened just before is projected. */
    private static final long SLACK_MS = Duration.ofMinutes(10).toMillis();

    private static final String ENDING =
            "SELECT programme_id, valid_until_ms FROM programme WHERE valid_until_ms > $1 AND valid_until_ms <= $2 ORDER BY programme_id";
    private static final String POCKETS = """
            SELECT a.account_id, a.circuit_id, a.owner_id AS wallet_id, a.available, a.sequence, w.holder_id
            FROM account a JOIN wallet w ON w.wallet_id = a.owner_id
            WHERE a.programme_id = $1 AND a.kind = 3 AND a.account_id > $2 AND a.available > 0 AND a.opened_ms <= $3
            ORDER BY a.account_id LIMIT $4""";
    private static final String QUEUE = """
            INSERT INTO notice (circuit_id, kind, sequence, index, subject_id, amount, happened_ms, programme_id, days, ends_ms, next_ms, endpoint_id, channel, recipient_id)
            SELECT $1::integer, 'POCKET_EXPIRING', $2::bigint, 0::smallint, $3::bigint, $4::bigint, $5::bigint, $6::bigint, $7::smallint, $8::bigint, 0, endpoint_id, 'WEBHOOK', 0
            FROM webhook_endpoint WHERE circuit_id = $1 AND made_ms <= $5
            UNION ALL SELECT $1, 'POCKET_EXPIRING', $2, 0::smallint, $3, $4, $5, $6, $7, $8, 0, NULL::bigint, $9::text, $10::bigint WHERE $9 IS NOT NULL AND $10 <> 0
            ON CONFLICT DO NOTHING""";

    private record Ending(long programmeId, short days, long endsMs) {}

    private final OfficeDatabase office;
    private final Projection projection;
    private final Channels channels;
    private final InstallationClock clock;
    private final List<Integer> days;
    private final Set<Ending> done = new HashSet<>();

    /** @param days before the end, each once */
    Expiries(
            OfficeDatabase office,
            Projection projection,
            Channels channels,
            InstallationClock clock,
            List<Integer> days) {
        this.office = office;
        this.projection = projection;
        this.channels = channels;
        this.clock = clock;
        this.days = days.stream().sorted(Comparator.naturalOrder()).toList();
    }

    /** Looks through a page of each programme; whether there is more. */
    Future<Boolean> look() {
        long nowMs = clock.nowMs();
        Future<Boolean> more = Future.succeededFuture(false);
        int nearer = 0;
        for (int each : days) {
            long afterMs = nowMs + nearer * DAY_MS;
            more = more.compose(before -> look(each, afterMs, nowMs).map(now -> before || now));
            nearer = each;
        }
        return more;
    }

    private Future<Boolean> look(int each, long afterMs, long nowMs) {
        return projection
                .rows(0, ENDING, Tuple.of(afterMs, nowMs + each * DAY_MS - SLACK_MS))
                .compose(programmes -> {
                    Future<Boolean> more = Future.succeededFuture(false);
                    for (Row programme : programmes) {
                        Ending ending = new Ending(programme.getLong(0), (short) each, programme.getLong(1));
                        if (!done.contains(ending)) {
                            more = more.compose(before -> look(ending, nowMs).map(now -> before || now));
                        }
                    }
                    return more;
                });
    }

    private Future<Boolean> look(Ending ending, long nowMs) {
        Tuple key = Tuple.of(ending.programmeId(), ending.days(), ending.endsMs());
        return office.inTransaction(connection -> connection
                        .preparedQuery("INSERT INTO notice_expiry VALUES ($1, $2, $3, 0, false) ON CONFLICT DO NOTHING")
                        .execute(key)
                        .compose(known -> connection
                                .preparedQuery(
                                        "SELECT account_id, done FROM notice_expiry WHERE programme_id = $1 AND days = $2 AND ends_ms = $3 FOR UPDATE")
                                .execute(key))
                        .compose(rows -> {
                            Row position = rows.iterator().next();
                            return position.getBoolean(1)
                                    ? Future.succeededFuture(false)
                                    : page(connection, ending, position.getLong(0), nowMs);
                        }))
                .onSuccess(more -> {
                    if (!more) {
                        done.add(ending);
                    }
                });
    }

    private Future<Boolean> page(SqlConnection connection, Ending ending, long afterAccount, long nowMs) {
        long openedMs = ending.endsMs() - ending.days() * DAY_MS;
        return projection
                .rows(0, POCKETS, Tuple.of(ending.programmeId(), afterAccount, openedMs, (long) PAGE))
                .compose(pockets -> queue(connection, ending, pockets, afterAccount, nowMs));
    }

    private Future<Boolean> queue(
            SqlConnection connection, Ending ending, RowSet<Row> pockets, long afterAccount, long nowMs) {
        List<Tuple> batch = new ArrayList<>();
        long account = afterAccount;
        for (Row pocket : pockets) {
            account = pocket.getLong("account_id");
            batch.add(Tuple.of(pocket.getInteger("circuit_id"), pocket.getLong("sequence"), pocket.getLong("wallet_id"))
                    .addLong(pocket.getLong("available"))
                    .addLong(nowMs)
                    .addLong(ending.programmeId())
                    .addShort(ending.days())
                    .addLong(ending.endsMs())
                    .addString(channels.first(NoticeKind.POCKET_EXPIRING))
                    .addLong(pocket.getLong("holder_id")));
        }
        boolean isMore = batch.size() == PAGE;
        Tuple position = Tuple.of(ending.programmeId(), ending.days(), ending.endsMs(), account)
                .addBoolean(!isMore);
        Future<?> queued = batch.isEmpty()
                ? Future.succeededFuture()
                : connection.preparedQuery(QUEUE).executeBatch(batch);
        return queued.compose(all -> connection
                        .preparedQuery(
                                "UPDATE notice_expiry SET account_id = $4, done = $5 WHERE programme_id = $1 AND days = $2 AND ends_ms = $3")
                        .execute(position))
                .map(moved -> isMore);
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.notices;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import it.socialies.gateway.office.OfficeDatabase;
import it.socialies.gateway.projection.Projection;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes notices of what the projection says happened. The place that it has come to changes in the transaction that queues them, so each event becomes a notice once for each receiver, whenever the node is killed. Threading: any event
 * loop, one at a time.
 */
final class Follower {
    private static final int PAGE = 1_000;
    private static final String QUEUE = """
            INSERT INTO notice (circuit_id, kind, sequence, index, subject_id, amount, happened_ms, next_ms, endpoint_id, channel, recipient_id)
            SELECT $1::integer, $2::text, $3::bigint, $4::smallint, $5::bigint, $6::bigint, $7::bigint, 0, endpoint_id, 'WEBHOOK', 0 FROM webhook_endpoint WHERE circuit_id = $1 AND made_ms <= $7
            UNION ALL SELECT $1, $2, $3, $4, $5, $6, $7, 0, NULL::bigint, $8::text, $9::bigint WHERE $8 IS NOT NULL AND $9 <> 0
            ON CONFLICT DO NOTHING""";

    private final OfficeDatabase office;
    private final Projection projection;
    private final Channels channels;

    Follower(OfficeDatabase office, Projection projection, Channels channels) {
        this.office = office;
        this.projection = projection;
        this.channels = channels;
    }

    /** Follows each kind by a page; whether there is more. */
    Future<Boolean> follow() {
        Future<Boolean> more = Future.succeededFuture(false);
        for (NoticeKind kind : NoticeKind.FOLLOWED) {
            more = more.compose(before -> follow(kind).map(now -> before || now));
        }
        return more;
    }

    private Future<Boolean> follow(NoticeKind kind) {
        return office.inTransaction(connection -> connection
                .preparedQuery("SELECT sequence, index FROM notice_position WHERE kind = $1 FOR UPDATE")
                .execute(Tuple.of(kind.name()))
                .compose(rows -> {
                    Row position = rows.iterator().next();
                    return projection.rows(
                            0, kind.events(), Tuple.of(position.getLong(0), position.getShort(1), (long) PAGE));
                })
                .compose(events -> queue(connection, kind, events)));
    }

    private Future<Boolean> queue(SqlConnection connection, NoticeKind kind, RowSet<Row> events) {
        if (events.size() == 0) {
            return Future.succeededFuture(false);
        }
        List<Tuple> batch = new ArrayList<>();
        long sequence = 0;
        short index = 0;
        for (Row event : events) {
            sequence = event.getLong("sequence");
            index = event.getShort("index");
            batch.add(Tuple.of(event.getInteger("circuit_id"), kind.name(), sequence, index)
                    .addLong(event.getLong("subject_id"))
                    .addLong(event.getLong("amount"))
                    .addLong(event.getLong("timestamp_ms"))
                    .addString(channels.first(kind))
                    .addLong(event.getLong("recipient_id")));
        }
        Tuple position = Tuple.of(kind.name(), sequence, index);
        return connection
                .preparedQuery(QUEUE)
                .executeBatch(batch)
                .compose(queued -> connection
                        .preparedQuery("UPDATE notice_position SET sequence = $2, index = $3 WHERE kind = $1")
                        .execute(position))
                .map(moved -> events.size() == PAGE);
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.settlement;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import it.socialies.gateway.office.OfficeDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The drawings of settlements in the office database. May be called from any thread. */
final class Drawings {
    private final OfficeDatabase office;

    Drawings(OfficeDatabase office) {
        this.office = office;
    }

    /** Keeps what the core has drawn; once, however often it is called. */
    Future<Drawing> keep(Drawing drawing) {
        return office.withConnection(connection -> connection
                .preparedQuery("INSERT INTO settlement_drawing (settlement_id, circuit_id, period_end_ms, reference,"
                        + " merchants, programmes, key, drawn_by, drawn_ms, sequence, state)"
                        + " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'PLANNING') ON CONFLICT DO NOTHING")
                .execute(Tuple.of(
                                drawing.settlementId(), drawing.circuitId(), drawing.periodEndMs(), drawing.reference())
                        .addArrayOfLong(drawing.merchants().toArray(Long[]::new))
                        .addArrayOfLong(drawing.programmes().toArray(Long[]::new))
                        .addUUID(drawing.key())
                        .addLong(drawing.drawnBy())
                        .addLong(drawing.drawnMs())
                        .addLong(drawing.sequence()))
                .compose(kept -> find(connection, drawing.circuitId(), drawing.settlementId()))
                .map(found -> found.orElse(drawing)));
    }

    /** Empty for one that was not drawn through the gateway, or not in this circuit. */
    Future<Optional<Drawing>> find(int circuitId, long settlementId) {
        return office.withConnection(connection -> find(connection, circuitId, settlementId));
    }

    private static Future<Optional<Drawing>> find(SqlConnection connection, int circuitId, long settlementId) {
        return connection
                .preparedQuery("SELECT " + Drawing.COLUMNS
                        + " FROM settlement_drawing WHERE settlement_id = $1 AND circuit_id = $2")
                .execute(Tuple.of(settlementId, circuitId))
                .map(Drawings::first);
    }

    /** The oldest with which the job has something to do. */
    Future<Optional<Drawing>> due() {
        return office.withConnection(connection -> connection
                .preparedQuery("SELECT " + Drawing.COLUMNS + " FROM settlement_drawing"
                        + " WHERE state IN ('PLANNING', 'DRAWING') ORDER BY settlement_id LIMIT 1")
                .execute()
                .map(Drawings::first));
    }

    private static Optional<Drawing> first(RowSet<Row> rows) {
        for (Row row : rows) {
            return Optional.of(Drawing.of(row));
        }
        return Optional.empty();
    }

    /** Keeps the plan and goes on to drawing, in one transaction. */
    Future<Void> plan(Drawing drawing, List<PlanRow> rows) {
        return office.inTransaction(connection -> {
            Future<?> written = Future.succeededFuture();
            if (!rows.isEmpty()) {
                written = connection
                        .preparedQuery(
                                "INSERT INTO settlement_plan (settlement_id, position, merchant_id, programme_id,"
                                        + " most, left_out) VALUES ($1, $2, $3, $4, $5, $6)")
                        .executeBatch(rows.stream()
                                .map(row -> Tuple.of(
                                        drawing.settlementId(),
                                        row.position(),
                                        row.merchantId(),
                                        row.programmeId(),
                                        row.most(),
                                        row.leftOut()))
                                .toList());
            }
            return written.compose(
                    done -> change(connection, drawing, DrawingState.PLANNING, DrawingState.DRAWING, null, null));
        });
    }

    /** The plan in its order. */
    Future<List<PlanRow>> plan(long settlementId) {
        return office.withConnection(connection -> connection
                .preparedQuery("SELECT position, merchant_id, programme_id, most, left_out FROM settlement_plan"
                        + " WHERE settlement_id = $1 ORDER BY position")
                .execute(Tuple.of(settlementId))
                .map(rows -> {
                    List<PlanRow> plan = new ArrayList<>();
                    rows.forEach(row -> plan.add(new PlanRow(
                            row.getInteger(0), row.getLong(1), row.getLong(2), row.getLong(3), row.getString(4))));
                    return plan;
                }));
    }

    /** Changes a drawing that is still as it was. */
    Future<Void> change(Drawing drawing, DrawingState to, @Nullable String stopCode, @Nullable Long proposalId) {
        return office.withConnection(
                connection -> change(connection, drawing, drawing.state(), to, stopCode, proposalId));
    }

    private static Future<Void> change(
            SqlConnection connection,
            Drawing drawing,
            DrawingState from,
            DrawingState to,
            @Nullable String stopCode,
            @Nullable Long proposalId) {
        return connection
                .preparedQuery("UPDATE settlement_drawing SET state = $3, stop_code = $4,"
                        + " proposal_id = coalesce($5, proposal_id) WHERE settlement_id = $1 AND state = $2")
                .execute(Tuple.of(drawing.settlementId(), from.name(), to.name(), stopCode, proposalId))
                .mapEmpty();
    }

    /** After the core has cancelled it. */
    Future<Void> cancelled(long settlementId) {
        return office.withConnection(connection -> connection
                .preparedQuery(
                        "UPDATE settlement_drawing SET state = 'CANCELLED', stop_code = NULL WHERE settlement_id = $1")
                .execute(Tuple.of(settlementId))
                .mapEmpty());
    }
}

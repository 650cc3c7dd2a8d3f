// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.issuance.batches;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import it.socialies.gateway.api.ProblemException;
import it.socialies.gateway.office.OfficeDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The batches in the office database. Each change of state names the one it comes from, so of two that try, one finds it changed. May be called from any thread. */
final class Batches {
    private final OfficeDatabase office;

    Batches(OfficeDatabase office) {
        this.office = office;
    }

    /** A batch of a circuit; fails with {@code not_found}. */
    Future<Batch> find(int circuitId, long batchId) {
        return office.withConnection(connection -> find(connection, circuitId, batchId));
    }

    static Future<Batch> find(SqlConnection connection, int circuitId, long batchId) {
        return connection
                .preparedQuery(
                        "SELECT " + Batch.COLUMNS + " FROM issuance_batch WHERE batch_id = $1 AND circuit_id = $2")
                .execute(Tuple.of(batchId, circuitId))
                .map(rows -> {
                    for (Row row : rows) {
                        return Batch.of(row);
                    }
                    throw new ProblemException("not_found");
                });
    }

    /** The same, locked until the end of the transaction. */
    static Future<Batch> lock(SqlConnection connection, int circuitId, long batchId) {
        return connection
                .preparedQuery("SELECT 1 FROM issuance_batch WHERE batch_id = $1 FOR UPDATE")
                .execute(Tuple.of(batchId))
                .compose(locked -> find(connection, circuitId, batchId));
    }

    /** Newest first. */
    Future<List<Batch>> page(int circuitId, long below, int limit) {
        return office.withConnection(connection -> connection
                .preparedQuery(
                        "SELECT " + Batch.COLUMNS
                                + " FROM issuance_batch WHERE circuit_id = $1 AND batch_id < $2 ORDER BY batch_id DESC LIMIT $3")
                .execute(Tuple.of(circuitId, below, limit))
                .map(Batches::all));
    }

    /** Those of all circuits in a state, in the order in which they came. */
    Future<List<Batch>> in(BatchState state) {
        return office.withConnection(connection -> connection
                .preparedQuery("SELECT " + Batch.COLUMNS + " FROM issuance_batch WHERE state = $1 ORDER BY batch_id")
                .execute(Tuple.of(state.name()))
                .map(Batches::all));
    }

    /** The next one that is to be submitted: small ones first, so that nobody waits for a large one without need. */
    Future<Optional<Batch>> submitting() {
        return office.withConnection(connection -> connection
                .preparedQuery("SELECT " + Batch.COLUMNS
                        + " FROM issuance_batch WHERE state = 'SUBMITTING' ORDER BY admitted, batch_id LIMIT 1")
                .execute()
                .map(rows -> all(rows).stream().findFirst()));
    }

    /** The next one whose file is to be read, or that is to be executed. */
    Future<Optional<Batch>> due(long nowMs) {
        return office.withConnection(connection -> connection
                .preparedQuery("SELECT " + Batch.COLUMNS
                        + " FROM issuance_batch WHERE state IN ('CHECKING', 'EXECUTING')"
                        + " OR state = 'APPROVED' AND execute_at_ms <= $1 ORDER BY batch_id LIMIT 1")
                .execute(Tuple.of(nowMs))
                .map(rows -> all(rows).stream().findFirst()));
    }

    private static List<Batch> all(RowSet<Row> rows) {
        List<Batch> found = new ArrayList<>();
        rows.forEach(row -> found.add(Batch.of(row)));
        return found;
    }

    /**
     * Changes a batch that is in a certain state.
     *
     * @param assignments SQL of ours, with parameters from $3 on
     * @return whether it was in that state
     */
    Future<Boolean> change(Batch batch, BatchState from, String assignments, Object... parameters) {
        return office.withConnection(connection -> change(connection, batch, from, assignments, parameters));
    }

    static Future<Boolean> change(
            SqlConnection connection, Batch batch, BatchState from, String assignments, Object... parameters) {
        Tuple values = Tuple.of(batch.batchId(), from.name());
        for (Object parameter : parameters) {
            values.addValue(parameter);
        }
        return connection
                .preparedQuery("UPDATE issuance_batch SET " + assignments + " WHERE batch_id = $1 AND state = $2")
                .execute(values)
                .map(rows -> rows.rowCount() == 1);
    }

    /** Fails unless the batch is in this state. */
    static Future<Batch> require(Batch batch, BatchState... states) {
        for (BatchState state : states) {
            if (batch.state() == state) {
                return Future.succeededFuture(batch);
            }
        }
        return Future.failedFuture(conflict(batch.state()));
    }

    static ProblemException conflict(BatchState state) {
        return new ProblemException("issuance_state_conflict", "The batch is " + state.word() + ".");
    }

    /** Those whose report is to be forgotten by now. */
    Future<List<Batch>> withReportsUntil(long nowMs) {
        return office.withConnection(connection -> connection
                .preparedQuery(
                        "SELECT " + Batch.COLUMNS
                                + " FROM issuance_batch WHERE report_key IS NOT NULL AND report_until_ms <= $1 ORDER BY batch_id LIMIT 100")
                .execute(Tuple.of(nowMs))
                .map(Batches::all));
    }

    /** After its key was destroyed the report goes too. */
    Future<Void> forgetReport(Batch batch) {
        return office.withConnection(connection -> connection
                .preparedQuery(
                        "UPDATE issuance_batch SET report = NULL, report_csv = NULL, report_key = NULL WHERE batch_id = $1")
                .execute(Tuple.of(batch.batchId()))
                .mapEmpty());
    }
}

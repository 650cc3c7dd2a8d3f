// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.office;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import it.socialies.gateway.security.Refusal;
import it.socialies.gateway.security.RefusalCode;
import java.util.ArrayList;
import java.util.List;

/**
 * What the office forgets of a person who was retired in a circuit: passwords, second factors, activation codes, logins that were only proposed. The core
 * has taken the roles before; this is so that what is left opens nothing when roles come back. May be called from any thread, and again.
 */
public final class Leavers {
    private static final String OF_THE_PERSON =
            "login.person_id = $1 AND login.circuit_id = $2 AND login.created_ms <= $3";

    private final OfficeDatabase database;

    public Leavers(OfficeDatabase database) {
        this.database = database;
    }

    /**
     * Ends every login that the person had in the circuit when it was retired; gives the operators that had one. Fails with {@code OFFICE_UNAVAILABLE}.
     *
     * @param retiredMs stamp of the retirement: a login that was proposed later, for who came back, stays
     */
    public Future<List<Long>> retire(long personId, int circuitId, long retiredMs) {
        Tuple parameters = Tuple.of(personId, circuitId, retiredMs);
        return database.inTransaction(connection -> forget(connection, "second_factor", parameters)
                .compose(done -> forget(connection, "recovery_code", parameters))
                .compose(done -> connection
                        .preparedQuery(
                                "DELETE FROM operator_login login WHERE login.state = 'PROPOSED' AND " + OF_THE_PERSON)
                        .execute(parameters))
                .compose(done -> connection
                        .preparedQuery("""
                                UPDATE operator_login login
                                SET state = 'RETIRED', retired_ms = coalesce(retired_ms, $3), password_hash = NULL, proposer_code_hash = NULL,
                                    approver_code_hash = NULL, code_expires_ms = NULL
                                WHERE\s""" + OF_THE_PERSON + " RETURNING operator_id")
                        .execute(parameters))
                .map(Leavers::operators));
    }

    /** Deletes what a table has of the person's logins. */
    private static Future<RowSet<Row>> forget(SqlConnection connection, String table, Tuple parameters) {
        return connection
                .preparedQuery("DELETE FROM " + table
                        + " t USING operator_login login WHERE t.operator_id = login.operator_id AND " + OF_THE_PERSON)
                .execute(parameters);
    }

    private static List<Long> operators(RowSet<Row> rows) {
        List<Long> operators = new ArrayList<>();
        for (Row row : rows) {
            operators.add(row.getLong(0));
        }
        return operators;
    }

    /** Fails with {@code OPERATOR_RETIRED} when the operator's login is one of a person who left: roles for it would be nobody's. */
    public Future<Void> requireNotRetired(long operatorId) {
        return database.withConnection(connection -> connection
                .preparedQuery("SELECT 1 FROM operator_login WHERE operator_id = $1 AND state = 'RETIRED'")
                .execute(Tuple.of(operatorId))
                .compose(rows -> rows.size() == 0
                        ? Future.succeededFuture()
                        : Future.failedFuture(new Refusal(RefusalCode.OPERATOR_RETIRED))));
    }
}

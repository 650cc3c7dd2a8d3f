// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.office;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import it.socialies.gateway.security.Refusal;
import it.socialies.gateway.security.RefusalCode;
import org.jspecify.annotations.Nullable;

/** The login of an operator who is logged in already and is about to change it; prints without the hash. */
record OwnLogin(
        long loginId,
        String username,
        String passwordHash,
        @Nullable String circuitName) {
    /** What people call the circuit of a login {@code l}: nothing that makes a password strong. */
    static final String CIRCUIT_NAME =
            "(SELECT d.data ->> 'name' FROM description d WHERE d.kind = 'CIRCUIT' AND d.id = l.circuit_id)";

    /** Fails with {@code INVALID_CREDENTIALS} when there is none, or it is not active. */
    static Future<OwnLogin> find(OfficeDatabase database, long operatorId) {
        return database.withConnection(connection -> connection
                .preparedQuery("SELECT login_id, username, password_hash, " + CIRCUIT_NAME + " FROM operator_login l"
                        + " WHERE operator_id = $1 AND state = 'ACTIVE'")
                .execute(Tuple.of(operatorId))
                .compose(rows -> {
                    for (Row row : rows) {
                        return Future.succeededFuture(
                                new OwnLogin(row.getLong(0), row.getString(1), row.getString(2), row.getString(3)));
                    }
                    return Future.failedFuture(new Refusal(RefusalCode.INVALID_CREDENTIALS));
                }));
    }

    @Override
    public String toString() {
        return "OwnLogin[" + loginId + ", redacted]";
    }
}

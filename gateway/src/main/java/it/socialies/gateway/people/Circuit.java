// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.people;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;

/** The setting by which row-level security shows rows: those of one controller, until the end of the transaction. Stateless. */
final class Circuit {
    private Circuit() {}

    /** @return the connection, which shows this circuit from now on */
    static Future<SqlConnection> on(SqlConnection connection, int circuitId) {
        return connection
                .preparedQuery("SELECT set_config('ies.circuit', $1, true)")
                .execute(Tuple.of(Integer.toString(circuitId)))
                .map(connection);
    }
}

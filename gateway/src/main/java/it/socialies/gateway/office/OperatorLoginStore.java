// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.office;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import it.socialies.gateway.security.OperatorLogins;
import java.util.Optional;

/** Reads the operators' logins for the password grant. */
public final class OperatorLoginStore implements OperatorLogins {
    private final OfficeDatabase database;

    public OperatorLoginStore(OfficeDatabase database) {
        this.database = database;
    }

    @Override
    public Future<Optional<OperatorLogin>> findActive(String username) {
        return database.withConnection(connection -> connection
                .preparedQuery("SELECT operator_id, password_hash FROM operator_login"
                        + " WHERE lower(username) = lower($1) AND state = 'ACTIVE'")
                .execute(Tuple.of(username))
                .map(rows -> {
                    Optional<OperatorLogin> login = Optional.empty();
                    for (Row row : rows) {
                        login = Optional.of(new OperatorLogin(row.getLong(0), row.getString(1)));
                    }
                    return login;
                }));
    }
}

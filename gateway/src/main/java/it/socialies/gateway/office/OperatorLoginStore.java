// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.office;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import it.socialies.gateway.security.InstallationClock;
import it.socialies.gateway.security.OperatorLogins;
import it.socialies.gateway.security.SecondFactors;
import java.security.SecureRandom;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The operators' logins, for the password grant. */
public final class OperatorLoginStore implements OperatorLogins {
    private final OfficeDatabase database;
    private final RecoveryCodes recoveryCodes;

    public OperatorLoginStore(OfficeDatabase database, InstallationClock clock, SecureRandom random) {
        this.database = database;
        recoveryCodes = new RecoveryCodes(clock, random);
    }

    @Override
    public Future<Optional<OperatorLogin>> findActive(String username) {
        return database.withConnection(connection -> connection
                .preparedQuery("""
                        SELECT login.operator_id, password_hash, secret, last_step
                        FROM operator_login login
                        LEFT JOIN second_factor factor ON factor.operator_id = login.operator_id AND factor.state <> 'PENDING'
                        WHERE lower(username) = lower($1) AND login.state = 'ACTIVE'""")
                .execute(Tuple.of(username))
                .map(rows -> {
                    Optional<OperatorLogin> login = Optional.empty();
                    for (Row row : rows) {
                        login = Optional.of(new OperatorLogin(row.getLong(0), row.getString(1), secondFactor(row)));
                    }
                    return login;
                }));
    }

    private static SecondFactors.@Nullable Stored secondFactor(Row row) {
        Buffer sealed = row.getBuffer("secret");
        return sealed == null ? null : new SecondFactors.Stored(sealed, row.getLong("last_step"));
    }

    @Override
    public Future<Boolean> keepUsed(long operatorId, SecondFactors.Stored before, SecondFactors.Stored used) {
        return database.withConnection(connection -> connection
                .preparedQuery("""
                        UPDATE second_factor SET secret = $3, last_step = $4
                        WHERE operator_id = $1 AND state = 'ACTIVE' AND last_step = $2""")
                .execute(Tuple.of(operatorId, before.lastStep(), used.sealed(), used.lastStep()))
                .map(rows -> rows.rowCount() == 1));
    }

    @Override
    public Future<Boolean> recover(long operatorId, String recoveryCode, Buffer unknown) {
        return database.inTransaction(connection -> recoveryCodes
                .use(connection, operatorId, recoveryCode)
                .compose(good -> good
                        ? connection
                                .preparedQuery("""
                                        UPDATE second_factor SET state = 'LOST', secret = $2, last_step = 0, confirmed_ms = NULL
                                        WHERE operator_id = $1 AND state <> 'PENDING'""")
                                .execute(Tuple.of(operatorId, unknown))
                                .map(rows -> rows.rowCount() == 1)
                        : Future.succeededFuture(false)));
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.people;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.SqlConnection;
import it.socialies.gateway.office.OfficePool;
import it.socialies.gateway.office.OfficeSchema;
import it.socialies.gateway.office.OfficeSettings;
import java.util.function.Function;

/** Connections to the database of persons' keys, {@code vault_keys}. May be called from any thread. */
final class KeyDatabase {
    private static final String SCHEMA = "vault_keys";
    private static final String MIGRATIONS = "classpath:db/vault_keys";

    private final Vertx vertx;
    private final OfficeSettings settings;
    private final OfficePool pool;

    KeyDatabase(Vertx vertx, OfficeSettings settings) {
        this.vertx = vertx;
        this.settings = settings;
        pool = new OfficePool(vertx, settings, SCHEMA);
    }

    /** Brings the tables up to date; fails while the database is away. */
    Future<Void> migrate() {
        return vertx.executeBlocking(
                        () -> {
                            OfficeSchema.migrate(OfficeSchema.dataSource(settings, SCHEMA), SCHEMA, MIGRATIONS);
                            return true;
                        },
                        false)
                .mapEmpty();
    }

    /** Runs statements in one transaction that shows the rows of one circuit. */
    <T> Future<T> inCircuit(int circuitId, Function<SqlConnection, Future<T>> work) {
        return pool.inTransaction(
                connection -> Circuit.on(connection, circuitId).compose(work));
    }

    /** Runs statements on tables that know no circuit. */
    <T> Future<T> withConnection(Function<SqlConnection, Future<T>> work) {
        return pool.withConnection(work);
    }
}

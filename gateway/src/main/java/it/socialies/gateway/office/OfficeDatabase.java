// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.office;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.SqlConnection;
import it.socialies.gateway.security.RefusalCode;
import java.sql.Connection;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import javax.sql.DataSource;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/**
 * The connections to the office database. It may be away: at the start this keeps trying until the tables are there and the bootstrap
 * operators are in them, and only then does anybody get through, so no person can be numbered before those two. Later a lost connection
 * fails the request at hand with {@link RefusalCode#OFFICE_UNAVAILABLE}. May be called from any thread.
 */
public final class OfficeDatabase {
    private static final Logger LOG = LogManager.getLogger(OfficeDatabase.class);
    private static final long UP_TIMEOUT_MS = 1_000;

    private final Vertx vertx;
    private final OfficeSettings settings;
    private final BootstrapOperators bootstrap;
    private final DataSource dataSource;
    private final OfficePool pool;
    private Future<Boolean> upCheck = Future.succeededFuture(false);
    private volatile boolean ready;
    private volatile boolean closed;

    public OfficeDatabase(Vertx vertx, OfficeSettings settings, BootstrapOperators bootstrap) {
        this.vertx = vertx;
        this.settings = settings;
        this.bootstrap = bootstrap;
        dataSource = OfficeSchema.dataSource(settings, OfficeSchema.NAME);
        pool = new OfficePool(vertx, settings, OfficeSchema.NAME);
    }

    /** Begins to look for the database; completes when it is there, which may be never. Nothing needs to wait for it. */
    public Future<Void> start() {
        return vertx.<Boolean>executeBlocking(
                        () -> {
                            OfficeSchema.migrate(dataSource, OfficeSchema.NAME, OfficeSchema.MIGRATIONS);
                            try (Connection connection = dataSource.getConnection()) {
                                bootstrap.seed(connection);
                            }
                            return true;
                        },
                        false)
                .<Void>mapEmpty()
                .onSuccess(done -> {
                    ready = true;
                    LOG.info("office database ready: {}", settings);
                })
                .recover(failure -> {
                    LOG.warn(
                            "office database not usable, next attempt in {} ms: {}",
                            settings.retryMs(),
                            failure.getMessage());
                    return closed
                            ? Future.failedFuture(failure)
                            : vertx.timer(settings.retryMs()).compose(waited -> start());
                });
    }

    /** Whether the database has been there since the start. */
    public boolean isReady() {
        return ready;
    }

    /**
     * Asks the database whether it answers now, for {@code GET /status}: within a second, also when it hangs with the connection open. However many ask, one
     * question is on its way.
     */
    public synchronized Future<Boolean> isUp() {
        if (upCheck.isComplete()) {
            upCheck = withConnection(
                            connection -> connection.query("SELECT 1").execute().map(true))
                    .otherwise(false);
        }
        return upCheck.timeout(UP_TIMEOUT_MS, TimeUnit.MILLISECONDS).otherwise(false);
    }

    /** Runs statements on one connection, outside any transaction. */
    public <T> Future<T> withConnection(Function<SqlConnection, Future<T>> work) {
        return ready ? pool.withConnection(work) : OfficePool.unavailable();
    }

    /** Runs statements in one transaction, committed when the future succeeds and rolled back when it fails. */
    public <T> Future<T> inTransaction(Function<SqlConnection, Future<T>> work) {
        return ready ? pool.inTransaction(work) : OfficePool.unavailable();
    }

    /** Closes the connections. */
    public Future<Void> close() {
        closed = true;
        return pool.close();
    }
}

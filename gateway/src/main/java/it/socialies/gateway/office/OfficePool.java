// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.office;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.NetClientOptions;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgException;
import io.vertx.pgclient.SslMode;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.SqlConnection;
import it.socialies.gateway.api.ProblemException;
import it.socialies.gateway.lifecycle.Owned;
import it.socialies.gateway.security.Refusal;
import it.socialies.gateway.security.RefusalCode;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Connections to one of the databases that the gateway writes itself. What fails since the database is away fails with {@link RefusalCode#OFFICE_UNAVAILABLE}. May be called
 * from any thread.
 */
public final class OfficePool {
    private static final Logger LOG = LogManager.getLogger(OfficePool.class);
    private static final int CONNECT_TIMEOUT_MS = 3_000;
    private static final long RETRY_AFTER_MS = 5_000;

    private final Pool pool;

    /** @param schema where its tables are */
    public OfficePool(Vertx vertx, OfficeSettings settings, String schema) {
        pool = PgBuilder.pool()
                .using(vertx)
                .connectingTo(connectOptions(settings, schema))
                .with(new NetClientOptions().setConnectTimeout(CONNECT_TIMEOUT_MS))
                .with(new PoolOptions()
                        .setMaxSize(settings.connectionsMax())
                        .setMaxWaitQueueSize(settings.waitersMax())
                        .setConnectionTimeout(CONNECT_TIMEOUT_MS)
                        .setConnectionTimeoutUnit(TimeUnit.MILLISECONDS))
                .build();
        Owned.by(vertx, pool::close);
    }

    private static PgConnectOptions connectOptions(OfficeSettings settings, String schema) {
        PgConnectOptions options = new PgConnectOptions()
                .setHost(settings.host())
                .setPort(settings.port())
                .setDatabase(settings.database())
                .setUser(settings.user())
                .setPassword(settings.password())
                .setProperties(Map.of(
                        "application_name",
                        "ies-gateway",
                        "search_path",
                        schema,
                        "statement_timeout",
                        Integer.toString(settings.statementTimeoutMs())));
        if (settings.tls()) {
            options.setSslMode(SslMode.VERIFY_FULL)
                    .setSslOptions(new ClientSSLOptions().setHostnameVerificationAlgorithm("HTTPS"));
        }
        return options;
    }

    /** Runs statements on one connection, outside any transaction. */
    public <T> Future<T> withConnection(Function<SqlConnection, Future<T>> work) {
        return answered(pool.withConnection(work));
    }

    /** Runs statements in one transaction, committed when the future succeeds and rolled back when it fails. */
    public <T> Future<T> inTransaction(Function<SqlConnection, Future<T>> work) {
        return answered(pool.withTransaction(work));
    }

    /** Closes the connections. */
    public Future<Void> close() {
        return pool.close();
    }

    @SuppressWarnings("NullAway") // the pool hands on what the work gave, null only for Void
    private static <T> Future<T> answered(Future<@Nullable T> outcome) {
        return outcome.recover(OfficePool::translate);
    }

    /** What a caller hears while the database is away. */
    public static <T> Future<T> unavailable() {
        return Future.failedFuture(new Refusal(RefusalCode.OFFICE_UNAVAILABLE, RETRY_AFTER_MS));
    }

    /** Answers stay, faults of our own statements stay faults; everything else means that the database is away. */
    private static <T> Future<T> translate(Throwable failure) {
        if (failure instanceof Refusal
                || failure instanceof IllegalStateException
                || failure instanceof ProblemException) {
            return Future.failedFuture(failure);
        }
        if (failure instanceof PgException pg && !isServerAway(pg.getSqlState())) {
            return Future.failedFuture(failure);
        }
        LOG.warn("office database away: {}", failure.getMessage());
        return unavailable();
    }

    /**
     * Classes 08 connection, 28 login refused, 3D no such database, 53 resources, 55 database closed to connections, 57 operator intervention
     * (shutdown, statement timeout), 58 system error. No statement of ours can cause 28, 3D or 55: they come from connecting.
     */
    private static boolean isServerAway(String sqlState) {
        return sqlState.startsWith("08")
                || sqlState.startsWith("28")
                || sqlState.startsWith("3D")
                || sqlState.startsWith("55")
                || sqlState.startsWith("53")
                || sqlState.startsWith("57")
                || sqlState.startsWith("58");
    }
}

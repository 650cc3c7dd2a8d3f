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
import it.socialies.gateway.security.Refusal;
import it.socialies.gateway.security.RefusalCode;
import java.sql.Connection;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import javax.sql.DataSource;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The connections to the office database. It may be away: at the start this keeps trying until the tables are there and the bootstrap
 * operators are in them, and only then does anybody get through, so no person can be numbered before those two. Later a lost connection
 * fails the request at hand with {@link RefusalCode#OFFICE_UNAVAILABLE}. May be called from any thread.
 */
public final class OfficeDatabase {
    private static final Logger LOG = LogManager.getLogger(OfficeDatabase.class);
    private static final int CONNECT_TIMEOUT_MS = 3_000;
    private static final long UP_TIMEOUT_MS = 1_000;
    private static final long RETRY_AFTER_MS = 5_000;

    private final Vertx vertx;
    private final OfficeSettings settings;
    private final BootstrapOperators bootstrap;
    private final DataSource dataSource;
    private final Pool pool;
    private Future<Boolean> upCheck = Future.succeededFuture(false);
    private volatile boolean ready;
    private volatile boolean closed;

    public OfficeDatabase(Vertx vertx, OfficeSettings settings, BootstrapOperators bootstrap) {
        this.vertx = vertx;
        this.settings = settings;
        this.bootstrap = bootstrap;
        dataSource = OfficeSchema.dataSource(settings);
        pool = PgBuilder.pool()
                .using(vertx)
                .connectingTo(connectOptions(settings))
                .with(new NetClientOptions().setConnectTimeout(CONNECT_TIMEOUT_MS))
                .with(new PoolOptions()
                        .setMaxSize(settings.connectionsMax())
                        .setMaxWaitQueueSize(settings.waitersMax())
                        .setConnectionTimeout(CONNECT_TIMEOUT_MS)
                        .setConnectionTimeoutUnit(TimeUnit.MILLISECONDS))
                .build();
    }

    private static PgConnectOptions connectOptions(OfficeSettings settings) {
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
                        OfficeSchema.NAME,
                        "statement_timeout",
                        Integer.toString(settings.statementTimeoutMs())));
        if (settings.tls()) {
            options.setSslMode(SslMode.VERIFY_FULL)
                    .setSslOptions(new ClientSSLOptions().setHostnameVerificationAlgorithm("HTTPS"));
        }
        return options;
    }

    /** Begins to look for the database; completes when it is there, which may be never. Nothing needs to wait for it. */
    public Future<Void> start() {
        return vertx.<Boolean>executeBlocking(
                        () -> {
                            OfficeSchema.migrate(dataSource);
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
        return ready ? answered(pool.withConnection(work)) : unavailable();
    }

    /** Runs statements in one transaction, committed when the future succeeds and rolled back when it fails. */
    <T> Future<T> inTransaction(Function<SqlConnection, Future<T>> work) {
        return ready ? answered(pool.withTransaction(work)) : unavailable();
    }

    @SuppressWarnings("NullAway") // the pool hands on what the work gave, null only for Void
    private static <T> Future<T> answered(Future<@Nullable T> outcome) {
        return outcome.recover(OfficeDatabase::translate);
    }

    /** Closes the connections. */
    public Future<Void> close() {
        closed = true;
        return pool.close();
    }

    private static <T> Future<T> unavailable() {
        return Future.failedFuture(new Refusal(RefusalCode.OFFICE_UNAVAILABLE, RETRY_AFTER_MS));
    }

    /** Answers stay, faults of our own statements stay faults; everything else means that the database is away. */
    private static <T> Future<T> translate(Throwable failure) {
        if (failure instanceof Refusal || failure instanceof IllegalStateException) {
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

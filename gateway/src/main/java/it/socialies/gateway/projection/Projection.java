// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.projection;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import it.socialies.gateway.api.Cursor;
import it.socialies.gateway.api.ProblemException;
import it.socialies.gateway.http.ApiRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Reads lists. Every answer says which sequence it holds at; {@code min_sequence} waits, for a bounded time, until the projection has come so far. While
 * Postgres is away all fail with {@code projection_unavailable} (503). Threading: any event loop.
 */
public final class Projection {
    private static final Logger LOG = LogManager.getLogger(Projection.class);
    private static final String ONE_STATE = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY";
    private static final long WAIT_MAX_MS = 3_000;
    private static final long WAIT_STEP_MS = 10;
    private static final long LONG_MS = 600_000;

    private final Vertx vertx;
    private final Pool pool;
    private final LongSupplier projectedSequence;

    /** @param projectedSequence last sequence in Postgres, as the projector knows it */
    public Projection(Vertx vertx, Pool pool, LongSupplier projectedSequence) {
        this.vertx = vertx;
        this.pool = pool;
        this.projectedSequence = projectedSequence;
    }

    /** A page, as the contract's lists look. */
    public Future<JsonObject> page(ApiRequest request, ListQuery query) {
        int limit = (int) request.query("limit", 50);
        String cursor = request.query("cursor");
        Tuple parameters = Tuple.tuple(new ArrayList<>(query.parameters()));
        if (cursor != null) {
            parameters.addLong(Cursor.parse(cursor));
        }
        parameters.addInteger(limit + 1);
        return rows(request.query("min_sequence", 0), query.sql(cursor != null), parameters)
                .map(rows -> json(query, rows, limit));
    }

    /** The one thing a query asks for, with {@code as_of_sequence}, from a projection that has come to {@code minSequence}; null when there is none. */
    public Future<@Nullable JsonObject> one(long minSequence, ListQuery query) {
        Tuple parameters = Tuple.tuple(new ArrayList<>(query.parameters())).addInteger(1);
        return rows(minSequence, query.sql(false), parameters).map(rows -> {
            Row row = rows.iterator().next();
            return row.getLong("page_order") == null
                    ? null
                    : query.json(row).put("as_of_sequence", row.getLong("as_of_sequence"));
        });
    }

    /** The first row of a query that has a column {@code as_of_sequence}; null when it has none. */
    public Future<@Nullable Row> first(ApiRequest request, String sql, Tuple parameters) {
        return rows(request.query("min_sequence", 0), sql, parameters)
                .map(rows -> rows.iterator().hasNext() ? rows.iterator().next() : null);
    }

    /** All rows of a query. */
    public Future<RowSet<Row>> rows(long minSequence, String sql, Tuple parameters) {
        return await(minSequence)
                .compose(reached -> pool.preparedQuery(sql).execute(parameters).recover(this::unavailable));
    }

    /**
     * What several queries find in one and the same state of the projection; one that fails for lack of Postgres is {@code projection_unavailable}.
     *
     * @param reading asks on the client it gets, and on no other, and changes nothing
     */
    public <T> Future<T> snapshot(long minSequence, Function<SqlClient, Future<T>> reading) {
        return await(minSequence)
                .compose(reached -> pool.<T>withTransaction(connection ->
                                connection.query(ONE_STATE).execute().compose(set -> reading.apply(connection)))
                        .recover(cause -> {
                            if (cause instanceof ProblemException) {
                                return Future.failedFuture(cause);
                            }
                            LOG.warn("the projection does not answer: {}", cause.getMessage());
                            return Future.failedFuture(new ProblemException("projection_unavailable"));
                        }));
    }

    /** The same for queries that go through much and may take minutes; for work in the background. */
    public Future<RowSet<Row>> longRows(long minSequence, String sql, Tuple parameters) {
        return await(minSequence)
                .compose(reached -> pool.withTransaction(connection -> connection
                                .query("SET LOCAL statement_timeout = '" + LONG_MS + "'")
                                .execute()
                                .compose(
                                        patient -> connection.preparedQuery(sql).execute(parameters)))
                        .recover(this::unavailable));
    }

    private Future<RowSet<Row>> unavailable(Throwable cause) {
        LOG.warn("the projection does not answer: {}", cause.getMessage());
        return Future.failedFuture(new ProblemException("projection_unavailable"));
    }

    private Future<Void> await(long minSequence) {
        if (projectedSequence.getAsLong() >= minSequence) {
            return Future.succeededFuture();
        }
        Promise<Void> promise = Promise.promise();
        long deadlineNs = System.nanoTime() + WAIT_MAX_MS * 1_000_000;
        vertx.setPeriodic(WAIT_STEP_MS, timer -> {
            if (projectedSequence.getAsLong() >= minSequence) {
                vertx.cancelTimer(timer);
                promise.complete();
            } else if (System.nanoTime() - deadlineNs > 0) {
                vertx.cancelTimer(timer);
                promise.fail(new ProblemException("projection_unavailable", "The projection has not come so far yet."));
            }
        });
        return promise.future();
    }

    private static JsonObject json(ListQuery query, RowSet<Row> rows, int limit) {
        JsonArray items = new JsonArray();
        JsonObject page = new JsonObject().put("items", items);
        List<Row> all = new ArrayList<>();
        rows.forEach(all::add);
        Long last = null;
        for (Row row : all) {
            Long order = row.getLong("page_order");
            if (order == null) {
                break;
            }
            if (items.size() == limit) {
                page.put("next_cursor", Cursor.format(Objects.requireNonNull(last)));
                break;
            }
            items.add(query.json(row));
            last = order;
        }
        return page.put("as_of_sequence", all.getFirst().getLong("as_of_sequence"));
    }
}

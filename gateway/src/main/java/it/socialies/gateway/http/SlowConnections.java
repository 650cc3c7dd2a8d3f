// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.http;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Closes connections that send a request so slowly that they only mean to occupy us: the idle timeout does not see them, since a byte now and then counts as
 * life. A first request, the next one after an answer, and a body each have their time. Threading: one per event loop, which owns its connections.
 */
final class SlowConnections {
    private static final long SWEEP_MS = 500;

    private static final class Watch {
        private long sinceNs;
        private int underWay;
        private boolean hasAsked;
        private boolean isReading;
    }

    private final long headNs;
    private final long nextNs;
    private final long bodyNs;
    private final LongSupplier nanoClock;
    private final IdentityHashMap<HttpConnection, Watch> watches = new IdentityHashMap<>();

    SlowConnections(HttpConfig config, LongSupplier nanoClock) {
        headNs = TimeUnit.SECONDS.toNanos(config.headTimeoutSeconds());
        nextNs = TimeUnit.SECONDS.toNanos(config.idleTimeoutSeconds());
        bodyNs = TimeUnit.SECONDS.toNanos(config.bodyTimeoutSeconds());
        this.nanoClock = nanoClock;
    }

    /** Begins to look after connections, again and again. */
    void start(Vertx vertx) {
        vertx.setPeriodic(SWEEP_MS, timer -> sweep());
    }

    /** A connection was opened. */
    void opened(HttpConnection connection) {
        Watch watch = new Watch();
        watch.sinceNs = nanoClock.getAsLong();
        watches.put(connection, watch);
        connection.closeHandler(closed -> watches.remove(connection));
    }

    /** The head of a request has come; its body is on its way. */
    void begun(RoutingContext ctx) {
        Watch watch = watches.get(ctx.request().connection());
        if (watch != null) {
            watch.hasAsked = true;
            watch.underWay++;
            watch.isReading = true;
            watch.sinceNs = nanoClock.getAsLong();
            ctx.addEndHandler(ended -> ended(watch));
        }
        ctx.next();
    }

    /** The body has come too. */
    void read(RoutingContext ctx) {
        Watch watch = watches.get(ctx.request().connection());
        if (watch != null) {
            watch.isReading = false;
        }
        ctx.next();
    }

    private void ended(Watch watch) {
        watch.underWay--;
        watch.isReading = false;
        watch.sinceNs = nanoClock.getAsLong();
    }

    private void sweep() {
        long nowNs = nanoClock.getAsLong();
        for (Map.Entry<HttpConnection, Watch> each : new ArrayList<>(watches.entrySet())) {
            if (nowNs - each.getValue().sinceNs > allowedNs(each.getValue())) {
                each.getKey().close();
            }
        }
    }

    private long allowedNs(Watch watch) {
        if (watch.isReading) {
            return bodyNs;
        }
        if (watch.underWay > 0) {
            return Long.MAX_VALUE;
        }
        return watch.hasAsked ? nextNs : headNs;
    }
}

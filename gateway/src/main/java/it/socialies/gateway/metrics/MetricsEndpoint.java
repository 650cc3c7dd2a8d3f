// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.metrics;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.function.Supplier;

/**
 * {@code GET /metrics}: to this machine only, unless the installation says otherwise. A request that a proxy passed on comes from elsewhere,
 * whatever its address. Threading: any event loop; the text is put together on a worker.
 */
public final class MetricsEndpoint implements Handler<RoutingContext> {
    private final GatewayMetrics metrics;
    private final Supplier<Future<Void>> refresh;
    private final boolean isPublic;

    /** @param refresh brings figures up to date that cannot be read at once; its future never fails */
    public MetricsEndpoint(GatewayMetrics metrics, Supplier<Future<Void>> refresh, boolean isPublic) {
        this.metrics = metrics;
        this.refresh = refresh;
        this.isPublic = isPublic;
    }

    @Override
    public void handle(RoutingContext ctx) {
        if (!isPublic && !isFromHere(ctx.request())) {
            ctx.fail(404);
            return;
        }
        refresh.get()
                .compose(fresh -> ctx.vertx().executeBlocking(metrics::scrape, false))
                .onSuccess(text -> ctx.response()
                        .putHeader(HttpHeaders.CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")
                        .end(text))
                .onFailure(ctx::fail);
    }

    private static boolean isFromHere(HttpServerRequest request) {
        String address = request.remoteAddress().hostAddress();
        boolean loopback = address.startsWith("127.") || address.equals("0:0:0:0:0:0:0:1") || address.equals("::1");
        return loopback
                && !request.headers().contains("Forwarded")
                && !request.headers().contains("X-Forwarded-For");
    }
}

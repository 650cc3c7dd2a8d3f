// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Times every request by area, method and status. Figures carry no identifier, so nobody is in them. Threading: any event loop.
 */
public final class GatewayMetrics {
    private static final int AREA_SEGMENT = 4;

    private final Set<String> areas;
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final ConcurrentMap<TimerKey, Timer> timers = new ConcurrentHashMap<>();

    private record TimerKey(String area, HttpMethod method, int status) {}

    /** @param areas first path segments of the interface; what lies elsewhere shares one name, so that no caller can make new ones */
    public GatewayMetrics(Set<String> areas) {
        this.areas = Set.copyOf(areas);
    }

    /** Adds a figure that is read when somebody asks. */
    public <T> void gauge(String name, String description, T source, ToDoubleFunction<T> value) {
        Gauge.builder(name, source, value)
                .description(description)
                .strongReference(true)
                .register(registry);
    }

    /** Handler: starts the clock of a request. */
    public void onRequest(RoutingContext ctx) {
        long startNs = System.nanoTime();
        ctx.addEndHandler(ended -> timer(ctx).record(System.nanoTime() - startNs, TimeUnit.NANOSECONDS));
        ctx.next();
    }

    /** Answers with all figures, to this machine only unless {@code isPublic}. */
    public void serve(RoutingContext ctx, boolean isPublic) {
        if (!isPublic && !isLoopback(ctx.request().remoteAddress().hostAddress())) {
            ctx.fail(404);
            return;
        }
        ctx.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")
                .end(registry.scrape());
    }

    private Timer timer(RoutingContext ctx) {
        int status = ctx.response().getStatusCode();
        return timers.computeIfAbsent(
                new TimerKey(area(ctx.request().path()), ctx.request().method(), status),
                key -> Timer.builder("ies_http_request")
                        .description("Time from the request's head to the answer's end")
                        .tag("area", key.area())
                        .tag("method", key.method().name())
                        .tag("status", Integer.toString(key.status()))
                        .publishPercentiles(0.5, 0.99)
                        .register(registry));
    }

    /** The first segment behind the base path: {@code /rest/ies/v1/payments/pay_1k} reads {@code payments}. */
    private String area(@Nullable String path) {
        String[] segments = path == null ? new String[0] : path.split("/", AREA_SEGMENT + 2);
        return segments.length > AREA_SEGMENT && areas.contains(segments[AREA_SEGMENT])
                ? segments[AREA_SEGMENT]
                : "other";
    }

    private static boolean isLoopback(String address) {
        return address.startsWith("127.") || address.equals("0:0:0:0:0:0:0:1") || address.equals("::1");
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.http;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Timer;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import it.socialies.gateway.api.Json;
import it.socialies.gateway.logs.TraceId;
import it.socialies.gateway.metrics.GatewayMetrics;
import it.socialies.gateway.security.Principal;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.apache.logging.log4j.ThreadContext;
import org.jspecify.annotations.Nullable;

/**
 * Has the last word on every request: times it by route, method and class of status, counts its problem, and writes one line to the access log. All
 * three know the route, never the path. Threading: any event loop.
 */
public final class RequestObserver implements Handler<RoutingContext> {
    private static final Logger ACCESS = LogManager.getLogger("it.socialies.access");
    private static final String PROBLEM = "ies.problem";
    private static final String ABORTED = "aborted";

    /** Anything else shares one name, so that no caller can make new ones. */
    private static final Set<HttpMethod> METHODS = Set.of(
            HttpMethod.GET,
            HttpMethod.POST,
            HttpMethod.PUT,
            HttpMethod.PATCH,
            HttpMethod.DELETE,
            HttpMethod.HEAD,
            HttpMethod.OPTIONS);

    private record TimerKey(String route, String method, String status) {}

    private final GatewayMetrics metrics;
    private final RouteTemplates routes;
    private final ConcurrentMap<TimerKey, Timer> timers = new ConcurrentHashMap<>();
    private final Map<String, Counter> problems = new HashMap<>();
    private final AtomicInteger inFlight = new AtomicInteger();

    /** @param templates routes of the contract */
    public RequestObserver(GatewayMetrics metrics, Collection<String> templates) {
        this.metrics = metrics;
        routes = new RouteTemplates(templates);
        metrics.gauge(
                "ies_http_requests_in_flight", "Requests begun and not yet answered", inFlight, AtomicInteger::get);
        for (String code : ProblemTable.all().keySet()) {
            problems.put(
                    code,
                    metrics.counter(
                            "ies_http_problems", "Requests that ended with a problem, by its code", "code", code));
        }
    }

    @Override
    public void handle(RoutingContext ctx) {
        long startNs = System.nanoTime();
        inFlight.incrementAndGet();
        // The end of an HTTP/2 stream is told as a failure, answer or not; so the answer itself is asked.
        ctx.addEndHandler(ended -> done(ctx, ctx.response().ended(), System.nanoTime() - startNs));
        ctx.next();
    }

    /** Remembers which problem a request ends with. */
    public static void problem(RoutingContext ctx, String code) {
        ctx.put(PROBLEM, code);
    }

    private void done(RoutingContext ctx, boolean answered, long durationNs) {
        inFlight.decrementAndGet();
        String route = routes.of(ctx.request().path());
        String method = METHODS.contains(ctx.request().method())
                ? ctx.request().method().name()
                : RouteTemplates.OTHER;
        int status = ctx.response().getStatusCode();
        String problem = ctx.get(PROBLEM);
        timers.computeIfAbsent(new TimerKey(route, method, answered ? statusClass(status) : ABORTED), this::timer)
                .record(durationNs, TimeUnit.NANOSECONDS);
        if (problem != null) {
            problems.getOrDefault(problem, unforeseen()).increment();
        }
        if (ACCESS.isInfoEnabled()) {
            // The end may come on the connection's context, which knows no request.
            ThreadContext.put(TraceId.FIELD, RequestGate.traceId(ctx));
            try {
                ACCESS.info(new AccessMessage(
                        method, route, answered ? status : 0, durationNs, principalKind(ctx), problem));
            } finally {
                ThreadContext.remove(TraceId.FIELD);
            }
        }
    }

    private Counter unforeseen() {
        return Objects.requireNonNull(problems.get("internal_error"));
    }

    private Timer timer(TimerKey key) {
        return metrics.timer(
                "ies_http_request_duration",
                "Time from a request's head to the answer's end",
                "route",
                key.route(),
                "method",
                key.method(),
                "status",
                key.status());
    }

    private static String statusClass(int status) {
        return status / 100 + "xx";
    }

    private static @Nullable String principalKind(RoutingContext ctx) {
        Principal principal = BearerGate.principal(ctx);
        return principal == null ? null : Json.word(principal.kind());
    }
}

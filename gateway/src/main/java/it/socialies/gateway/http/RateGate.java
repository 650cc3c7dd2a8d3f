// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.http;

import io.micrometer.core.instrument.Counter;
import io.vertx.ext.web.RoutingContext;
import it.socialies.gateway.api.ProblemException;
import it.socialies.gateway.metrics.GatewayMetrics;
import it.socialies.gateway.security.ClientAddress;
import it.socialies.gateway.security.Principal;
import it.socialies.gateway.security.RateLimiter;
import it.socialies.gateway.security.RateLimiter.Decision;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Two limits: by address for requests without a good token (guessing, probing, logging in), by principal for the rest. Each answer says where it stands. Blocking a
 * card has an allowance of its own, so that who has stolen a token cannot keep its owner from that by using up the other. Threading: any event loop.
 */
public final class RateGate {
    private static final Pattern BLOCK = Pattern.compile(Pattern.quote(Contract.BASE_PATH) + "/cards/[^/]+/blocks");

    private final RateLimiter byAddress;
    private final RateLimiter byPrincipal;
    private final RateLimiter blocks;
    private final Counter throttledAddresses;
    private final Counter throttledPrincipals;

    /** @param blocks blocks of cards by one principal */
    public RateGate(RateLimiter byAddress, RateLimiter byPrincipal, RateLimiter blocks, GatewayMetrics metrics) {
        this.byAddress = byAddress;
        this.byPrincipal = byPrincipal;
        this.blocks = blocks;
        throttledAddresses = throttled(metrics, "address");
        throttledPrincipals = throttled(metrics, "principal");
    }

    private static Counter throttled(GatewayMetrics metrics, String by) {
        return metrics.counter("ies_http_requests_throttled", "Requests refused because there were too many", "by", by);
    }

    /** Counts a request that comes without a good token; fails it with 429 when there were too many. */
    boolean admitAddress(RoutingContext ctx) {
        return admit(ctx, byAddress.take(ClientAddress.key(RequestGate.callerAddress(ctx))), throttledAddresses);
    }

    boolean admitPrincipal(RoutingContext ctx, Principal principal) {
        RateLimiter limiter = isBlock(ctx) ? blocks : byPrincipal;
        return admit(ctx, limiter.take(principal.subject()), throttledPrincipals);
    }

    private static boolean isBlock(RoutingContext ctx) {
        String path = ctx.request().path();
        // Few paths end so, and each request passes here.
        return path != null && path.endsWith("/blocks") && BLOCK.matcher(path).matches();
    }

    /** Tells the limit of the address on an answer that was refused before anybody counted the request. */
    void count(RoutingContext ctx) {
        if (!ctx.response().headWritten() && !ctx.response().headers().contains(Headers.RATE_LIMIT)) {
            tell(ctx, byAddress.take(ClientAddress.key(RequestGate.callerAddress(ctx))));
        }
    }

    private static boolean admit(RoutingContext ctx, Decision decision, Counter throttled) {
        tell(ctx, decision);
        if (!decision.allowed()) {
            throttled.increment();
            int seconds = (int) Math.max(1, Math.ceilDiv(decision.retryAfterMs(), 1_000L));
            ctx.fail(new ProblemException("rate_limited", null, List.of(), Map.of("retry_after", seconds)));
        }
        return decision.allowed();
    }

    private static void tell(RoutingContext ctx, Decision decision) {
        ctx.response()
                .headers()
                .set(Headers.RATE_LIMIT, Long.toString(decision.limit()))
                .set(Headers.RATE_REMAINING, Long.toString(decision.remaining()))
                .set(Headers.RATE_RESET, Long.toString(Math.ceilDiv(decision.resetMs(), 1_000L)));
    }
}

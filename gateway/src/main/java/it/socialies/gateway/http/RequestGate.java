// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.http;

import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

/** First handler of every request: gives it a trace id, and its answer the headers that all answers have. */
final class RequestGate implements Handler<RoutingContext> {
    private static final String TRACE_ID = "ies.trace";
    private static final Pattern CORRELATION = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    @Override
    public void handle(RoutingContext ctx) {
        String traceId = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
        ctx.put(TRACE_ID, traceId);
        String correlation = ctx.request().getHeader(Headers.CORRELATION_ID);
        boolean own = correlation != null && CORRELATION.matcher(correlation).matches();
        MultiMap headers = ctx.response().headers();
        headers.set(Headers.CORRELATION_ID, own ? correlation : traceId)
                .set(HttpHeaders.CACHE_CONTROL, "no-store")
                .set("X-Content-Type-Options", "nosniff")
                .set("X-Frame-Options", "DENY")
                .set("Referrer-Policy", "no-referrer")
                .set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
        ctx.next();
    }

    /** Names a request in logs and problems. */
    static String traceId(RoutingContext ctx) {
        String traceId = ctx.get(TRACE_ID);
        return traceId == null ? "-" : traceId;
    }
}

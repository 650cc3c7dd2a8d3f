// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.http;

import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import it.socialies.gateway.api.ProblemException;
import it.socialies.gateway.logs.TraceId;

/** First handler of every request: gives it a trace id, and its answer the headers that all answers have. */
final class RequestGate implements Handler<RoutingContext> {
    private static final String TRACE_ID = "ies.trace";
    private static final String CALLER = "ies.caller";

    /** Two years, and whatever else the host's name covers (RFC 6797). */
    private static final String HSTS = "max-age=63072000; includeSubDomains";

    private final CallerAddress callers;

    RequestGate(CallerAddress callers) {
        this.callers = callers;
    }

    @Override
    public void handle(RoutingContext ctx) {
        String traceId = TraceId.of(ctx.request().getHeader(Headers.CORRELATION_ID));
        ctx.put(TRACE_ID, traceId);
        TraceId.begin(traceId);
        MultiMap headers = ctx.response().headers();
        headers.set(Headers.CORRELATION_ID, traceId)
                .set(HttpHeaders.CACHE_CONTROL, "no-store")
                .set("X-Content-Type-Options", "nosniff")
                .set("X-Frame-Options", "DENY")
                .set("Referrer-Policy", "no-referrer")
                .set("Cross-Origin-Resource-Policy", "same-origin")
                .set("Content-Security-Policy", "default-src 'none'; base-uri 'none'; frame-ancestors 'none'");
        ctx.put(CALLER, callers.of(ctx.request()));
        if (callers.isSecure(ctx.request())) {
            headers.set("Strict-Transport-Security", HSTS);
        }
        String coding = ctx.request().getHeader(HttpHeaders.TRANSFER_ENCODING);
        if (coding != null && !coding.equalsIgnoreCase("chunked")) {
            // Where such a body ends nobody knows, so what follows is not another request (RFC 9112 6.1).
            ctx.response().putHeader(HttpHeaders.CONNECTION, "close");
            ctx.addEndHandler(ended -> ctx.request().connection().close());
            ctx.fail(new ProblemException("malformed"));
            return;
        }
        ctx.next();
    }

    /** Names a request in logs and problems. */
    static String traceId(RoutingContext ctx) {
        String traceId = ctx.get(TRACE_ID);
        return traceId == null ? "-" : traceId;
    }

    /** The numeric address that a request comes from. */
    static String callerAddress(RoutingContext ctx) {
        String address = ctx.get(CALLER);
        return address == null ? ctx.request().remoteAddress().hostAddress() : address;
    }
}

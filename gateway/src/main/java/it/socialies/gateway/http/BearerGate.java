// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.http;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import it.socialies.gateway.security.Principal;
import it.socialies.gateway.security.Refusal;
import it.socialies.gateway.security.RefusalCode;
import it.socialies.gateway.security.TokenVerifier;
import org.jspecify.annotations.Nullable;

/** Proves who calls, when a token came with the request. A bad token is refused on every route; a missing one only where one is needed. */
final class BearerGate implements Handler<RoutingContext> {
    private static final String PRINCIPAL = "ies.principal";
    private static final String SCHEME = "Bearer ";

    private final TokenVerifier verifier;
    private final RateGate rates;

    BearerGate(TokenVerifier verifier, RateGate rates) {
        this.verifier = verifier;
        this.rates = rates;
    }

    @Override
    public void handle(RoutingContext ctx) {
        String authorization = ctx.request().getHeader(HttpHeaders.AUTHORIZATION);
        if (authorization == null) {
            if (rates.admitAddress(ctx)) {
                ctx.next();
            }
            return;
        }
        if (!authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            refuse(ctx, new Refusal(RefusalCode.INVALID_TOKEN));
            return;
        }
        Future<Principal> verification =
                verifier.verify(authorization.substring(SCHEME.length()).trim());
        if (verification.succeeded()) {
            admit(ctx, verification.result());
        } else {
            verification.onSuccess(principal -> admit(ctx, principal)).onFailure(failure -> refuse(ctx, failure));
        }
    }

    private void admit(RoutingContext ctx, Principal principal) {
        ctx.put(PRINCIPAL, principal);
        if (rates.admitPrincipal(ctx, principal)) {
            ctx.next();
        }
    }

    private void refuse(RoutingContext ctx, Throwable failure) {
        if (rates.admitAddress(ctx)) {
            ctx.fail(failure);
        }
    }

    /** Who a request comes from; null when it brought no token. */
    static @Nullable Principal principal(RoutingContext ctx) {
        return ctx.get(PRINCIPAL);
    }
}

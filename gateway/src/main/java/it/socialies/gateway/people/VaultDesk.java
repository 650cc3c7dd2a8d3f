// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.people;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlConnection;
import it.socialies.gateway.api.ProblemException;
import it.socialies.gateway.http.ApiAnswer;
import it.socialies.gateway.http.ApiRequest;
import it.socialies.gateway.http.Idempotency;
import it.socialies.gateway.office.OfficeAnswer;
import it.socialies.gateway.security.Principal;
import it.socialies.gateway.security.RateLimiter;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/** How requests reach the vault: a change once per key, and searches no more often than a desk needs. Threading: any event loop. */
final class VaultDesk {
    private static final int CREATED = 201;

    private final Vault vault;
    private final RateLimiter searches;

    VaultDesk(Vault vault, RateLimiter searches) {
        this.vault = vault;
        this.searches = searches;
    }

    /** Changes something; the answer is kept with the key, in the clear, so it names nobody. */
    Future<ApiAnswer> change(
            ApiRequest request, Principal principal, Function<SqlConnection, Future<JsonObject>> work) {
        Idempotency key = request.key();
        String path = Objects.requireNonNull(request.context().request().path(), "a request without a path");
        return vault.once(
                        request.circuitId(),
                        key.uuid(),
                        principal.subject(),
                        "POST " + path,
                        CanonicalJson.bytes(request.body()),
                        connection -> work.apply(connection).map(json -> OfficeAnswer.of(CREATED, json.encode())))
                .map(OfficeAnswer::json);
    }

    /** Reads in one transaction, with what it logs. */
    <T> Future<T> read(ApiRequest request, Function<SqlConnection, Future<T>> work) {
        return vault.inCircuit(request.circuitId(), work);
    }

    /**
     * Counts a search of an operator; finding out that somebody is there is one too.
     *
     * @throws ProblemException rate_limited
     */
    void countSearch(Principal principal) {
        RateLimiter.Decision decision = searches.take(principal.subject());
        if (!decision.allowed()) {
            int seconds = (int) Math.max(1, Math.ceilDiv(decision.retryAfterMs(), 1_000L));
            throw new ProblemException("rate_limited", null, List.of(), Map.of("retry_after", seconds));
        }
    }
}

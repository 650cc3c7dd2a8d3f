// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.office;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlConnection;
import it.socialies.gateway.http.ApiAnswer;
import it.socialies.gateway.http.ApiRequest;
import it.socialies.gateway.http.Idempotency;
import it.socialies.gateway.security.Principal;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.function.Function;

/** How requests change the office: once per key. The answer is kept with the key, in the clear, so it holds no secret. Threading: any event loop. */
public final class OfficeDesk {
    private static final int CREATED = 201;

    private final OfficeRequests requests;

    public OfficeDesk(OfficeRequests requests) {
        this.requests = requests;
    }

    /** Whether a request with this key was carried out before: then {@link #once} only says again what it said. */
    public Future<Boolean> isKnown(ApiRequest request) {
        Idempotency key = request.key();
        return requests.isKnown(key.uuid());
    }

    /** Does the work once per key, in a transaction of its own; 201 with what it says. */
    public Future<ApiAnswer> once(
            ApiRequest request, Principal principal, Function<SqlConnection, Future<JsonObject>> work) {
        Idempotency key = request.key();
        String path = Objects.requireNonNull(request.context().request().path(), "a request without a path");
        return requests.once(
                        key.uuid(),
                        principal.subject(),
                        "POST " + path,
                        request.body().encode().getBytes(StandardCharsets.UTF_8),
                        connection -> work.apply(connection).map(json -> OfficeAnswer.of(CREATED, json.encode())))
                .map(OfficeAnswer::json);
    }
}

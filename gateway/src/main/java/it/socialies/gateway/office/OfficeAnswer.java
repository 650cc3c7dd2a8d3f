// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.office;

import io.vertx.core.json.JsonObject;
import it.socialies.gateway.http.ApiAnswer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What an office-only POST answered.
 *
 * @param status HTTP status
 * @param body JSON, or null; kept in the clear with the request, so never a secret
 * @param repeated true when this is the stored answer of an earlier request with the same key ({@code Idempotency-Hit})
 */
public record OfficeAnswer(int status, @Nullable String body, boolean repeated) {

    /** A first answer. */
    public static OfficeAnswer of(int status, @Nullable String body) {
        return new OfficeAnswer(status, body, false);
    }

    /** As the interface gives it; there must be a body. */
    public ApiAnswer json() {
        return new ApiAnswer(status, new JsonObject(Objects.requireNonNull(body)), repeated);
    }
}

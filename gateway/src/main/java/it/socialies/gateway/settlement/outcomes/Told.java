// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.settlement.outcomes;

import io.vertx.core.json.JsonObject;
import it.socialies.engine.protocol.sbe.LineOutcome;
import it.socialies.gateway.api.Json;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What somebody tells of one payment.
 *
 * @param reference of the payment in its order
 * @param cents that were paid, or not
 * @param reason of a payment that was not made, in the bank's or the desk's words
 * @param mandate its number in accounting
 */
public record Told(
        String reference,
        LineOutcome outcome,
        long cents,
        @Nullable String reason,
        @Nullable String mandate) {
    static Told of(JsonObject json) {
        return new Told(
                json.getString("reference"),
                LineOutcome.valueOf(json.getString("outcome").toUpperCase(Locale.ROOT)),
                Json.minorUnits(json, "amount", Json.EUR),
                json.getString("reason"),
                json.getString("mandate"));
    }
}

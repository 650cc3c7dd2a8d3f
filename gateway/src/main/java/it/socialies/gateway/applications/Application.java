// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.applications;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import it.socialies.gateway.api.Ids;
import it.socialies.gateway.api.Json;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An application. Immutable.
 *
 * @param said what the shop said, IBAN and all
 * @param verifiedBy operator; 0 when nobody has
 */
record Application(
        long id,
        int circuitId,
        JsonObject said,
        State state,
        long receivedMs,
        @Nullable JsonArray findings,
        long verifiedBy,
        long decidedBy,
        long decidedMs,
        @Nullable String reason,
        @Nullable UUID approvalKey,
        long merchantId) {
    private static final int ENDING = 4;

    enum State {
        RECEIVED,
        VERIFIED,
        APPROVING,
        APPROVED,
        REJECTED
    }

    static Application of(Row row, JsonObject said) {
        return new Application(
                row.getLong("application_id"),
                row.getInteger("circuit_id"),
                said,
                State.valueOf(row.getString("state")),
                row.getLong("received_ms"),
                row.getJsonArray("findings"),
                orZero(row, "verified_by"),
                orZero(row, "decided_by"),
                orZero(row, "decided_ms"),
                row.getString("reason"),
                row.getUUID("approval_key"),
                orZero(row, "merchant_id"));
    }

    private static long orZero(Row row, String column) {
        Long value = row.getLong(column);
        return value == null ? 0 : value;
    }

    /** In a list: enough to know it by. */
    JsonObject line() {
        JsonObject json = new JsonObject()
                .put("id", Ids.MERCHANT_APPLICATION.format(id))
                .put("state", state.name().toLowerCase(Locale.ROOT))
                .put("name", said.getString("name"))
                .put("category", said.getString("category"))
                .put("received_at", Json.time(receivedMs));
        if (verifiedBy != 0) {
            json.put("verified_by", Ids.OPERATOR.format(verifiedBy));
        }
        if (decidedBy != 0) {
            json.put("decided_by", Ids.OPERATOR.format(decidedBy)).put("decided_at", Json.time(decidedMs));
        }
        if (reason != null) {
            json.put("reason", reason);
        }
        return merchantId == 0 ? json : json.put("merchant_id", Ids.MERCHANT.format(merchantId));
    }

    /** All of it, but for the IBAN, of which nobody is shown more than the end. */
    JsonObject json() {
        JsonObject shown = said.copy();
        String iban = (String) shown.remove("iban");
        shown.put("iban_ending", iban.substring(iban.length() - ENDING));
        JsonObject json = line().put("application", shown);
        return findings == null ? json : json.put("findings", findings);
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.settlement.reconciliations;

import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import it.socialies.gateway.api.Json;
import it.socialies.gateway.settlement.orders.Mandate;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * What a file tells of one payment.
 *
 * @param line its place in the file, from 1
 * @param reference of the payment; null when only the mandate is told
 * @param mandate that pays it
 * @param isPaid false: it was not paid, or came back; null: only the mandate is told
 * @param day when
 * @param reason why not
 */
record Entry(
        int line,
        @Nullable String reference,
        @Nullable Mandate mandate,
        @Nullable Boolean isPaid,
        long cents,
        @Nullable LocalDate day,
        @Nullable String reason) {
    static final String COLUMNS =
            "line, reference, mandate_year, mandate_number, mandate_beneficiary, is_paid, amount, day, reason, result";

    static Entry of(Row row) {
        Long number = row.getLong("mandate_number");
        return new Entry(
                row.getInteger("line"),
                row.getString("reference"),
                number == null
                        ? null
                        : new Mandate(row.getInteger("mandate_year"), number, row.getInteger("mandate_beneficiary")),
                row.getBoolean("is_paid"),
                row.getLong("amount"),
                row.getLocalDate("day"),
                row.getString("reason"));
    }

    /** Which payment it is about. */
    Object target() {
        return reference != null ? reference : String.valueOf(mandate);
    }

    JsonObject json(@Nullable String result) {
        JsonObject json = new JsonObject().put("line", line).put("amount", Json.euro(cents));
        if (reference != null) {
            json.put("reference", reference);
        }
        if (mandate != null) {
            json.put("mandate", mandate.text());
        }
        if (isPaid != null) {
            json.put("outcome", isPaid ? "paid" : "rejected");
        }
        if (day != null) {
            json.put("date", day.toString());
        }
        if (reason != null) {
            json.put("reason", reason);
        }
        if (result != null) {
            json.put("result", result);
        }
        return json;
    }
}

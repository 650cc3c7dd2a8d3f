// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.tills;

import io.vertx.core.json.JsonObject;
import it.socialies.gateway.api.ProblemException;
import java.time.DateTimeException;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** The till's own document of a sale. Immutable. */
public record FiscalDocument(String number, LocalDate date) {
    private static final int NUMBER_MAX = 40;
    private static final int DATE_LENGTH = 10;

    /**
     * Reads one out of a request.
     *
     * @throws ProblemException invalid_field
     */
    static FiscalDocument of(JsonObject body, long nowMs) {
        return new FiscalDocument(body.getString("number"), TillDay.begun("/date", body.getString("date"), nowMs));
    }

    /** Whether this may be a number: printable ASCII without spaces. */
    public static boolean isNumber(String text) {
        return !text.isEmpty() && text.length() <= NUMBER_MAX && text.chars().allMatch(c -> c >= 0x21 && c <= 0x7e);
    }

    /** A day as documents write it; null when it is none. */
    public static @Nullable LocalDate dateOrNull(String text) {
        try {
            return text.length() == DATE_LENGTH ? LocalDate.parse(text) : null;
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** As the contract shows it. */
    public JsonObject json() {
        return new JsonObject().put("number", number).put("date", date.toString());
    }
}

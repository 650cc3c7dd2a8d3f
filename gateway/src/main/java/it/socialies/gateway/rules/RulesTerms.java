// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.rules;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import it.socialies.engine.protocol.sbe.DraftRulesEncoder;
import it.socialies.gateway.api.Json;
import it.socialies.gateway.api.ProblemException;
import it.socialies.gateway.merchants.Category;
import java.util.List;

/**
 * What a version of rules says. Amounts are cents, 0 = no limit.
 *
 * @param effectiveMs from when on it may be in force
 * @param categories bits of the trades that it admits
 * @param caps most a household of 1 … 5 may be granted
 * @param paymentMin least eligible amount of a bill that it pays for
 * @param paymentMax most that one payment draws
 * @param graceDays days in which what comes back after the end may still be spent
 * @param isIndivisible a pocket is spent whole or not at all
 */
record RulesTerms(
        long effectiveMs,
        long categories,
        List<Long> caps,
        long paymentMin,
        long paymentMax,
        long dayMax,
        long weekMax,
        long monthMax,
        long shopDayMax,
        int graceDays,
        boolean isIndivisible) {
    static final String COLUMNS =
            "effective_ms, categories, cap1, cap2, cap3, cap4, cap5, payment_min, payment_max, day_max, week_max,"
                    + " month_max, shop_day_max, grace_days, indivisible";

    private static final int CAPS = 5;
    private static final JsonArray NO_CAPS = new JsonArray(List.of(0L, 0L, 0L, 0L, 0L));

    /** @throws ProblemException invalid_field */
    static RulesTerms of(JsonObject body) {
        JsonArray caps = body.getJsonArray("household_caps", NO_CAPS);
        if (body.containsKey("payment_max") && limit(body, "payment_min") > limit(body, "payment_max")) {
            throw ProblemException.field("/payment_min", "range", "The least is above the most.");
        }
        return new RulesTerms(
                Json.timeMs(body, "effective_from"),
                Category.bits(body.getJsonArray("categories")),
                caps.stream().map(cap -> ((Number) cap).longValue()).toList(),
                limit(body, "payment_min"),
                limit(body, "payment_max"),
                limit(body, "day_max"),
                limit(body, "week_max"),
                limit(body, "month_max"),
                limit(body, "shop_day_max"),
                body.getInteger("grace_days", 0),
                body.getBoolean("indivisible", false));
    }

    static RulesTerms of(Row row) {
        Long[] caps = new Long[CAPS];
        for (int i = 0; i < CAPS; i++) {
            caps[i] = row.getLong("cap" + (i + 1));
        }
        return new RulesTerms(
                row.getLong("effective_ms"),
                row.getLong("categories"),
                List.of(caps),
                row.getLong("payment_min"),
                row.getLong("payment_max"),
                row.getLong("day_max"),
                row.getLong("week_max"),
                row.getLong("month_max"),
                row.getLong("shop_day_max"),
                row.getInteger("grace_days"),
                row.getShort("indivisible") != 0);
    }

    void encode(DraftRulesEncoder command) {
        command.effectiveMs(effectiveMs)
                .categories(categories)
                .cap1(caps.get(0))
                .cap2(caps.get(1))
                .cap3(caps.get(2))
                .cap4(caps.get(3))
                .cap5(caps.get(4))
                .paymentMin(paymentMin)
                .paymentMax(paymentMax)
                .dayMax(dayMax)
                .weekMax(weekMax)
                .monthMax(monthMax)
                .shopDayMax(shopDayMax)
                .graceDays(graceDays)
                .indivisible((short) (isIndivisible ? 1 : 0));
    }

    boolean admits(int category) {
        return (categories >>> category & 1) != 0;
    }

    /** As the contract shows them; a limit that is not there is left out. */
    JsonObject json() {
        JsonObject json = new JsonObject()
                .put("effective_from", Json.time(effectiveMs))
                .put("categories", Category.words(categories))
                .put("household_caps", new JsonArray(caps));
        put(json, "payment_min", paymentMin);
        put(json, "payment_max", paymentMax);
        put(json, "day_max", dayMax);
        put(json, "week_max", weekMax);
        put(json, "month_max", monthMax);
        put(json, "shop_day_max", shopDayMax);
        return json.put("grace_days", graceDays).put("indivisible", isIndivisible);
    }

    private static void put(JsonObject json, String field, long cents) {
        if (cents != 0) {
            json.put(field, Json.euro(cents));
        }
    }

    private static long limit(JsonObject body, String field) {
        return body.containsKey(field) ? Json.minorUnits(body, field, Json.EUR) : 0;
    }
}

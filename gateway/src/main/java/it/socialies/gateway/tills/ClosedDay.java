// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.tills;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import it.socialies.gateway.api.Ids;
import it.socialies.gateway.api.Json;
import it.socialies.gateway.security.Digest256;
import it.socialies.gateway.tills.DayStore.Close;
import it.socialies.gateway.tills.Sales.Sum;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/** What a day was when it was closed, and its digest: SHA-256 of it as canonical JSON (RFC 8785), which anybody who has the answer can make again. Stateless. */
final class ClosedDay {
    /** Of more payments without document only the number is kept. */
    private static final int LACKING_MAX = 1_000;

    private ClosedDay() {}

    /**
     * Freezes a day.
     *
     * @param sequence last record that is in it
     * @param sold numbers of the payments
     * @param documented those of them that have a document
     */
    static Close freeze(
            Till till,
            LocalDate day,
            long sequence,
            List<Sum> sums,
            List<Long> sold,
            Set<Long> documented,
            final long nowMs) {
        List<String> lacking = sold.stream()
                .filter(payment -> !documented.contains(payment))
                .map(Ids.PAYMENT::format)
                .toList();
        JsonObject content = new JsonObject()
                .put("outlet_id", Ids.OUTLET.format(till.outletId()))
                .put("day", day.toString())
                .put("closed_at", Json.time(nowMs))
                .put("closed_by", Ids.TERMINAL.format(till.terminalId()))
                .put("sequence", sequence)
                .put("totals", DayTotals.json(sums))
                .put("hours", DayTotals.hours(sums))
                .put("lacking_count", lacking.size())
                .put("lacking", new JsonArray(lacking.subList(0, Math.min(lacking.size(), LACKING_MAX))));
        String text = sorted(content).encode();
        return new Close(
                till.outletId(),
                day,
                sequence,
                text,
                Digest256.sha256(text.getBytes(StandardCharsets.UTF_8)).toBytes());
    }

    /** As the contract shows it. */
    static JsonObject json(Close close) {
        return new JsonObject(close.content()).put("digest", HexFormat.of().formatHex(close.digest()));
    }

    /** All of it is ASCII and whole numbers, so that only the order of the fields is left to do. */
    private static JsonObject sorted(JsonObject json) {
        TreeMap<String, Object> fields = new TreeMap<>();
        json.forEach(field -> fields.put(field.getKey(), sorted(field.getValue())));
        return new JsonObject(fields);
    }

    private static Object sorted(Object value) {
        if (value instanceof JsonObject nested) {
            return sorted(nested);
        }
        if (value instanceof JsonArray array) {
            JsonArray items = new JsonArray();
            array.forEach(item -> items.add(sorted(item)));
            return items;
        }
        return value;
    }
}

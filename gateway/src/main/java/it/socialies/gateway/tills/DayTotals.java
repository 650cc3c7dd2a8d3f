// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.tills;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import it.socialies.gateway.api.Json;
import it.socialies.gateway.tills.Sales.Sum;
import java.util.List;
import java.util.TreeMap;

/** Sums of a day as the contract shows them. Amounts are cents. Threading: one. */
final class DayTotals {
    private long sales;
    private long gross;
    private long refundCount;
    private long refunds;
    private long bill;
    private long eligible;

    private void add(Sum sum) {
        sales = Math.addExact(sales, sum.sales());
        gross = Math.addExact(gross, sum.gross());
        refundCount = Math.addExact(refundCount, sum.refundCount());
        refunds = Math.addExact(refunds, sum.refunds());
        bill = Math.addExact(bill, sum.bill());
        eligible = Math.addExact(eligible, sum.eligible());
    }

    /** Of all of them together. */
    static JsonObject json(List<Sum> sums) {
        DayTotals totals = new DayTotals();
        sums.forEach(totals::add);
        return totals.json()
                .put("bill_total", Json.euro(totals.bill))
                .put("eligible_amount", Json.euro(totals.eligible));
    }

    /** By the hour of the clock in Italy; hours in which nothing happened are left out. */
    static JsonArray hours(List<Sum> sums) {
        TreeMap<Integer, DayTotals> hours = new TreeMap<>();
        sums.forEach(sum ->
                hours.computeIfAbsent(sum.hour(), hour -> new DayTotals()).add(sum));
        JsonArray json = new JsonArray();
        hours.forEach((hour, totals) -> json.add(totals.json().put("hour", hour)));
        return json;
    }

    private JsonObject json() {
        return new JsonObject()
                .put("payments", sales)
                .put("gross", Json.euro(gross))
                .put("refund_count", refundCount)
                .put("refunds", Json.euro(refunds))
                .put("net", Json.euro(gross - refunds));
    }
}

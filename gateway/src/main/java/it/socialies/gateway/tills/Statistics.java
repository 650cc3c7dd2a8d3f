// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.tills;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import it.socialies.gateway.api.Json;
import it.socialies.gateway.http.Api;
import it.socialies.gateway.http.ApiAnswer;
import it.socialies.gateway.http.ApiRequest;
import it.socialies.gateway.http.Resource;
import it.socialies.gateway.projection.Projection;
import it.socialies.gateway.security.InstallationClock;
import java.time.DayOfWeek;
import java.time.YearMonth;
import java.util.TreeMap;

/**
 * How a shop's month was: by day of the week, by hour, the average receipt. Of customers only how many came back, of a month that is over and when they are
 * enough: a number that can be asked before and after a payment would tell of that customer. Threading: any event loop.
 */
final class Statistics implements Resource {
    /** Fewer than this are not told: they could be recognised. */
    static final int RETURNING_MIN = 10;

    private static final String SOLD =
            " FROM payment p WHERE p.merchant_id = $1 AND p.created_ms >= $2 AND p.created_ms < $3"
                    + " AND p.captured_total > 0";
    private static final String LOCAL = "(to_timestamp(p.created_ms / 1000.0) AT TIME ZONE 'Europe/Rome')";
    private static final String SUMS = "SELECT x.last_sequence AS as_of_sequence, d.* FROM position x LEFT JOIN ("
            + "SELECT extract(isodow FROM " + LOCAL + ")::int AS weekday, extract(hour FROM " + LOCAL
            + ")::int AS hour,"
            + " count(*) AS payments, sum(p.captured_total)::bigint AS gross, sum(p.bill_total)::bigint AS bill" + SOLD
            + " GROUP BY 1, 2) d ON true ORDER BY 2, 3";
    private static final String RETURNING = "SELECT count(*) AS cards FROM (SELECT 1" + SOLD
            + " GROUP BY p.card_id HAVING count(DISTINCT " + LOCAL + "::date) > 1) c";

    private final Projection projection;
    private final InstallationClock clock;

    Statistics(Projection projection, InstallationClock clock) {
        this.projection = projection;
        this.clock = clock;
    }

    /** Cents. */
    private record Sum(long payments, long gross, long bill) {
        static final Sum NONE = new Sum(0, 0, 0);

        Sum plus(Sum other) {
            return new Sum(
                    payments + other.payments, Math.addExact(gross, other.gross), Math.addExact(bill, other.bill));
        }

        JsonObject json() {
            return new JsonObject().put("payments", payments).put("gross", Json.euro(gross));
        }
    }

    @Override
    public void mount(Api api) {
        api.on("getTillStatistics", this::month);
    }

    private Future<ApiAnswer> month(ApiRequest request) {
        String text = request.query("month");
        YearMonth current = YearMonth.from(TillDay.of(clock.nowMs()));
        YearMonth month = text == null ? current : TillDay.month("month", text, clock.nowMs());
        long minSequence = request.query("min_sequence", 0);
        return Till.of(request, projection)
                .compose(till -> {
                    long startMs = TillDay.startMs(month.atDay(1));
                    long endMs = TillDay.startMs(month.plusMonths(1).atDay(1));
                    Tuple span = Tuple.of(till.merchantId(), startMs, endMs);
                    return projection.rows(minSequence, SUMS, span).compose(rows -> {
                        JsonObject json = json(month, rows);
                        return month.isBefore(current)
                                ? projection
                                        .rows(0, RETURNING, span)
                                        .map(cards -> returning(
                                                json, cards.iterator().next().getLong("cards")))
                                : Future.succeededFuture(json);
                    });
                })
                .map(ApiAnswer::ok);
    }

    private static JsonObject returning(JsonObject json, long cards) {
        return cards < RETURNING_MIN ? json : json.put("returning_cards", cards);
    }

    private static JsonObject json(YearMonth month, Iterable<Row> rows) {
        TreeMap<Integer, Sum> weekdays = new TreeMap<>();
        TreeMap<Integer, Sum> hours = new TreeMap<>();
        Sum all = Sum.NONE;
        long asOf = 0;
        for (Row row : rows) {
            asOf = row.getLong("as_of_sequence");
            Integer weekday = row.getInteger("weekday");
            if (weekday != null) {
                Sum sum = new Sum(row.getLong("payments"), row.getLong("gross"), row.getLong("bill"));
                weekdays.merge(weekday, sum, Sum::plus);
                hours.merge(row.getInteger("hour"), sum, Sum::plus);
                all = all.plus(sum);
            }
        }
        JsonArray byWeekday = new JsonArray();
        weekdays.forEach((weekday, sum) -> byWeekday.add(sum.json().put("weekday", word(weekday))));
        JsonArray byHour = new JsonArray();
        hours.forEach((hour, sum) -> byHour.add(sum.json().put("hour", hour)));
        JsonObject json = all.json()
                .put("month", month.toString())
                .put("weekdays", byWeekday)
                .put("hours", byHour)
                .put("as_of_sequence", asOf);
        return all.payments() == 0
                ? json
                : json.put("average_receipt", Json.euro(all.bill() / all.payments()))
                        .put("average_payment", Json.euro(all.gross() / all.payments()));
    }

    private static String word(int isoWeekday) {
        return Json.word(DayOfWeek.of(isoWeekday));
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.signals;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import it.socialies.gateway.api.Ids;
import it.socialies.gateway.api.Json;
import it.socialies.gateway.api.ProblemException;
import it.socialies.gateway.http.Api;
import it.socialies.gateway.http.ApiAnswer;
import it.socialies.gateway.http.ApiRequest;
import it.socialies.gateway.http.Resource;
import it.socialies.gateway.projection.Projection;
import it.socialies.gateway.security.OperatorRole;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The list of what somebody should look at, computed when it is asked for and kept nowhere. Threading: any event loop. */
public final class Signals implements Resource {
    static final List<SignalRule> RULES =
            List.of(new CardDrained(), new CardsSecondsApart(), new RoundSums(), new NightUse(), new UseAfterDeath());

    static final Duration RANGE_MAX = Duration.ofDays(31);
    private static final int FINDINGS_MAX = 200;
    private static final String POSITION = "SELECT last_sequence FROM position";

    private final Projection projection;

    public Signals(Projection projection) {
        this.projection = projection;
    }

    @Override
    public void mount(Api api) {
        api.on("listSignals", this::list);
    }

    private Future<ApiAnswer> list(ApiRequest request) {
        request.operatorWith(OperatorRole.SOCIAL, OperatorRole.ADMIN, OperatorRole.AUDITOR);
        long fromMs = timeMs(request, "from");
        long toMs = timeMs(request, "to");
        if (toMs <= fromMs || toMs - fromMs > RANGE_MAX.toMillis()) {
            throw ProblemException.field("to", "out_of_range", "After from, and at most 31 days.");
        }
        String named = request.query("rule");
        JsonArray items = new JsonArray();
        JsonArray more = new JsonArray();
        JsonObject answer = new JsonObject()
                .put("from", Json.time(fromMs))
                .put("to", Json.time(toMs))
                .put("items", items)
                .put("more", more);
        // Asked first, so that what is found holds at least what had happened by then.
        Future<Void> found = projection
                .rows(request.query("min_sequence", 0), POSITION, Tuple.tuple())
                .onSuccess(rows ->
                        answer.put("as_of_sequence", rows.iterator().next().getLong(0)))
                .mapEmpty();
        for (SignalRule rule : RULES) {
            if (named == null || named.equals(rule.word())) {
                found = found.compose(before -> findings(rule, request.circuitId(), fromMs, toMs, new ArrayList<>()))
                        .map(rows -> {
                            add(rule, rows, items, more);
                            return null;
                        });
            }
        }
        return found.map(all -> ApiAnswer.ok(answer));
    }

    /** Slice by slice, until there are more than are told. */
    private Future<List<Row>> findings(SignalRule rule, int circuitId, long fromMs, long toMs, List<Row> found) {
        long untilMs = Math.min(toMs, fromMs + rule.slice().toMillis());
        return projection
                .rows(0, rule.sql(), Tuple.of(circuitId, fromMs, untilMs, FINDINGS_MAX + 1 - found.size()))
                .compose(rows -> {
                    rows.forEach(found::add);
                    return untilMs == toMs || found.size() > FINDINGS_MAX
                            ? Future.succeededFuture(found)
                            : findings(rule, circuitId, untilMs, toMs, found);
                });
    }

    private static long timeMs(ApiRequest request, String name) {
        return Json.timeMs(new JsonObject().put(name, request.query(name)), name);
    }

    private static void add(SignalRule rule, List<Row> rows, JsonArray items, JsonArray more) {
        int count = 0;
        for (Row row : rows) {
            if (++count > FINDINGS_MAX) {
                more.add(rule.word());
                break;
            }
            items.add(json(rule, row));
        }
    }

    private static JsonObject json(SignalRule rule, Row row) {
        JsonObject json = new JsonObject()
                .put("rule", rule.word())
                .put("merchant_id", Ids.MERCHANT.format(row.getLong("merchant_id")))
                .put("first_at", Json.time(row.getLong("first_ms")))
                .put("last_at", Json.time(row.getLong("last_ms")))
                .put("amount", Json.euro(row.getLong("amount")))
                .put(
                        "payment_ids",
                        new JsonArray(Arrays.stream(row.getArrayOfLongs("payment_ids"))
                                .map(Ids.PAYMENT::format)
                                .toList()));
        put(json, "terminal_id", Ids.TERMINAL, row.getLong("terminal_id"));
        put(json, "wallet_id", Ids.WALLET, row.getLong("wallet_id"));
        Long spendable = row.getLong("spendable");
        return spendable == null ? json : json.put("spendable_before", Json.euro(spendable));
    }

    private static void put(JsonObject json, String field, Ids kind, @Nullable Long number) {
        if (number != null) {
            json.put(field, kind.format(number));
        }
    }
}

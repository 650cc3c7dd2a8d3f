// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.tills;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import it.socialies.engine.protocol.sbe.PrincipalKind;
import it.socialies.gateway.api.Ids;
import it.socialies.gateway.api.ProblemException;
import it.socialies.gateway.http.Api;
import it.socialies.gateway.http.ApiAnswer;
import it.socialies.gateway.http.ApiRequest;
import it.socialies.gateway.http.Resource;
import it.socialies.gateway.projection.Projection;
import it.socialies.gateway.security.InstallationClock;
import it.socialies.gateway.security.OperatorRole;
import it.socialies.gateway.security.Principal;
import it.socialies.gateway.tills.DayStore.Close;
import it.socialies.gateway.tills.Sales.Sum;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;

/** The totals of a day: of a terminal, of the till's outlet, and of the whole shop. Threading: any event loop. */
final class Days implements Resource {
    private final Projection projection;
    private final DayStore store;
    private final Sales sales;
    private final InstallationClock clock;

    Days(Projection projection, DayStore store, Sales sales, InstallationClock clock) {
        this.projection = projection;
        this.store = store;
        this.sales = sales;
        this.clock = clock;
    }

    @Override
    public void mount(Api api) {
        api.on("getTillDay", this::day);
        api.on("getTerminalTotals", this::terminal);
    }

    private Future<ApiAnswer> day(ApiRequest request) {
        LocalDate day =
                TillDay.begun("day", Objects.requireNonNull(request.context().pathParam("day")), clock.nowMs());
        long minSequence = request.query("min_sequence", 0);
        return Till.of(request, projection)
                .compose(till -> store.closes(till.outletIds(), day.minusDays(1), day)
                        .compose(closes -> sales.of(DaySpan.of(till, till.outletIds(), day, closes), minSequence)
                                .map(sold -> ApiAnswer.ok(json(till, day, closes, sold)))));
    }

    private static JsonObject json(Till till, LocalDate day, List<Close> closes, Sales.Day sold) {
        List<Sum> own = sold.sums().stream()
                .filter(sum -> sum.outletId() == till.outletId())
                .toList();
        JsonObject outlet = new JsonObject()
                .put("outlet_id", Ids.OUTLET.format(till.outletId()))
                .put("totals", DayTotals.json(own))
                .put("hours", DayTotals.hours(own));
        Close close = DayStore.find(closes, till.outletId(), day);
        if (close != null) {
            outlet.put("close", ClosedDay.json(close));
        }
        JsonArray closed = new JsonArray();
        till.outletIds().stream()
                .filter(each -> DayStore.find(closes, each, day) != null)
                .forEach(each -> closed.add(Ids.OUTLET.format(each)));
        return new JsonObject()
                .put("day", day.toString())
                .put("outlet", outlet)
                .put(
                        "shop",
                        new JsonObject()
                                .put("totals", DayTotals.json(sold.sums()))
                                .put("hours", DayTotals.hours(sold.sums()))
                                .put("closed_outlets", closed))
                .put("as_of_sequence", sold.asOfSequence());
    }

    /** Tills see those of their shop, the treasurer's office and auditors all of the circuit. */
    private Future<ApiAnswer> terminal(ApiRequest request) {
        Principal principal = request.principal();
        boolean isTill = principal.kind() == PrincipalKind.TERMINAL;
        if (!isTill) {
            request.operatorWith(OperatorRole.TREASURER, OperatorRole.ADMIN, OperatorRole.AUDITOR);
        }
        long terminalId = request.id(Ids.TERMINAL);
        String text = request.query("day");
        LocalDate day = text == null ? TillDay.of(clock.nowMs()) : TillDay.begun("day", text, clock.nowMs());
        long minSequence = request.query("min_sequence", 0);
        return Till.find(projection, request.circuitId(), terminalId, minSequence)
                .compose(till -> isTill ? requireOwn(request, till) : Future.succeededFuture(till))
                .compose(till -> store.closes(List.of(till.outletId()), day.minusDays(1), day)
                        .compose(closes ->
                                sales.of(DaySpan.of(till, List.of(till.outletId()), day, closes), minSequence))
                        .map(sold -> {
                            List<Sum> own = sold.sums().stream()
                                    .filter(sum -> sum.terminalId() == terminalId)
                                    .toList();
                            return ApiAnswer.ok(new JsonObject()
                                    .put("terminal_id", Ids.TERMINAL.format(terminalId))
                                    .put("outlet_id", Ids.OUTLET.format(till.outletId()))
                                    .put("day", day.toString())
                                    .put("totals", DayTotals.json(own))
                                    .put("hours", DayTotals.hours(own))
                                    .put("as_of_sequence", sold.asOfSequence()));
                        }));
    }

    private Future<Till> requireOwn(ApiRequest request, Till asked) {
        return Till.of(request, projection)
                .compose(own -> own.merchantId() == asked.merchantId()
                        ? Future.succeededFuture(asked)
                        : Future.failedFuture(new ProblemException("not_found")));
    }
}

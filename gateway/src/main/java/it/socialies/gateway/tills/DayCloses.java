// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.tills;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import it.socialies.gateway.http.Api;
import it.socialies.gateway.http.ApiAnswer;
import it.socialies.gateway.http.ApiRequest;
import it.socialies.gateway.http.Resource;
import it.socialies.gateway.office.OfficeDesk;
import it.socialies.gateway.projection.Projection;
import it.socialies.gateway.security.InstallationClock;
import it.socialies.gateway.tills.DayStore.Close;
import java.time.LocalDate;
import java.util.List;

/** Closes the day of an outlet, once: closed again it says the same. Threading: any event loop. */
final class DayCloses implements Resource {
    private final Projection projection;
    private final DayStore store;
    private final Sales sales;
    private final OfficeDesk desk;
    private final InstallationClock clock;

    DayCloses(Projection projection, DayStore store, Sales sales, OfficeDesk desk, InstallationClock clock) {
        this.projection = projection;
        this.store = store;
        this.sales = sales;
        this.desk = desk;
        this.clock = clock;
    }

    @Override
    public void mount(Api api) {
        api.on("closeTillDay", request -> close(api, request));
    }

    private Future<ApiAnswer> close(Api api, ApiRequest request) {
        LocalDate day = TillDay.begun("/day", request.body().getString("day"), clock.nowMs());
        return Till.of(request, projection)
                .compose(till -> Till.coreSequence(api)
                        .compose(sequence -> store.closes(List.of(till.outletId()), day.minusDays(1), day)
                                .map(closes -> DaySpan.of(till, List.of(till.outletId()), day, closes)
                                        .upTo(sequence))
                                .compose(span -> sales.of(span, sequence)
                                        .compose(sold -> sales.sold(span, sequence)
                                                .compose(payments ->
                                                        once(request, till, day, sequence, sold.sums(), payments))))));
    }

    private Future<ApiAnswer> once(
            ApiRequest request,
            Till till,
            LocalDate day,
            long sequence,
            List<Sales.Sum> sums,
            final List<Long> payments) {
        return desk.once(
                request,
                request.principal(),
                connection -> DayStore.lock(connection, till.outletId())
                        .compose(locked -> DayStore.closes(connection, List.of(till.outletId()), day))
                        .compose(closed -> {
                            if (!closed.isEmpty()) {
                                return Future.succeededFuture(ClosedDay.json(closed.getFirst()));
                            }
                            long nowMs = clock.nowMs();
                            return DayStore.documented(connection, payments).compose(documented -> {
                                Close close = ClosedDay.freeze(till, day, sequence, sums, payments, documented, nowMs);
                                return DayStore.close(connection, request.circuitId(), close, till.terminalId(), nowMs)
                                        .<JsonObject>map(kept -> ClosedDay.json(close));
                            });
                        }));
    }
}

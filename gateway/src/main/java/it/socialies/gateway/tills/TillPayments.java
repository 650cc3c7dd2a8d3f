// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.tills;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import it.socialies.engine.protocol.sbe.PaymentState;
import it.socialies.gateway.api.Ids;
import it.socialies.gateway.api.Json;
import it.socialies.gateway.http.Api;
import it.socialies.gateway.http.ApiAnswer;
import it.socialies.gateway.http.ApiRequest;
import it.socialies.gateway.http.Resource;
import it.socialies.gateway.projection.ListQuery;
import it.socialies.gateway.projection.Projection;
import it.socialies.gateway.security.InstallationClock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/** The payments that an outlet sold on a day, each with the till's document of it; or those that lack one. Threading: any event loop. */
final class TillPayments implements Resource {
    private static final String COLUMNS =
            "payment_id, terminal_id, state, bill_total, eligible_amount, captured_total, refunded_total, created_ms";

    private final Projection projection;
    private final DayStore store;
    private final Sales sales;
    private final InstallationClock clock;

    TillPayments(Projection projection, DayStore store, Sales sales, InstallationClock clock) {
        this.projection = projection;
        this.store = store;
        this.sales = sales;
        this.clock = clock;
    }

    @Override
    public void mount(Api api) {
        api.on("listTillPayments", this::list);
    }

    private Future<ApiAnswer> list(ApiRequest request) {
        String text = request.query("day");
        LocalDate day = text == null ? TillDay.of(clock.nowMs()) : TillDay.begun("day", text, clock.nowMs());
        boolean onlyLacking = request.query("lacking") != null;
        return Till.of(request, projection)
                .compose(till -> store.closes(List.of(till.outletId()), day.minusDays(1), day)
                        .compose(closes -> sales.sold(
                                DaySpan.of(till, List.of(till.outletId()), day, closes),
                                request.query("min_sequence", 0))))
                .compose(sold ->
                        store.documents(sold).compose(documents -> page(request, sold, documents, onlyLacking)));
    }

    private Future<ApiAnswer> page(
            ApiRequest request, List<Long> sold, Map<Long, FiscalDocument> documents, boolean onlyLacking) {
        Long[] asked = sold.stream()
                .filter(payment -> !onlyLacking || !documents.containsKey(payment))
                .toArray(Long[]::new);
        ListQuery query = new ListQuery(COLUMNS, "payment", "payment_id", true, row -> json(row, documents))
                .where("payment_id = ANY (?)", asked);
        return projection.page(request, query).map(ApiAnswer::ok);
    }

    private static JsonObject json(Row row, Map<Long, FiscalDocument> documents) {
        long id = row.getLong("payment_id");
        JsonObject json = new JsonObject()
                .put("id", Ids.PAYMENT.format(id))
                .put("terminal_id", Ids.TERMINAL.format(row.getLong("terminal_id")))
                .put("state", Json.word(PaymentState.get(row.getShort("state"))))
                .put("bill_total", Json.euro(row.getLong("bill_total")))
                .put("eligible_amount", Json.euro(row.getLong("eligible_amount")))
                .put("captured", Json.euro(row.getLong("captured_total")))
                .put("refunded", Json.euro(row.getLong("refunded_total")))
                .put("time", Json.time(row.getLong("created_ms")));
        FiscalDocument document = documents.get(id);
        return document == null ? json : json.put("fiscal_document", document.json());
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.settlement.notes;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Tuple;
import it.socialies.engine.protocol.sbe.PrincipalKind;
import it.socialies.gateway.api.Ids;
import it.socialies.gateway.api.Json;
import it.socialies.gateway.api.ProblemException;
import it.socialies.gateway.api.ProblemException.FieldError;
import it.socialies.gateway.http.Api;
import it.socialies.gateway.http.ApiAnswer;
import it.socialies.gateway.http.ApiRequest;
import it.socialies.gateway.http.Resource;
import it.socialies.gateway.office.OfficeDatabase;
import it.socialies.gateway.office.OfficeDesk;
import it.socialies.gateway.projection.ListQuery;
import it.socialies.gateway.projection.Projection;
import it.socialies.gateway.security.InstallationClock;
import it.socialies.gateway.security.OperatorRole;
import it.socialies.gateway.security.Principal;
import it.socialies.gateway.settlement.desk.SettlementDesk;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Debit notes: the desk sees those of a settlement, a till those of its shop; either confirms a draft with the shop's number and date, once and only with the total that it has. Threading: any event loop.
 */
public final class DebitNotes implements Resource {
    private static final ZoneId ITALY = ZoneId.of("Europe/Rome");
    private static final String SHOP_OF_TILL =
            "SELECT o.merchant_id FROM terminal t JOIN outlet o USING (outlet_id) WHERE t.terminal_id = $1";

    private final Projection projection;
    private final NoteStore store;
    private final SettlementDesk settlements;
    private final OfficeDesk desk;
    private final InstallationClock clock;

    public DebitNotes(Projection projection, OfficeDatabase office, OfficeDesk desk, InstallationClock clock) {
        this.projection = projection;
        store = new NoteStore(office);
        settlements = new SettlementDesk(projection);
        this.desk = desk;
        this.clock = clock;
    }

    @Override
    public void mount(Api api) {
        api.on("listDebitNotes", this::list);
        api.on("getDebitNote", this::get);
        api.on("confirmDebitNote", this::confirm);
        api.on("listOwnDebitNotes", this::own);
    }

    private static ListQuery query(ApiRequest request, String order, boolean newestFirst) {
        return new ListQuery(DebitNoteJson.COLUMNS, DebitNoteJson.SOURCE, order, newestFirst, DebitNoteJson::draft)
                .where("n.circuit_id = ?", request.circuitId());
    }

    /** Of a settlement, by shop. */
    private Future<ApiAnswer> list(ApiRequest request) {
        SettlementDesk.requireReader(request);
        ListQuery query =
                query(request, "n.merchant_id", false).where("n.settlement_id = ?", request.id(Ids.SETTLEMENT));
        return settlements
                .settlement(request)
                .compose(id -> projection.page(request, query))
                .compose(this::withConfirmations);
    }

    /** Of the till's shop, newest first. */
    private Future<ApiAnswer> own(ApiRequest request) {
        Principal till = request.principal();
        if (till.kind() != PrincipalKind.TERMINAL) {
            throw new ProblemException("forbidden");
        }
        return shopOf(till)
                .compose(merchantId -> projection.page(
                        request, query(request, "n.settlement_id", true).where("n.merchant_id = ?", merchantId)))
                .compose(this::withConfirmations);
    }

    private Future<ApiAnswer> withConfirmations(JsonObject page) {
        List<JsonObject> drafts =
                page.getJsonArray("items").stream().map(JsonObject.class::cast).toList();
        return store.confirmed(drafts.stream().map(NoteStore.Key::of).toList()).map(confirmed -> {
            drafts.forEach(draft -> DebitNoteJson.with(draft, confirmed.get(NoteStore.Key.of(draft))));
            return ApiAnswer.ok(page);
        });
    }

    private Future<ApiAnswer> get(ApiRequest request) {
        return requested(request).map(ApiAnswer::ok);
    }

    /** The note that the path names, for who may see it. */
    Future<JsonObject> requested(ApiRequest request) {
        long merchantId = request.id("merchant_id", Ids.MERCHANT);
        Principal principal = request.principal();
        Future<Void> allowed = Future.succeededFuture();
        if (principal.kind() == PrincipalKind.TERMINAL) {
            allowed = shopOf(principal)
                    .compose(own -> own == merchantId
                            ? Future.succeededFuture()
                            : Future.failedFuture(new ProblemException("not_found")));
        } else {
            SettlementDesk.requireReader(request);
        }
        ListQuery query = query(request, "n.settlement_id", true)
                .where("n.settlement_id = ?", request.id(Ids.SETTLEMENT))
                .where("n.merchant_id = ?", merchantId);
        return allowed.compose(yes -> projection.one(request.query("min_sequence", 0), query))
                .compose(found -> {
                    if (found == null) {
                        return Future.failedFuture(new ProblemException("not_found"));
                    }
                    NoteStore.Key key = NoteStore.Key.of(found);
                    return store.confirmed(List.of(key))
                            .map(confirmed -> DebitNoteJson.with(found, confirmed.get(key)));
                });
    }

    private Future<ApiAnswer> confirm(ApiRequest request) {
        JsonObject body = request.body();
        Principal principal = request.principal();
        if (principal.kind() != PrincipalKind.TERMINAL) {
            request.operatorWith(OperatorRole.TREASURER, OperatorRole.ADMIN);
        }
        String number = body.getString("number").strip();
        LocalDate date = LocalDate.parse(body.getString("date"));
        long total = Json.minorUnits(body, "total", Json.EUR);
        request.key();
        return requested(request).compose(note -> {
            requirePossible(note, number, date);
            return desk.once(request, principal, connection -> {
                if (total != Json.minorUnits(note, "total", Json.EUR)) {
                    return Future.failedFuture(new ProblemException("debit_note_total_differs"));
                }
                Confirmation said = new Confirmation(number, date, total, principal.subject(), clock.nowMs());
                return store.confirm(connection, request.circuitId(), NoteStore.Key.of(note), said)
                        .map(kept -> DebitNoteJson.with(note, said));
            });
        });
    }

    /** A note is not of the future, nor of before what it is about. */
    private void requirePossible(JsonObject note, String number, LocalDate date) {
        List<FieldError> errors = new ArrayList<>();
        if (number.isEmpty()) {
            errors.add(new FieldError("number", "empty", null));
        }
        LocalDate today = LocalDate.ofInstant(Instant.ofEpochMilli(clock.nowMs()), ITALY);
        LocalDate periodEnd = LocalDate.ofInstant(Instant.ofEpochMilli(Json.timeMs(note, "period_end") - 1), ITALY);
        if (date.isAfter(today) || date.isBefore(periodEnd)) {
            errors.add(new FieldError("date", "out_of_range", periodEnd + " … " + today));
        }
        if (!errors.isEmpty()) {
            throw new ProblemException("invalid_field", null, errors, Map.of());
        }
    }

    private Future<Long> shopOf(Principal till) {
        return projection.rows(0, SHOP_OF_TILL, Tuple.of(till.id())).compose(rows -> {
            for (var row : rows) {
                return Future.succeededFuture(row.getLong(0));
            }
            return Future.failedFuture(new ProblemException("not_found"));
        });
    }
}

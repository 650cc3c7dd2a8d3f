// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.tills;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import it.socialies.gateway.api.Ids;
import it.socialies.gateway.api.ProblemException;
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
import java.util.Set;

/** Takes down the till's document of a payment of the own shop, until the day of the payment is closed; told again it is corrected. Threading: any event loop. */
final class FiscalDocuments implements Resource {
    private static final String PAYMENT =
            "SELECT p.outlet_id, p.state, coalesce(c.timestamp_ms, p.created_ms) AS sold_ms,"
                    + " coalesce(c.sequence, p.sequence) AS sold_sequence"
                    + " FROM payment p LEFT JOIN payment_change c ON c.payment_id = p.payment_id AND c.state = 2"
                    + " WHERE p.payment_id = $1 AND p.merchant_id = $2";

    /** Voided, expired, rejected: nothing was sold. */
    private static final Set<Short> UNSOLD = Set.of((short) 3, (short) 4, (short) 5);

    private final Projection projection;
    private final OfficeDesk desk;
    private final InstallationClock clock;

    FiscalDocuments(Projection projection, OfficeDesk desk, InstallationClock clock) {
        this.projection = projection;
        this.desk = desk;
        this.clock = clock;
    }

    @Override
    public void mount(Api api) {
        api.on("addFiscalDocument", request -> add(api, request));
    }

    private Future<ApiAnswer> add(Api api, ApiRequest request) {
        long paymentId = request.id(Ids.PAYMENT);
        FiscalDocument document = FiscalDocument.of(request.body(), clock.nowMs());
        return Till.of(request, projection)
                .compose(till -> Till.coreSequence(api)
                        .compose(sequence -> projection.rows(sequence, PAYMENT, Tuple.of(paymentId, till.merchantId())))
                        .compose(rows -> rows.iterator().hasNext()
                                ? keep(request, till, paymentId, rows.iterator().next(), document)
                                : Future.failedFuture(new ProblemException("not_found"))));
    }

    private Future<ApiAnswer> keep(
            ApiRequest request, Till till, long paymentId, Row payment, final FiscalDocument document) {
        long outletId = payment.getLong("outlet_id");
        return desk.once(request, request.principal(), connection -> {
            if (UNSOLD.contains(payment.getShort("state"))) {
                return Future.failedFuture(new ProblemException("payment_state_conflict"));
            }
            return DayStore.lock(connection, outletId)
                    .compose(locked -> requireOpen(
                            connection, outletId, payment.getLong("sold_ms"), payment.getLong("sold_sequence")))
                    .compose(open -> DayStore.tell(
                            connection,
                            request.circuitId(),
                            outletId,
                            paymentId,
                            document,
                            till.terminalId(),
                            clock.nowMs()))
                    .map(told -> new JsonObject()
                            .put("payment_id", Ids.PAYMENT.format(paymentId))
                            .put("fiscal_document", document.json()));
        });
    }

    /** Sold after its day was closed, a payment belongs to the day after. */
    static Future<Void> requireOpen(SqlConnection connection, long outletId, long soldMs, long sequence) {
        LocalDate day = TillDay.of(soldMs);
        return DayStore.closes(connection, List.of(outletId), day, day.plusDays(1))
                .compose(closes -> {
                    Close own = DayStore.find(closes, outletId, day);
                    Close next = DayStore.find(closes, outletId, day.plusDays(1));
                    boolean closed = own != null && (sequence <= own.sequence() || next != null);
                    return closed ? Future.failedFuture(new ProblemException("day_closed")) : Future.succeededFuture();
                });
    }
}

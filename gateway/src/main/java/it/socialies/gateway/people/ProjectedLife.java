// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.people;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import it.socialies.engine.protocol.sbe.CardStatus;
import it.socialies.engine.protocol.sbe.PaymentState;
import it.socialies.gateway.api.Ids;
import it.socialies.gateway.api.Json;
import it.socialies.gateway.projection.Projection;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** What the ledger has of a person, by its number: cards and payments. Only the latest of many; when the projection is away the export says so and goes on. */
final class ProjectedLife {
    private static final int ROWS_MAX = 10_000;
    private static final String CARDS =
            "SELECT c.card_id, c.wallet_id, c.status, c.issued_ms FROM card c JOIN wallet w ON w.wallet_id = c.wallet_id"
                    + " WHERE w.holder_id = $1 AND w.circuit_id = $2 ORDER BY c.card_id DESC LIMIT " + ROWS_MAX;
    private static final String PAYMENTS =
            "SELECT p.payment_id, p.card_id, p.merchant_id, p.state, p.drawn, p.captured_total, p.refunded_total, p.created_ms"
                    + " FROM payment p JOIN wallet w ON w.wallet_id = p.wallet_id"
                    + " WHERE w.holder_id = $1 AND w.circuit_id = $2 ORDER BY p.payment_id DESC LIMIT " + ROWS_MAX;

    private static final String LAST_AWARD_ENDS =
            "SELECT max(p.valid_until_ms) FROM wallet w JOIN account a ON a.owner_id = w.wallet_id AND a.kind = 3"
                    + " JOIN programme p ON p.programme_id = a.programme_id WHERE w.holder_id = $1 AND w.circuit_id = $2";

    private final Projection projection;

    ProjectedLife(Projection projection) {
        this.projection = projection;
    }

    /**
     * The last day on which accounting law wants it kept to whom public money was awarded: some years after the end of the last programme that the person had money of.
     *
     * @return null when nothing was ever awarded; fails when the projection is away
     */
    Future<@Nullable LocalDate> keptUntil(int circuitId, long recordId, int years) {
        return projection
                .rows(0, LAST_AWARD_ENDS, Tuple.of(recordId, circuitId))
                .map(rows -> {
                    Long endMs = rows.iterator().next().getLong(0);
                    return endMs == null ? null : ItalianDay.of(endMs).plusYears(years);
                });
    }

    /** Adds it to an export. */
    Future<JsonObject> addTo(JsonObject export, int circuitId, long recordId) {
        Tuple whose = Tuple.of(recordId, circuitId);
        return projection
                .rows(0, CARDS, whose)
                .compose(cards -> projection
                        .rows(0, PAYMENTS, whose)
                        .map(payments -> export.put("cards", Items.of(cards, ProjectedLife::card))
                                .put("payments", Items.of(payments, ProjectedLife::payment))
                                .put("ledger_available", true)))
                .recover(away -> Future.succeededFuture(export.put("ledger_available", false)));
    }

    private static JsonObject card(Row row) {
        return new JsonObject()
                .put("id", Ids.CARD.format(row.getLong("card_id")))
                .put("wallet_id", Ids.WALLET.format(row.getLong("wallet_id")))
                .put("state", Json.word(CardStatus.get(row.getShort("status"))))
                .put("issued_at", Json.time(row.getLong("issued_ms")));
    }

    private static JsonObject payment(Row row) {
        return new JsonObject()
                .put("id", Ids.PAYMENT.format(row.getLong("payment_id")))
                .put("card_id", Ids.CARD.format(row.getLong("card_id")))
                .put("merchant_id", Ids.MERCHANT.format(row.getLong("merchant_id")))
                .put("state", Json.word(PaymentState.get(row.getShort("state"))))
                .put("drawn", Json.euro(row.getLong("drawn")))
                .put("captured", Json.euro(row.getLong("captured_total")))
                .put("refunded", Json.euro(row.getLong("refunded_total")))
                .put("time", Json.time(row.getLong("created_ms")));
    }
}

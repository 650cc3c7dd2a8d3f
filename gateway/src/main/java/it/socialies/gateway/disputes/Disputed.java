// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.disputes;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import it.socialies.gateway.api.Ids;
import it.socialies.gateway.api.Json;
import it.socialies.gateway.api.ProblemException;
import it.socialies.gateway.projection.Projection;

/**
 * A dispute as the journal has it: numbers and money.
 *
 * @param reference its case in the office
 * @param decisionReference its decision in the office; 0 while it is open
 * @param paidMs when the payment was made
 * @param asOfSequence the projection had come to
 */
record Disputed(
        long disputeId,
        long paymentId,
        long merchantId,
        long amount,
        long reference,
        long openedMs,
        long refunded,
        long decisionReference,
        long proposalId,
        long decidedMs,
        long paidMs,
        long asOfSequence) {
    static final String COLUMNS =
            "d.dispute_id, d.payment_id, d.merchant_id, d.amount, d.reference, d.opened_ms, d.refunded,"
                    + " d.decision_reference, d.proposal_id, d.decided_ms, d.decided_sequence, p.created_ms";
    static final String SOURCE = "dispute d JOIN payment p USING (payment_id)";
    private static final String ONE = "SELECT (SELECT last_sequence FROM position) AS as_of_sequence, " + COLUMNS
            + " FROM " + SOURCE + " WHERE d.dispute_id = $1 AND d.circuit_id = $2";

    /** Fails with {@code not_found}. */
    static Future<Disputed> find(Projection projection, long minSequence, int circuitId, long disputeId) {
        return projection.rows(minSequence, ONE, Tuple.of(disputeId, circuitId)).compose(rows -> {
            for (Row row : rows) {
                return Future.succeededFuture(of(row));
            }
            return Future.failedFuture(new ProblemException("not_found"));
        });
    }

    private static Disputed of(Row row) {
        return new Disputed(
                row.getLong("dispute_id"),
                row.getLong("payment_id"),
                row.getLong("merchant_id"),
                row.getLong("amount"),
                row.getLong("reference"),
                row.getLong("opened_ms"),
                row.getLong("refunded"),
                row.getLong("decision_reference"),
                row.getLong("proposal_id"),
                row.getLong("decided_ms"),
                row.getLong("created_ms"),
                row.getLong("as_of_sequence"));
    }

    boolean isOpen() {
        return decisionReference == 0;
    }

    long answerByMs() {
        return Hearing.answerByMs(openedMs);
    }

    /** A row of a list. */
    static JsonObject json(Row row) {
        long openedMs = row.getLong("opened_ms");
        JsonObject json = new JsonObject()
                .put("id", Ids.DISPUTE.format(row.getLong("dispute_id")))
                .put("payment_id", Ids.PAYMENT.format(row.getLong("payment_id")))
                .put("merchant_id", Ids.MERCHANT.format(row.getLong("merchant_id")))
                .put("state", state(row.getLong("decided_sequence")))
                .put("amount", Json.euro(row.getLong("amount")))
                .put("opened_at", Json.time(openedMs))
                .put("answer_by", Json.time(Hearing.answerByMs(openedMs)))
                .put("paid_at", Json.time(row.getLong("created_ms")));
        if (row.getLong("decided_sequence") != 0) {
            json.put("refunded", Json.euro(row.getLong("refunded")))
                    .put("proposal_id", Ids.PROPOSAL.format(row.getLong("proposal_id")))
                    .put("decided_at", Json.time(row.getLong("decided_ms")));
        }
        return json;
    }

    /** What the shop is shown: that money is held, and nothing of who holds the card or what was said. */
    static JsonObject forShop(Row row) {
        long decidedSequence = row.getLong("decided_sequence");
        return new JsonObject()
                .put("payment_id", Ids.PAYMENT.format(row.getLong("payment_id")))
                .put("held", Json.euro(decidedSequence == 0 ? row.getLong("amount") : 0))
                .put("state", state(decidedSequence));
    }

    static String state(long decidedSequence) {
        return decidedSequence == 0 ? "open" : "decided";
    }
}

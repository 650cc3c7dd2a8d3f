// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.traces;

import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import it.socialies.engine.protocol.sbe.AccountKind;
import it.socialies.engine.protocol.sbe.HoldCapturedDecoder;
import it.socialies.engine.protocol.sbe.HoldPostedDecoder;
import it.socialies.engine.protocol.sbe.HoldRefundedDecoder;
import it.socialies.engine.protocol.sbe.TransferReason;
import it.socialies.engine.protocol.sbe.UnitCode;
import it.socialies.gateway.api.Ids;
import it.socialies.gateway.api.Json;

/**
 * Posted money between two accounts: a row of {@code ledger_entry}. Immutable.
 *
 * @param line place in its record
 * @param kind template id of the event
 * @param reason of a transfer, else 0
 * @param holdId of payments and refunds, else 0
 */
record Move(
        long sequence,
        int line,
        int kind,
        int reason,
        Place from,
        Place to,
        String currency,
        long amount,
        long holdId,
        long paymentId,
        long referenceId,
        long timestampMs) {
    /** Kinds of events that move posted money. */
    static final String POSTED = "kind IN (131, 133, 134, 136) AND amount > 0";

    static final String COLUMNS =
            "e.sequence, e.index, e.kind, e.reason, e.amount, e.hold_id, e.payment_id, e.reference_id,"
                    + " e.timestamp_ms, f.unit, f.account_id AS from_id, f.kind AS from_kind, f.owner_id AS from_owner,"
                    + " f.programme_id AS from_programme, t.account_id AS to_id, t.kind AS to_kind, t.owner_id AS to_owner,"
                    + " t.programme_id AS to_programme";

    /** Joins the accounts of a source {@code e}. */
    static final String ACCOUNTS =
            " JOIN account f ON f.account_id = e.debit_account_id JOIN account t ON t.account_id = e.credit_account_id";

    static Move of(Row row) {
        return new Move(
                row.getLong("sequence"),
                row.getInteger("index"),
                row.getShort("kind"),
                row.getShort("reason"),
                Place.of(row, "from"),
                Place.of(row, "to"),
                Json.currency(UnitCode.get(row.getShort("unit"))),
                row.getLong("amount"),
                row.getLong("hold_id"),
                row.getLong("payment_id"),
                row.getLong("reference_id"),
                row.getLong("timestamp_ms"));
    }

    /** A payment took it: what becomes of it the hold tells. */
    boolean isCapture() {
        return (kind == HoldPostedDecoder.TEMPLATE_ID || kind == HoldCapturedDecoder.TEMPLATE_ID)
                && to.kind() == AccountKind.PAYABLE;
    }

    boolean isRefund() {
        return kind == HoldRefundedDecoder.TEMPLATE_ID;
    }

    /** Of the movements of a line of a settlement that are worth what the line pays, or with what it netted. */
    boolean isOfLine() {
        return reason == TransferReason.SETTLED.value()
                || reason == TransferReason.SETTLEMENT_RETURNED.value()
                || reason == TransferReason.PAID_OUT.value()
                || reason == TransferReason.PAYMENT_BOUNCED.value();
    }

    String reasonWord() {
        if (isRefund()) {
            return "refund";
        }
        return reason == 0 ? "payment" : Json.word(TransferReason.get((short) reason));
    }

    String name() {
        return sequence + "-" + line;
    }

    /** As a step of a way, which takes the cents from {@code firstCent} of it. */
    JsonObject step(long firstCent) {
        JsonObject json = new JsonObject()
                .put("entry", name())
                .put("time", Json.time(timestampMs))
                .put("reason", reasonWord())
                .put("amount", Json.amount(amount, currency))
                .put("first_cent", firstCent)
                .put("from", from.json())
                .put("to", to.json());
        if (paymentId != 0) {
            json.put("payment_id", Ids.PAYMENT.format(paymentId));
        }
        if (reason == TransferReason.TOPPED_UP.value() || reason == TransferReason.FUND_MOVED.value()) {
            json.put("proposal_id", Ids.PROPOSAL.format(referenceId));
        } else if (reason == TransferReason.EMERGENCY_AWARDED.value()) {
            json.put("emergency_award_id", Ids.EMERGENCY_AWARD.format(referenceId));
        }
        return json;
    }
}

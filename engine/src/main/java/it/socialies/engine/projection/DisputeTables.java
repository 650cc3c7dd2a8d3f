// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.projection;

import it.socialies.engine.protocol.sbe.DisputeDecidedDecoder;
import it.socialies.engine.protocol.sbe.DisputeOpenedDecoder;
import java.util.List;

/** Disputes, what they hold of which hold, and how they were decided. */
final class DisputeTables implements TableGroup {
    private final DisputeOpenedDecoder disputeOpened = new DisputeOpenedDecoder();
    private final DisputeDecidedDecoder disputeDecided = new DisputeDecidedDecoder();

    private final ColumnBuffer disputes = ColumnBuffer.insert(
            "dispute",
            "dispute_id",
            "circuit_id",
            "payment_id",
            "amount",
            "reference",
            "opened_by",
            "opened_ms",
            "sequence");
    /** Behind the holds' own changes. What was refunded later in this transaction, by the decision for instance, was there when the dispute was opened. */
    private final ColumnBuffer parts =
            new ColumnBuffer("dispute", """
            WITH opened AS MATERIALIZED (
                SELECT * FROM {rows}
            ), refundable AS (
                SELECT o.dispute_id, o.circuit_id, o.amount, h.hold_id, h.credit_account_id,
                    h.captured - h.refunded + coalesce((SELECT sum(e.amount) FROM ledger_entry e
                        WHERE e.payment_id = o.payment_id AND e.sequence > o.sequence AND e.kind = 136 AND e.hold_id = h.hold_id), 0) AS rest
                FROM opened o JOIN hold h ON h.payment_id = o.payment_id
            ), reversed AS (
                SELECT *, sum(rest) OVER (PARTITION BY dispute_id ORDER BY hold_id DESC) - rest AS behind FROM refundable
            ), part AS (
                INSERT INTO disputed_part (dispute_id, hold_id, account_id, amount, circuit_id)
                SELECT dispute_id, hold_id, credit_account_id, least(rest, amount - behind), circuit_id
                FROM reversed WHERE rest > 0 AND behind < amount
            )
            UPDATE dispute AS t SET merchant_id = p.merchant_id
            FROM opened o JOIN payment p ON p.payment_id = o.payment_id WHERE t.dispute_id = o.dispute_id""", "dispute_id", "circuit_id", "payment_id", "amount", "sequence");

    private final ColumnBuffer decisions = ColumnBuffer.update(
            "dispute", "dispute_id", "refunded", "decision_reference", "proposal_id", "decided_ms", "decided_sequence");

    @Override
    public boolean project(final EventCursor event) {
        switch (event.templateId()) {
            case DisputeOpenedDecoder.TEMPLATE_ID -> onDisputeOpened(event);
            case DisputeDecidedDecoder.TEMPLATE_ID -> {
                disputeDecided.wrap(event.buffer(), event.offset(), event.blockLength(), event.version());
                decisions.lastRow(
                        disputeDecided.disputeId(),
                        disputeDecided.refunded(),
                        disputeDecided.reference(),
                        disputeDecided.proposalId(),
                        event.timestampMs(),
                        event.sequence());
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private void onDisputeOpened(final EventCursor event) {
        disputeOpened.wrap(event.buffer(), event.offset(), event.blockLength(), event.version());
        final long disputeId = disputeOpened.disputeId();
        final long paymentId = disputeOpened.paymentId();
        final long amount = disputeOpened.amount();
        disputes.row(
                disputeId,
                event.circuitId(),
                paymentId,
                amount,
                disputeOpened.reference(),
                disputeOpened.operatorId(),
                event.timestampMs(),
                event.sequence());
        parts.row(disputeId, event.circuitId(), paymentId, amount, event.sequence());
    }

    @Override
    public List<ColumnBuffer> inserts() {
        return List.of(disputes);
    }

    @Override
    public List<ColumnBuffer> updates() {
        return List.of(parts, decisions);
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.projection;

import it.socialies.engine.protocol.sbe.PaymentChangedDecoder;
import it.socialies.engine.protocol.sbe.PaymentClosedDecoder;
import it.socialies.engine.protocol.sbe.PaymentMadeDecoder;
import it.socialies.engine.protocol.sbe.PaymentRejectedDecoder;
import it.socialies.engine.protocol.sbe.PaymentState;
import java.util.List;

/** Payments made and rejected, and what became of them. */
final class PaymentTables implements TableGroup {
    private final PaymentMadeDecoder paymentMade = new PaymentMadeDecoder();
    private final PaymentRejectedDecoder paymentRejected = new PaymentRejectedDecoder();
    private final PaymentChangedDecoder paymentChanged = new PaymentChangedDecoder();
    private final PaymentClosedDecoder paymentClosed = new PaymentClosedDecoder();

    private final ColumnBuffer payments = ColumnBuffer.insert(
            "payment",
            "payment_id",
            "circuit_id",
            "wallet_id",
            "card_id",
            "merchant_id",
            "outlet_id",
            "terminal_id",
            "state",
            "outcome",
            "bill_total",
            "eligible_amount",
            "drawn",
            "captured_total",
            "remaining",
            "tries_left",
            "terminal_reference",
            "created_ms",
            "changed_ms",
            "deadline_ms",
            "sequence",
            "changed_sequence");
    private final ColumnBuffer totals = ColumnBuffer.update(
            "payment", "payment_id", "state", "captured_total", "refunded_total", "changed_ms", "changed_sequence");
    private final ColumnBuffer closings = ColumnBuffer.update("payment", "payment_id", "closed_ms");
    private final ColumnBuffer changes = ColumnBuffer.insert(
            "payment_change",
            "sequence",
            "index",
            "payment_id",
            "amount",
            "captured_total",
            "refunded_total",
            "state",
            "timestamp_ms");

    @Override
    public boolean project(final EventCursor event) {
        switch (event.templateId()) {
            case PaymentMadeDecoder.TEMPLATE_ID -> onPaymentMade(event);
            case PaymentRejectedDecoder.TEMPLATE_ID -> onPaymentRejected(event);
            case PaymentChangedDecoder.TEMPLATE_ID -> onPaymentChanged(event);
            case PaymentClosedDecoder.TEMPLATE_ID -> {
                paymentClosed.wrap(event.buffer(), event.offset(), event.blockLength(), event.version());
                closings.lastRow(paymentClosed.paymentId(), event.timestampMs());
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private void onPaymentMade(final EventCursor event) {
        paymentMade.wrap(event.buffer(), event.offset(), event.blockLength(), event.version());
        final boolean captured = paymentMade.stateRaw() == PaymentState.CAPTURED.value();
        payments.row(
                paymentMade.paymentId(),
                event.circuitId(),
                paymentMade.walletId(),
                paymentMade.cardId(),
                paymentMade.merchantId(),
                paymentMade.outletId(),
                paymentMade.terminalId(),
                paymentMade.stateRaw(),
                event.outcome(),
                paymentMade.billTotal(),
                paymentMade.eligibleAmount(),
                paymentMade.drawn(),
                captured ? paymentMade.drawn() : 0,
                0,
                0,
                paymentMade.terminalReference(),
                event.timestampMs(),
                event.timestampMs(),
                paymentMade.deadlineMs(),
                event.sequence(),
                event.sequence());
    }

    private void onPaymentRejected(final EventCursor event) {
        paymentRejected.wrap(event.buffer(), event.offset(), event.blockLength(), event.version());
        payments.row(
                paymentRejected.paymentId(),
                event.circuitId(),
                paymentRejected.walletId(),
                paymentRejected.cardId(),
                paymentRejected.merchantId(),
                paymentRejected.outletId(),
                paymentRejected.terminalId(),
                PaymentState.REJECTED.value(),
                event.outcome(),
                paymentRejected.billTotal(),
                paymentRejected.eligibleAmount(),
                0,
                0,
                paymentRejected.remaining(),
                paymentRejected.triesLeft(),
                paymentRejected.terminalReference(),
                event.timestampMs(),
                event.timestampMs(),
                0,
                event.sequence(),
                event.sequence());
    }

    private void onPaymentChanged(final EventCursor event) {
        paymentChanged.wrap(event.buffer(), event.offset(), event.blockLength(), event.version());
        totals.lastRow(
                paymentChanged.paymentId(),
                paymentChanged.stateRaw(),
                paymentChanged.capturedTotal(),
                paymentChanged.refundedTotal(),
                event.timestampMs(),
                event.sequence());
        changes.row(
                event.sequence(),
                event.index(),
                paymentChanged.paymentId(),
                paymentChanged.amount(),
                paymentChanged.capturedTotal(),
                paymentChanged.refundedTotal(),
                paymentChanged.stateRaw(),
                event.timestampMs());
    }

    @Override
    public List<ColumnBuffer> inserts() {
        return List.of(payments, changes);
    }

    @Override
    public List<ColumnBuffer> updates() {
        return List.of(totals, closings);
    }
}

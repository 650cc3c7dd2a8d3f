// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.payments;

import it.socialies.engine.core.collections.ByteColumn;
import it.socialies.engine.core.collections.DeadlineHeap;
import it.socialies.engine.core.collections.IntColumn;
import it.socialies.engine.core.collections.LongColumn;
import it.socialies.engine.core.kernel.CoreTags;
import it.socialies.engine.core.kernel.HashSums;
import it.socialies.engine.core.kernel.InvariantViolated;
import it.socialies.engine.protocol.EntityHash;
import it.socialies.engine.protocol.sbe.PaymentMadeDecoder;
import it.socialies.engine.protocol.sbe.PaymentRejectedDecoder;
import it.socialies.engine.protocol.sbe.PaymentState;

/**
 * Payments with their totals; their money is in the holds, which follow each other from {@link #firstHold}. Columns by payment id. An authorized payment has
 * the deadline of its expiry, any other the deadline after which it can no longer change.
 */
public final class Payments {
    /** A payment can be refunded at the till for so long after its last change. */
    public static final long CHANGEABLE_MS = 90L * 24 * 3_600_000;

    private static final int INITIAL_DEADLINES = 1024;
    private static final int CLOSED = 0;

    private final int max;
    private final HashSums sums;
    private final DeadlineHeap deadlines;
    private final LongColumn walletId;
    private final LongColumn cardId;
    private final LongColumn terminalId;
    private final LongColumn billTotal;
    private final LongColumn eligibleAmount;
    private final LongColumn drawn;
    private final LongColumn captured;
    private final LongColumn refunded;
    private final LongColumn createdMs;
    private final LongColumn deadlineMs;
    private final LongColumn terminalReference;
    private final LongColumn firstHold;
    private final IntColumn circuitId;
    private final ByteColumn state;
    private long count;

    /** At most {@code max} payments. */
    public Payments(final int max, final HashSums sums) {
        this.max = max;
        this.sums = sums;
        deadlines = new DeadlineHeap(INITIAL_DEADLINES, max);
        walletId = new LongColumn(max);
        cardId = new LongColumn(max);
        terminalId = new LongColumn(max);
        billTotal = new LongColumn(max);
        eligibleAmount = new LongColumn(max);
        drawn = new LongColumn(max);
        captured = new LongColumn(max);
        refunded = new LongColumn(max);
        createdMs = new LongColumn(max);
        deadlineMs = new LongColumn(max);
        terminalReference = new LongColumn(max);
        firstHold = new LongColumn(max);
        circuitId = new IntColumn(max);
        state = new ByteColumn(max);
    }

    /** Id of the next payment. */
    public long nextId() {
        return count + 1;
    }

    /** Payments so far, rejected ones included. */
    public long count() {
        return count;
    }

    /** True when no payment fits any more. */
    public boolean isFull() {
        return count >= max;
    }

    /** True when there is such a payment in the circuit, and it has not left the core. */
    public boolean exists(final long id, final int circuitId) {
        return id > 0 && id <= count && this.circuitId.get(id) == circuitId && state.get(id) != CLOSED;
    }

    void make(final PaymentMadeDecoder event, final int circuitId, final long timestampMs, final long firstHold) {
        final long id = nextInOrder(event.paymentId());
        walletId.set(id, event.walletId());
        cardId.set(id, event.cardId());
        terminalId.set(id, event.terminalId());
        billTotal.set(id, event.billTotal());
        eligibleAmount.set(id, event.eligibleAmount());
        drawn.set(id, event.drawn());
        captured.set(id, event.state() == PaymentState.CAPTURED ? event.drawn() : 0);
        createdMs.set(id, timestampMs);
        deadlineMs.set(id, event.deadlineMs());
        terminalReference.set(id, event.terminalReference());
        this.firstHold.set(id, firstHold);
        this.circuitId.set(id, circuitId);
        state.set(id, (byte) event.state().value());
        deadlines.add(id, event.deadlineMs());
        sums.addCore(hash(id));
    }

    void reject(final PaymentRejectedDecoder event, final int circuitId, final long timestampMs) {
        final long id = nextInOrder(event.paymentId());
        walletId.set(id, event.walletId());
        cardId.set(id, event.cardId());
        terminalId.set(id, event.terminalId());
        billTotal.set(id, event.billTotal());
        eligibleAmount.set(id, event.eligibleAmount());
        createdMs.set(id, timestampMs);
        terminalReference.set(id, event.terminalReference());
        this.circuitId.set(id, circuitId);
        state.set(id, (byte) PaymentState.REJECTED.value());
        sums.addCore(hash(id));
    }

    void change(
            final long id,
            final long capturedTotal,
            final long refundedTotal,
            final PaymentState newState,
            final long timestampMs) {
        sums.removeCore(hash(id));
        captured.set(id, capturedTotal);
        refunded.set(id, refundedTotal);
        state.set(id, (byte) newState.value());
        final long newDeadlineMs = timestampMs + CHANGEABLE_MS;
        deadlineMs.set(id, newDeadlineMs);
        deadlines.update(id, newDeadlineMs);
        sums.addCore(hash(id));
        if (capturedTotal > drawn.get(id) || refundedTotal > capturedTotal) {
            throw new InvariantViolated("payment " + id + " gave more than it drew");
        }
    }

    void close(final long id) {
        sums.removeCore(hash(id));
        state.set(id, (byte) CLOSED);
        deadlines.remove(id);
    }

    /** Payment with the earliest deadline that has come; 0 for none. */
    public long firstDue(final long nowMs) {
        return deadlines.size() > 0 && deadlines.peekDeadlineMs() <= nowMs ? deadlines.peekId() : 0;
    }

    /** Wallet that paid. */
    public long walletId(final long id) {
        return walletId.get(id);
    }

    /** Card that paid. */
    public long cardId(final long id) {
        return cardId.get(id);
    }

    /** Terminal it was made at. */
    public long terminalId(final long id) {
        return terminalId.get(id);
    }

    /** Total of the bill, in minor units. */
    public long billTotal(final long id) {
        return billTotal.get(id);
    }

    /** Part of the bill that vouchers may pay, in minor units. */
    public long eligibleAmount(final long id) {
        return eligibleAmount.get(id);
    }

    /** What was drawn at first, in minor units. */
    public long drawn(final long id) {
        return drawn.get(id);
    }

    /** What was captured, in minor units. */
    public long captured(final long id) {
        return captured.get(id);
    }

    /** What was refunded, in minor units. */
    public long refunded(final long id) {
        return refunded.get(id);
    }

    /** Stamp of the payment, in milliseconds. */
    public long createdMs(final long id) {
        return createdMs.get(id);
    }

    /** End of the authorization, or of the time in which it can change, in milliseconds. */
    public long deadlineMs(final long id) {
        return deadlineMs.get(id);
    }

    /** Hash of the shop's own reference; 0 for none. */
    public long terminalReference(final long id) {
        return terminalReference.get(id);
    }

    /** First of its holds, which have consecutive ids. */
    public long firstHold(final long id) {
        return firstHold.get(id);
    }

    /** State, as in the schema. */
    public PaymentState state(final long id) {
        return PaymentState.get(state.get(id));
    }

    private long nextInOrder(final long id) {
        if (id != count + 1) {
            throw new InvariantViolated("payment " + id + " made after " + count);
        }
        count = id;
        return id;
    }

    private long hash(final long id) {
        long h = EntityHash.start(CoreTags.PAYMENT);
        h = EntityHash.add(h, id);
        h = EntityHash.add(h, walletId.get(id));
        h = EntityHash.add(h, cardId.get(id));
        h = EntityHash.add(h, terminalId.get(id));
        h = EntityHash.add(h, billTotal.get(id));
        h = EntityHash.add(h, eligibleAmount.get(id));
        h = EntityHash.add(h, drawn.get(id));
        h = EntityHash.add(h, captured.get(id));
        h = EntityHash.add(h, refunded.get(id));
        h = EntityHash.add(h, createdMs.get(id));
        h = EntityHash.add(h, deadlineMs.get(id));
        h = EntityHash.add(h, terminalReference.get(id));
        h = EntityHash.add(h, firstHold.get(id));
        h = EntityHash.add(h, circuitId.get(id));
        h = EntityHash.add(h, state.get(id));
        return EntityHash.end(h);
    }
}

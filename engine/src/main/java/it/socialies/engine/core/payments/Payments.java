// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.payments;

import it.socialies.engine.core.collections.ByteColumn;
import it.socialies.engine.core.collections.DeadlineHeap;
import it.socialies.engine.core.collections.IntColumn;
import it.socialies.engine.core.collections.LongColumn;
import it.socialies.engine.core.collections.Slots;
import it.socialies.engine.core.collections.StateFields;
import it.socialies.engine.core.collections.StateTable;
import it.socialies.engine.core.kernel.CoreTags;
import it.socialies.engine.core.kernel.HashSums;
import it.socialies.engine.core.kernel.InvariantViolated;
import it.socialies.engine.protocol.EntityHash;
import it.socialies.engine.protocol.sbe.PaymentMadeDecoder;
import it.socialies.engine.protocol.sbe.PaymentState;

/**
 * Payments that can still change, with their totals; their money is in the holds, which follow each other from {@link #firstHold}. Columns by slot. An
 * authorized payment has the deadline of its expiry, any other the deadline after which it can no longer change and leaves. A rejected payment has an id
 * and nothing else here.
 */
public final class Payments implements StateTable {
    /** A payment can be refunded at the till for so long after its last change. */
    public static final long CHANGEABLE_MS = 90L * 24 * 3_600_000;

    /** Deadline of a disputed payment, which waits for two persons and not for time. */
    private static final long NEVER = Long.MAX_VALUE;

    private static final int INITIAL_DEADLINES = 1024;

    private final HashSums sums;
    private final Slots slots;
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
    private long lastId;

    /** At most {@code max} payments at a time. */
    public Payments(final int max, final HashSums sums) {
        this.sums = sums;
        slots = new Slots(max);
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
        return lastId + 1;
    }

    /** Id of the last payment, made or rejected; 0 before the first. */
    public long lastId() {
        return lastId;
    }

    /** Payments present: made, and not closed yet. */
    public long count() {
        return slots.count();
    }

    /** True when no payment fits any more. */
    public boolean isFull() {
        return !slots.hasRoomFor(1);
    }

    /** True when there is such a payment in the circuit: it was not rejected and has not left the core. */
    public boolean exists(final long id, final int circuitId) {
        final int slot = slots.slotOf(id);
        return slot != 0 && this.circuitId.get(slot) == circuitId;
    }

    /** True when the payment can no longer change, whether or not a tick has closed it yet. */
    public boolean hasEnded(final long id, final long nowMs) {
        final int slot = slotOf(id);
        return nowMs >= deadlineMs.get(slot) && state.get(slot) != PaymentState.AUTHORIZED.value();
    }

    void make(final PaymentMadeDecoder event, final int circuitId, final long timestampMs, final long firstHold) {
        final long id = event.paymentId();
        takeId(id);
        final int slot = slots.open(id);
        walletId.set(slot, event.walletId());
        cardId.set(slot, event.cardId());
        terminalId.set(slot, event.terminalId());
        billTotal.set(slot, event.billTotal());
        eligibleAmount.set(slot, event.eligibleAmount());
        drawn.set(slot, event.drawn());
        captured.set(slot, event.state() == PaymentState.CAPTURED ? event.drawn() : 0);
        refunded.set(slot, 0);
        createdMs.set(slot, timestampMs);
        deadlineMs.set(slot, event.deadlineMs());
        terminalReference.set(slot, event.terminalReference());
        this.firstHold.set(slot, firstHold);
        this.circuitId.set(slot, circuitId);
        state.set(slot, (byte) event.state().value());
        deadlines.add(slot, id, event.deadlineMs());
        sums.addCore(hash(id, slot));
    }

    void reject(final long id) {
        takeId(id);
    }

    void change(
            final long id,
            final long capturedTotal,
            final long refundedTotal,
            final PaymentState newState,
            final long timestampMs) {
        final int slot = slotOf(id);
        sums.removeCore(hash(id, slot));
        captured.set(slot, capturedTotal);
        refunded.set(slot, refundedTotal);
        state.set(slot, (byte) newState.value());
        postpone(slot, timestampMs + CHANGEABLE_MS);
        sums.addCore(hash(id, slot));
        if (capturedTotal > drawn.get(slot) || refundedTotal > capturedTotal) {
            throw new InvariantViolated("payment " + id + " gave more than it drew");
        }
    }

    /** Keeps the payment as it is until {@link #settleDispute}. */
    public void dispute(final long id) {
        waitAnew(id, NEVER);
    }

    /** The dispute is over, and the payment can change again for a while. */
    public void settleDispute(final long id, final long timestampMs) {
        waitAnew(id, timestampMs + CHANGEABLE_MS);
    }

    private void waitAnew(final long id, final long newDeadlineMs) {
        final int slot = slotOf(id);
        sums.removeCore(hash(id, slot));
        postpone(slot, newDeadlineMs);
        sums.addCore(hash(id, slot));
    }

    private void postpone(final int slot, final long newDeadlineMs) {
        deadlineMs.set(slot, newDeadlineMs);
        deadlines.update(slot, newDeadlineMs);
    }

    void close(final long id) {
        final int slot = slotOf(id);
        sums.removeCore(hash(id, slot));
        deadlines.remove(slot);
        slots.close(id);
    }

    /** Payment with the earliest deadline that has come; 0 for none. */
    public long firstDue(final long nowMs) {
        return deadlines.size() > 0 && deadlines.peekDeadlineMs() <= nowMs ? deadlines.peekId() : 0;
    }

    /** Wallet that paid. */
    public long walletId(final long id) {
        return walletId.get(slotOf(id));
    }

    /** Card that paid. */
    public long cardId(final long id) {
        return cardId.get(slotOf(id));
    }

    /** Terminal it was made at. */
    public long terminalId(final long id) {
        return terminalId.get(slotOf(id));
    }

    /** Total of the bill, in minor units. */
    public long billTotal(final long id) {
        return billTotal.get(slotOf(id));
    }

    /** Part of the bill that vouchers may pay, in minor units. */
    public long eligibleAmount(final long id) {
        return eligibleAmount.get(slotOf(id));
    }

    /** What was drawn at first, in minor units. */
    public long drawn(final long id) {
        return drawn.get(slotOf(id));
    }

    /** What was captured, in minor units. */
    public long captured(final long id) {
        return captured.get(slotOf(id));
    }

    /** What was refunded, in minor units. */
    public long refunded(final long id) {
        return refunded.get(slotOf(id));
    }

    /** Stamp of the payment, in milliseconds. */
    public long createdMs(final long id) {
        return createdMs.get(slotOf(id));
    }

    /** End of the authorization, or of the time in which it can change, in milliseconds. */
    public long deadlineMs(final long id) {
        return deadlineMs.get(slotOf(id));
    }

    /** True while a part of it is disputed. */
    public boolean isDisputed(final long id) {
        return deadlineMs.get(slotOf(id)) == NEVER;
    }

    /** Hash of the shop's own reference; 0 for none. */
    public long terminalReference(final long id) {
        return terminalReference.get(slotOf(id));
    }

    /** First of its holds, which have consecutive ids. */
    public long firstHold(final long id) {
        return firstHold.get(slotOf(id));
    }

    /** State, as in the schema. */
    public PaymentState state(final long id) {
        return PaymentState.get(state.get(slotOf(id)));
    }

    @Override
    public void visit(final StateFields fields) {
        lastId = fields.number("payments.last_id", lastId);
        slots.visit(fields, "payments");
        deadlines.visit(fields, "payments.due");
        walletId.visit(fields, "payments.wallet_id");
        cardId.visit(fields, "payments.card_id");
        terminalId.visit(fields, "payments.terminal_id");
        billTotal.visit(fields, "payments.bill_total");
        eligibleAmount.visit(fields, "payments.eligible_amount");
        drawn.visit(fields, "payments.drawn");
        captured.visit(fields, "payments.captured");
        refunded.visit(fields, "payments.refunded");
        createdMs.visit(fields, "payments.created_ms");
        deadlineMs.visit(fields, "payments.deadline_ms");
        terminalReference.visit(fields, "payments.terminal_reference");
        firstHold.visit(fields, "payments.first_hold");
        circuitId.visit(fields, "payments.circuit_id");
        state.visit(fields, "payments.state");
    }

    @Override
    public void rebuild() {
        slots.rebuild((id, slot) -> sums.addCore(hash(id, slot)));
        deadlines.rebuild();
    }

    private void takeId(final long id) {
        if (id != lastId + 1) {
            throw new InvariantViolated("payment " + id + " made after " + lastId);
        }
        lastId = id;
    }

    private int slotOf(final long id) {
        final int slot = slots.slotOf(id);
        if (slot == 0) {
            throw new InvariantViolated("payment " + id + " is not there");
        }
        return slot;
    }

    private long hash(final long id, final int slot) {
        long h = EntityHash.start(CoreTags.PAYMENT);
        h = EntityHash.add(h, id);
        h = EntityHash.add(h, walletId.get(slot));
        h = EntityHash.add(h, cardId.get(slot));
        h = EntityHash.add(h, terminalId.get(slot));
        h = EntityHash.add(h, billTotal.get(slot));
        h = EntityHash.add(h, eligibleAmount.get(slot));
        h = EntityHash.add(h, drawn.get(slot));
        h = EntityHash.add(h, captured.get(slot));
        h = EntityHash.add(h, refunded.get(slot));
        h = EntityHash.add(h, createdMs.get(slot));
        h = EntityHash.add(h, deadlineMs.get(slot));
        h = EntityHash.add(h, terminalReference.get(slot));
        h = EntityHash.add(h, firstHold.get(slot));
        h = EntityHash.add(h, circuitId.get(slot));
        h = EntityHash.add(h, state.get(slot));
        return EntityHash.end(h);
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.ledger;

import it.socialies.engine.core.collections.ByteColumn;
import it.socialies.engine.core.collections.IntColumn;
import it.socialies.engine.core.collections.LongColumn;
import it.socialies.engine.core.collections.Slots;
import it.socialies.engine.core.collections.StateFields;
import it.socialies.engine.core.collections.StateTable;
import it.socialies.engine.core.kernel.CoreTags;
import it.socialies.engine.core.kernel.HashSums;
import it.socialies.engine.core.kernel.InvariantViolated;
import it.socialies.engine.protocol.EntityHash;
import it.socialies.engine.protocol.sbe.HoldState;

/**
 * Holds: money set aside between two accounts for a payment, then captured, released or given back. Columns by slot. A hold leaves with its payment; its
 * hash stays in the ledger's sum, since Postgres keeps its row.
 */
public final class Holds implements StateTable {
    private final HashSums sums;
    private final Slots slots;
    private final LongColumn paymentId;
    private final LongColumn debitAccountId;
    private final LongColumn creditAccountId;
    private final LongColumn amount;
    private final LongColumn captured;
    private final LongColumn refunded;
    private final ByteColumn state;
    private final IntColumn rulesVersion;
    private final IntColumn drawnOn;
    private long lastId;

    /** Sum of the hashes of the holds that left. */
    private long closedHash;

    /** At most {@code max} holds at a time. */
    public Holds(final int max, final HashSums sums) {
        this.sums = sums;
        slots = new Slots(max);
        paymentId = new LongColumn(max);
        debitAccountId = new LongColumn(max);
        creditAccountId = new LongColumn(max);
        amount = new LongColumn(max);
        captured = new LongColumn(max);
        refunded = new LongColumn(max);
        state = new ByteColumn(max);
        rulesVersion = new IntColumn(max);
        drawnOn = new IntColumn(max);
    }

    /** Id of the next hold. */
    public long nextId() {
        return lastId + 1;
    }

    /** Id of the last hold, 0 before the first. */
    public long lastId() {
        return lastId;
    }

    /** Holds present. */
    public long count() {
        return slots.count();
    }

    /** True when this many more holds fit. */
    public boolean hasRoomFor(final int holds) {
        return slots.hasRoomFor(holds);
    }

    void place(
            final long id,
            final long paymentId,
            final long debitAccountId,
            final long creditAccountId,
            final long amount,
            final long captured,
            final HoldState state,
            final int rulesVersion,
            final int drawnOn) {
        if (id != lastId + 1) {
            throw new InvariantViolated("hold " + id + " placed after " + lastId);
        }
        lastId = id;
        final int slot = slots.open(id);
        this.paymentId.set(slot, paymentId);
        this.debitAccountId.set(slot, debitAccountId);
        this.creditAccountId.set(slot, creditAccountId);
        this.amount.set(slot, amount);
        this.captured.set(slot, captured);
        refunded.set(slot, 0);
        this.state.set(slot, (byte) state.value());
        this.rulesVersion.set(slot, rulesVersion);
        this.drawnOn.set(slot, rulesVersion == 0 ? 0 : drawnOn);
        sums.addLedger(hash(id, slot));
        sums.addCore(drawHash(id, slot));
    }

    void change(final long id, final long capturedDelta, final long refundedDelta, final HoldState newState) {
        final int slot = slotOf(id);
        sums.removeLedger(hash(id, slot));
        captured.add(slot, capturedDelta);
        refunded.add(slot, refundedDelta);
        state.set(slot, (byte) newState.value());
        sums.addLedger(hash(id, slot));
        if (captured.get(slot) > amount.get(slot) || refunded.get(slot) > captured.get(slot)) {
            throw new InvariantViolated("hold " + id + " gave more than it held");
        }
    }

    /** Lets a hold go that can no longer change. */
    public void close(final long id) {
        final int slot = slotOf(id);
        if (state.get(slot) == HoldState.HELD.value()) {
            throw new InvariantViolated("hold " + id + " left with money set aside");
        }
        closedHash += hash(id, slot);
        sums.removeCore(drawHash(id, slot));
        slots.close(id);
    }

    /** True when there is such a hold and it belongs to the payment. */
    public boolean belongsTo(final long id, final long paymentId) {
        final int slot = slots.slotOf(id);
        return slot != 0 && this.paymentId.get(slot) == paymentId;
    }

    /** The last hold of a payment, whose first is given. */
    public long lastOf(final long firstHold, final long paymentId) {
        long hold = firstHold;
        while (belongsTo(hold + 1, paymentId)) {
            hold++;
        }
        return hold;
    }

    /** Account the money comes from. */
    public long debitAccountId(final long id) {
        return debitAccountId.get(slotOf(id));
    }

    /** Account the money goes to. */
    public long creditAccountId(final long id) {
        return creditAccountId.get(slotOf(id));
    }

    /** Version of the programme's rules it was drawn under; 0 for IES and for what older releases drew. */
    public int rulesVersion(final long id) {
        return rulesVersion.get(slotOf(id));
    }

    /** Date on which it was drawn, in days since the epoch. */
    public int drawnOn(final long id) {
        return drawnOn.get(slotOf(id));
    }

    /** Amount held at first, in minor units. */
    public long amount(final long id) {
        return amount.get(slotOf(id));
    }

    /** What a refund can still give back, in minor units. */
    public long refundable(final long id) {
        final int slot = slotOf(id);
        return captured.get(slot) - refunded.get(slot);
    }

    @Override
    public void visit(final StateFields fields) {
        lastId = fields.number("holds.last_id", lastId);
        closedHash = fields.number("holds.closed_hash", closedHash);
        slots.visit(fields, "holds");
        paymentId.visit(fields, "holds.payment_id");
        debitAccountId.visit(fields, "holds.debit_account_id");
        creditAccountId.visit(fields, "holds.credit_account_id");
        amount.visit(fields, "holds.amount");
        captured.visit(fields, "holds.captured");
        refunded.visit(fields, "holds.refunded");
        state.visit(fields, "holds.state");
        rulesVersion.visit(fields, "holds.rules_version");
        drawnOn.visit(fields, "holds.drawn_on");
    }

    @Override
    public void rebuild() {
        slots.rebuild((id, slot) -> {
            sums.addLedger(hash(id, slot));
            sums.addCore(drawHash(id, slot));
        });
        sums.addLedger(closedHash);
    }

    private int slotOf(final long id) {
        final int slot = slots.slotOf(id);
        if (slot == 0) {
            throw new InvariantViolated("hold " + id + " is not there");
        }
        return slot;
    }

    /** 0 for a hold without rules. */
    private long drawHash(final long id, final int slot) {
        if (rulesVersion.get(slot) == 0) {
            return 0;
        }
        long h = EntityHash.start(CoreTags.DRAW);
        h = EntityHash.add(h, id);
        h = EntityHash.add(h, rulesVersion.get(slot));
        h = EntityHash.add(h, drawnOn.get(slot));
        return EntityHash.end(h);
    }

    private long hash(final long id, final int slot) {
        return EntityHash.hold(
                id,
                paymentId.get(slot),
                debitAccountId.get(slot),
                creditAccountId.get(slot),
                amount.get(slot),
                captured.get(slot),
                refunded.get(slot),
                state.get(slot));
    }
}

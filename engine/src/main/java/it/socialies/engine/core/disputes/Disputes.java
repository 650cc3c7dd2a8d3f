// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.disputes;

import it.socialies.engine.core.collections.LongColumn;
import it.socialies.engine.core.collections.Slots;
import it.socialies.engine.core.collections.StateFields;
import it.socialies.engine.core.collections.StateTable;
import it.socialies.engine.core.kernel.CoreTags;
import it.socialies.engine.core.kernel.HashSums;
import it.socialies.engine.core.kernel.InvariantViolated;
import it.socialies.engine.core.ledger.Holds;
import it.socialies.engine.core.payments.Payments;
import it.socialies.engine.protocol.EntityHash;
import org.agrona.collections.Long2LongHashMap;

/**
 * Disputes that nobody has decided yet, and what they hold of each payable. A disputed payment cannot change, so what is held follows from its holds. Columns by
 * slot.
 */
public final class Disputes implements StateTable {
    private final Payments payments;
    private final Holds holds;
    private final HashSums sums;
    private final Slots slots;
    private final LongColumn paymentId;
    private final LongColumn amount;
    private final Long2LongHashMap disputedOf = new Long2LongHashMap(0);
    private long lastId;

    /** At most {@code max} disputes at a time, of these payments. */
    public Disputes(final int max, final Payments payments, final Holds holds, final HashSums sums) {
        this.payments = payments;
        this.holds = holds;
        this.sums = sums;
        slots = new Slots(max);
        paymentId = new LongColumn(max);
        amount = new LongColumn(max);
    }

    /** Id of the next dispute. */
    public long nextId() {
        return lastId + 1;
    }

    /** True when no dispute fits any more. */
    public boolean isFull() {
        return !slots.hasRoomFor(1);
    }

    /** True when there is such a dispute in the circuit, and nobody decided it. */
    public boolean exists(final long id, final int circuitId) {
        final int slot = slots.slotOf(id);
        return slot != 0 && payments.exists(paymentId.get(slot), circuitId);
    }

    /** Payment that it is about. */
    public long paymentId(final long id) {
        return paymentId.get(slotOf(id));
    }

    /** What is disputed, in minor units. */
    public long amount(final long id) {
        return amount.get(slotOf(id));
    }

    /** What is disputed of a payable, in minor units. */
    public long disputedOf(final long payableAccountId) {
        return disputedOf.get(payableAccountId);
    }

    void open(final long id, final long ofPayment, final long disputed) {
        if (id != lastId + 1) {
            throw new InvariantViolated("dispute " + id + " after " + lastId);
        }
        final int slot = slots.open(id);
        paymentId.set(slot, ofPayment);
        amount.set(slot, disputed);
        sums.removeCore(countHash());
        lastId = id;
        sums.addCore(countHash());
        sums.addCore(hash(id, slot));
        hold(slot, 1);
    }

    void decide(final long id) {
        final int slot = slotOf(id);
        hold(slot, -1);
        sums.removeCore(hash(id, slot));
        slots.close(id);
    }

    /** Holds what is disputed, or lets it go: along the holds of the payment, the last drawn first, as a refund would. */
    private void hold(final int slot, final int sign) {
        final long id = paymentId.get(slot);
        long rest = amount.get(slot);
        for (long hold = holds.lastOf(payments.firstHold(id), id); rest > 0; hold--) {
            final long part = Math.min(rest, holds.refundable(hold));
            if (part > 0) {
                final long payable = holds.creditAccountId(hold);
                final long after = disputedOf.get(payable) + sign * part;
                if (after == 0) {
                    disputedOf.remove(payable);
                } else {
                    disputedOf.put(payable, after);
                }
            }
            rest -= part;
        }
    }

    @Override
    public void visit(final StateFields fields) {
        slots.visit(fields, "proposals.disputes", "disputes");
        lastId = fields.number("disputes.last_id", lastId);
        paymentId.visit(fields, "disputes.payment_id");
        amount.visit(fields, "disputes.amount");
    }

    @Override
    public void rebuild() {
        sums.addCore(countHash());
        slots.rebuild((id, slot) -> {
            sums.addCore(hash(id, slot));
            hold(slot, 1);
        });
    }

    private int slotOf(final long id) {
        final int slot = slots.slotOf(id);
        if (slot == 0) {
            throw new InvariantViolated("dispute " + id + " is not there");
        }
        return slot;
    }

    /** 0 before the first dispute, so that the hashes of older journals stay. */
    private long countHash() {
        return lastId == 0 ? 0 : EntityHash.end(EntityHash.add(EntityHash.start(CoreTags.DISPUTES), lastId));
    }

    private long hash(final long id, final int slot) {
        long h = EntityHash.start(CoreTags.DISPUTE);
        h = EntityHash.add(h, id);
        h = EntityHash.add(h, paymentId.get(slot));
        h = EntityHash.add(h, amount.get(slot));
        return EntityHash.end(h);
    }
}

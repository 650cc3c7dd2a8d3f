// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.ledger;

import it.socialies.engine.core.collections.ByteColumn;
import it.socialies.engine.core.collections.LongColumn;
import it.socialies.engine.core.kernel.HashSums;
import it.socialies.engine.core.kernel.InvariantViolated;
import it.socialies.engine.protocol.EntityHash;
import it.socialies.engine.protocol.sbe.HoldState;

/** Holds: money set aside between two accounts for a payment, then captured, released or given back. Columns by hold id. */
public final class Holds {
    private final int max;
    private final HashSums sums;
    private final LongColumn paymentId;
    private final LongColumn debitAccountId;
    private final LongColumn creditAccountId;
    private final LongColumn amount;
    private final LongColumn captured;
    private final LongColumn refunded;
    private final ByteColumn state;
    private long count;

    /** At most {@code max} holds. */
    public Holds(final int max, final HashSums sums) {
        this.max = max;
        this.sums = sums;
        paymentId = new LongColumn(max);
        debitAccountId = new LongColumn(max);
        creditAccountId = new LongColumn(max);
        amount = new LongColumn(max);
        captured = new LongColumn(max);
        refunded = new LongColumn(max);
        state = new ByteColumn(max);
    }

    /** Id of the next hold. */
    public long nextId() {
        return count + 1;
    }

    /** True when this many more holds fit. */
    public boolean hasRoomFor(final int holds) {
        return count + holds <= max;
    }

    void place(
            final long id,
            final long paymentId,
            final long debitAccountId,
            final long creditAccountId,
            final long amount,
            final long captured,
            final HoldState state) {
        if (id != count + 1) {
            throw new InvariantViolated("hold " + id + " placed after " + count);
        }
        count = id;
        this.paymentId.set(id, paymentId);
        this.debitAccountId.set(id, debitAccountId);
        this.creditAccountId.set(id, creditAccountId);
        this.amount.set(id, amount);
        this.captured.set(id, captured);
        refunded.set(id, 0);
        this.state.set(id, (byte) state.value());
        sums.addLedger(hash(id));
    }

    void change(final long id, final long capturedDelta, final long refundedDelta, final HoldState newState) {
        sums.removeLedger(hash(id));
        captured.add(id, capturedDelta);
        refunded.add(id, refundedDelta);
        state.set(id, (byte) newState.value());
        sums.addLedger(hash(id));
        if (captured.get(id) > amount.get(id) || refunded.get(id) > captured.get(id)) {
            throw new InvariantViolated("hold " + id + " gave more than it held");
        }
    }

    /** True when there is such a hold and it belongs to the payment. */
    public boolean belongsTo(final long id, final long paymentId) {
        return id > 0 && id <= count && this.paymentId.get(id) == paymentId;
    }

    /** Account the money comes from. */
    public long debitAccountId(final long id) {
        return debitAccountId.get(id);
    }

    /** Account the money goes to. */
    public long creditAccountId(final long id) {
        return creditAccountId.get(id);
    }

    /** Amount held at first, in minor units. */
    public long amount(final long id) {
        return amount.get(id);
    }

    /** What a refund can still give back, in minor units. */
    public long refundable(final long id) {
        return captured.get(id) - refunded.get(id);
    }

    private long hash(final long id) {
        return EntityHash.hold(
                id,
                paymentId.get(id),
                debitAccountId.get(id),
                creditAccountId.get(id),
                amount.get(id),
                captured.get(id),
                refunded.get(id),
                state.get(id));
    }
}

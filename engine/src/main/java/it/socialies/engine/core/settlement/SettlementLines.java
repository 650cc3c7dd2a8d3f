// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.settlement;

import it.socialies.engine.core.collections.LongColumn;
import it.socialies.engine.core.collections.Slots;
import it.socialies.engine.core.collections.StateFields;
import it.socialies.engine.core.collections.StateTable;
import it.socialies.engine.core.kernel.CoreTags;
import it.socialies.engine.core.kernel.HashSums;
import it.socialies.engine.core.kernel.InvariantViolated;
import it.socialies.engine.protocol.EntityHash;
import it.socialies.engine.protocol.sbe.LineDrawnDecoder;
import java.util.function.LongConsumer;

/**
 * Lines of settlements: drawn, and not returned. A line that was paid stays for {@value #RETURN_DAYS} days, since a payment can come back; it leaves when a settlement is drawn behind that. Columns by slot.
 */
public final class SettlementLines implements StateTable {
    private static final int RETURN_DAYS = 120;
    private static final long RETURN_MS = RETURN_DAYS * 86_400_000L;

    private final HashSums sums;
    private final Slots slots;
    private final LongColumn settlementId;
    private final LongColumn merchantId;
    private final LongColumn programmeId;
    private final LongColumn toPay;

    /** Reference of the order it is in; 0 while it is open. */
    private final LongColumn orderedUnder;

    /** When it was paid; 0 while it was not. */
    private final LongColumn paidMs;

    private long lastId;

    /** At most {@code max} lines at a time. */
    public SettlementLines(final int max, final HashSums sums) {
        this.sums = sums;
        slots = new Slots(max);
        settlementId = new LongColumn(max);
        merchantId = new LongColumn(max);
        programmeId = new LongColumn(max);
        toPay = new LongColumn(max);
        orderedUnder = new LongColumn(max);
        paidMs = new LongColumn(max);
    }

    /** Id of the next line. */
    public long nextId() {
        return lastId + 1;
    }

    /** True when this many more lines fit. */
    public boolean hasRoomFor(final int lines) {
        return slots.hasRoomFor(lines);
    }

    /** True when there is such a line, of whatever circuit, and it has not left. */
    public boolean exists(final long id) {
        return slots.slotOf(id) != 0;
    }

    /** Settlement it was drawn into. */
    public long settlementId(final long id) {
        return settlementId.get(slotOf(id));
    }

    /** Shop that it pays. */
    public long merchantId(final long id) {
        return merchantId.get(slotOf(id));
    }

    /** Programme whose money it is. */
    public long programmeId(final long id) {
        return programmeId.get(slotOf(id));
    }

    /** What it pays, in minor units. */
    public long toPay(final long id) {
        return toPay.get(slotOf(id));
    }

    /** Whether it waits for an order, is in one, or was paid. */
    LinePlace place(final long id) {
        final int slot = slotOf(id);
        if (paidMs.get(slot) != 0) {
            return LinePlace.PAID;
        }
        return orderedUnder.get(slot) == 0 ? LinePlace.OPEN : LinePlace.ORDERED;
    }

    void draw(final LineDrawnDecoder event) {
        final long id = event.lineId();
        if (id != lastId + 1) {
            throw new InvariantViolated("settlement line " + id + " after " + lastId);
        }
        sums.removeCore(countHash());
        lastId = id;
        sums.addCore(countHash());
        if (event.amount() == event.netted()) {
            return;
        }
        final int slot = slots.open(id);
        settlementId.set(slot, event.settlementId());
        merchantId.set(slot, event.merchantId());
        programmeId.set(slot, event.programmeId());
        toPay.set(slot, event.amount() - event.netted());
        orderedUnder.set(slot, 0);
        paidMs.set(slot, 0);
        sums.addCore(hash(id, slot));
    }

    void order(final long id, final long reference) {
        become(id, reference, 0);
    }

    void pay(final long id, final long nowMs) {
        become(id, 0, nowMs);
    }

    void reopen(final long id) {
        become(id, 0, 0);
    }

    private void become(final long id, final long reference, final long paidAtMs) {
        final int slot = slotOf(id);
        sums.removeCore(hash(id, slot));
        orderedUnder.set(slot, reference);
        paidMs.set(slot, paidAtMs);
        sums.addCore(hash(id, slot));
    }

    /** Lets go of those whose payment no longer comes back, and tells the settlement of each. */
    void leaveUnreturned(final long nowMs, final LongConsumer left) {
        for (int slot = slots.highest(); slot > 0; slot--) {
            final long since = paidMs.get(slot);
            if (since != 0 && since <= nowMs - RETURN_MS) {
                final long ofSettlement = settlementId.get(slot);
                leave(slots.idOf(slot));
                left.accept(ofSettlement);
            }
        }
    }

    void leave(final long id) {
        final int slot = slotOf(id);
        sums.removeCore(hash(id, slot));
        paidMs.set(slot, 0);
        slots.close(id);
    }

    @Override
    public void visit(final StateFields fields) {
        slots.visit(fields, "proposals.settlementlines", "settlementlines");
        lastId = fields.number("settlementlines.last_id", lastId);
        settlementId.visit(fields, "settlementlines.settlement_id");
        merchantId.visit(fields, "settlementlines.merchant_id");
        programmeId.visit(fields, "settlementlines.programme_id");
        toPay.visit(fields, "settlementlines.to_pay");
        orderedUnder.visit(fields, "settlementlines.ordered_under");
        paidMs.visit(fields, "settlementlines.paid_ms");
    }

    @Override
    public void rebuild() {
        sums.addCore(countHash());
        slots.rebuild((id, slot) -> sums.addCore(hash(id, slot)));
    }

    private int slotOf(final long id) {
        final int slot = slots.slotOf(id);
        if (slot == 0) {
            throw new InvariantViolated("settlement line " + id + " is not there");
        }
        return slot;
    }

    /** 0 before the first line, so that the hashes of older journals stay. */
    private long countHash() {
        return lastId == 0 ? 0 : EntityHash.end(EntityHash.add(EntityHash.start(CoreTags.SETTLEMENT_LINES), lastId));
    }

    private long hash(final long id, final int slot) {
        long h = EntityHash.start(CoreTags.SETTLEMENT_LINE);
        h = EntityHash.add(h, id);
        h = EntityHash.add(h, settlementId.get(slot));
        h = EntityHash.add(h, merchantId.get(slot));
        h = EntityHash.add(h, programmeId.get(slot));
        h = EntityHash.add(h, toPay.get(slot));
        h = EntityHash.add(h, orderedUnder.get(slot));
        h = EntityHash.add(h, paidMs.get(slot));
        return EntityHash.end(h);
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.settlement;

import it.socialies.engine.core.collections.ByteColumn;
import it.socialies.engine.core.collections.IntColumn;
import it.socialies.engine.core.collections.LongColumn;
import it.socialies.engine.core.collections.Slots;
import it.socialies.engine.core.collections.StateFields;
import it.socialies.engine.core.collections.StateTable;
import it.socialies.engine.core.kernel.CoreTags;
import it.socialies.engine.core.kernel.Digest;
import it.socialies.engine.core.kernel.DigestColumn;
import it.socialies.engine.core.kernel.HashSums;
import it.socialies.engine.core.kernel.InvariantViolated;
import it.socialies.engine.protocol.EntityHash;
import it.socialies.engine.protocol.sbe.Digest256Decoder;
import it.socialies.engine.protocol.sbe.SettlementState;

/** Settlements that are being drawn, or have lines that have not left. One leaves once it is decided and its last line has left. Columns by slot. */
public final class Settlements implements StateTable {
    private final HashSums sums;
    private final Slots slots;
    private final IntColumn circuitId;
    private final ByteColumn state;
    private final IntColumn lines;
    private final IntColumn linesPresent;
    private final LongColumn total;
    private final DigestColumn digest;
    private long lastId;

    /** At most {@code max} settlements at a time. */
    public Settlements(final int max, final HashSums sums) {
        this.sums = sums;
        slots = new Slots(max);
        circuitId = new IntColumn(max);
        state = new ByteColumn(max);
        lines = new IntColumn(max);
        linesPresent = new IntColumn(max);
        total = new LongColumn(max);
        digest = new DigestColumn(max);
    }

    /** Id of the next settlement. */
    public long nextId() {
        return lastId + 1;
    }

    /** True when no settlement fits any more. */
    public boolean isFull() {
        return !slots.hasRoomFor(1);
    }

    /** True when there is such a settlement in the circuit, and it has not left. */
    public boolean exists(final long id, final int circuitId) {
        final int slot = slots.slotOf(id);
        return slot != 0 && this.circuitId.get(slot) == circuitId;
    }

    /** State, as in the schema. */
    public SettlementState state(final long id) {
        return SettlementState.get(state.get(slotOf(id)));
    }

    /** Lines drawn so far, those that only netted a debt included. */
    public int lines(final long id) {
        return lines.get(slotOf(id));
    }

    /** What its lines are to pay, in minor units. */
    public long total(final long id) {
        return total.get(slotOf(id));
    }

    /** Copies the digest of its lines. */
    public void digest(final long id, final Digest into) {
        digest.get(slotOf(id), into);
    }

    /** True when these are the lines. */
    boolean hasDigest(final long id, final Digest expected) {
        return digest.matches(slotOf(id), expected);
    }

    void draw(final long id, final int ofCircuit) {
        if (id != lastId + 1) {
            throw new InvariantViolated("settlement " + id + " after " + lastId);
        }
        final int slot = slots.open(id);
        circuitId.set(slot, ofCircuit);
        state.set(slot, (byte) SettlementState.DRAWN.value());
        lines.set(slot, 0);
        linesPresent.set(slot, 0);
        total.set(slot, 0);
        digest.clear(slot);
        sums.removeCore(countHash());
        lastId = id;
        sums.addCore(countHash());
        sums.addCore(hash(id, slot));
    }

    /** A line was drawn that pays {@code toPay}; with 0 it only netted a debt, and is never present. */
    void addLine(final long id, final long toPay, final Digest256Decoder digestAfter) {
        final int slot = slotOf(id);
        sums.removeCore(hash(id, slot));
        lines.add(slot, 1);
        linesPresent.add(slot, toPay > 0 ? 1 : 0);
        total.add(slot, toPay);
        digest.set(slot, digestAfter);
        sums.addCore(hash(id, slot));
    }

    void decide(final long id, final SettlementState newState) {
        final int slot = slotOf(id);
        sums.removeCore(hash(id, slot));
        state.set(slot, (byte) newState.value());
        sums.addCore(hash(id, slot));
        leaveWhenDone(id, slot);
    }

    void lineLeft(final long id) {
        final int slot = slotOf(id);
        sums.removeCore(hash(id, slot));
        linesPresent.add(slot, -1);
        sums.addCore(hash(id, slot));
        leaveWhenDone(id, slot);
    }

    private void leaveWhenDone(final long id, final int slot) {
        if (linesPresent.get(slot) == 0 && state.get(slot) != SettlementState.DRAWN.value()) {
            sums.removeCore(hash(id, slot));
            slots.close(id);
        }
    }

    @Override
    public void visit(final StateFields fields) {
        slots.visit(fields, "proposals.settlements", "settlements");
        lastId = fields.number("settlements.last_id", lastId);
        circuitId.visit(fields, "settlements.circuit_id");
        state.visit(fields, "settlements.state");
        lines.visit(fields, "settlements.lines");
        linesPresent.visit(fields, "settlements.lines_present");
        total.visit(fields, "settlements.total");
        digest.visit(fields, "settlements.digest");
    }

    @Override
    public void rebuild() {
        sums.addCore(countHash());
        slots.rebuild((id, slot) -> sums.addCore(hash(id, slot)));
    }

    private int slotOf(final long id) {
        final int slot = slots.slotOf(id);
        if (slot == 0) {
            throw new InvariantViolated("settlement " + id + " is not there");
        }
        return slot;
    }

    /** 0 before the first settlement, so that the hashes of older journals stay. */
    private long countHash() {
        return lastId == 0 ? 0 : EntityHash.end(EntityHash.add(EntityHash.start(CoreTags.SETTLEMENTS), lastId));
    }

    private long hash(final long id, final int slot) {
        long h = EntityHash.start(CoreTags.SETTLEMENT);
        h = EntityHash.add(h, id);
        h = EntityHash.add(h, circuitId.get(slot));
        h = EntityHash.add(h, state.get(slot));
        h = EntityHash.add(h, lines.get(slot));
        h = EntityHash.add(h, linesPresent.get(slot));
        h = EntityHash.add(h, total.get(slot));
        return EntityHash.end(digest.addTo(h, slot));
    }
}

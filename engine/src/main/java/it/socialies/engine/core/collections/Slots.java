// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.collections;

import it.socialies.engine.protocol.EntityHash;
import java.util.BitSet;

/**
 * Where in its columns the thing with an id lies, for things that come and go: ids rise and never repeat, the slots of those that left are given
 * to new ones, the slot freed last first. So columns are as long as the most things ever present together, whatever their ids, and a replay
 * gives the slots that the live run gave.
 *
 * <p>Slots count from 1; 0 stands for a thing that is not there. An open-addressing table with linear probing, at most half full, holds slots
 * alone: their ids are in a column. One thread.
 */
public final class Slots {
    /** Hears of a thing that is present. */
    @FunctionalInterface
    public interface Present {
        /** A thing has this id and this slot. */
        void accept(long id, int slot);
    }

    /** Room of the table at first, a power of two. */
    private static final int INITIAL_TABLE_LENGTH = 2048;

    private final int max;
    private final LongColumn ids;
    private final IntColumn freed;

    /** Slot of an id, 0 for a free place. */
    private int[] table = new int[INITIAL_TABLE_LENGTH];

    private int mask = INITIAL_TABLE_LENGTH - 1;
    private int given;
    private int freedCount;
    private long lastId;

    /** @param max most things ever present, at most 2^29; slots go from 1 to this */
    public Slots(final int max) {
        if (max > 1 << 29) {
            throw new IllegalArgumentException("maximum slots " + max);
        }
        this.max = max;
        ids = new LongColumn(max);
        freed = new IntColumn(max);
    }

    /**
     * Gives a slot to a new id. What the columns hold there is what the thing before left.
     *
     * @throws IllegalArgumentException when an id as high was given before
     * @throws IllegalStateException when there is no room: the caller asks first
     */
    public int open(final long id) {
        if (id <= lastId) {
            throw new IllegalArgumentException("id " + id + " after " + lastId);
        }
        if (!hasRoomFor(1)) {
            throw new IllegalStateException("full at " + max);
        }
        reserve(count() + 1);
        final int slot = freedCount > 0 ? freed.get(--freedCount) : ++given;
        ids.set(slot, id);
        table[placeOf(id)] = slot;
        lastId = id;
        return slot;
    }

    /** The slot of an id, 0 when it is not there. */
    public int slotOf(final long id) {
        return table[placeOf(id)];
    }

    /** The highest slot that was ever given; 0 before the first. */
    public int highest() {
        return given;
    }

    /** Id of the thing in a slot, or of the one that left it last. */
    public long idOf(final int slot) {
        return ids.get(slot);
    }

    /**
     * Takes the slot of an id back.
     *
     * @throws IllegalStateException when it is not there
     */
    public void close(final long id) {
        final int place = placeOf(id);
        final int slot = table[place];
        if (slot == 0) {
            throw new IllegalStateException("id " + id + " is not there");
        }
        closeGap(place);
        freed.set(freedCount++, slot);
    }

    /** True when so many more things fit. */
    public boolean hasRoomFor(final int things) {
        return count() <= max - things;
    }

    /** Things present. */
    public int count() {
        return given - freedCount;
    }

    /** Writes what was given and freed, or fills it; fields are named after the bound that {@code limit} is. */
    public void visit(final StateFields fields, final String limit) {
        visit(fields, limit + ".slots", limit);
    }

    /** As {@link #visit(StateFields, String)}, for a table that borrows its bound: {@code count} is named after that bound, the other fields after the table. */
    public void visit(final StateFields fields, final String count, final String table) {
        given = fields.count(count, given, max);
        freedCount = Math.toIntExact(fields.number(table + ".freed_slots", freedCount));
        lastId = fields.number(table + ".last_slot_id", lastId);
        ids.visit(fields, table + ".slot_ids");
        freed.visit(fields, table + ".freed_slot");
    }

    /** Lays out the table, after {@link #visit} filled the columns, and tells of each thing present, by slot. */
    public void rebuild(final Present present) {
        final BitSet isFree = new BitSet(given + 1);
        for (int i = 0; i < freedCount; i++) {
            isFree.set(freed.get(i));
        }
        reserve(count());
        for (int slot = isFree.nextClearBit(1); slot <= given; slot = isFree.nextClearBit(slot + 1)) {
            final long id = ids.get(slot);
            table[placeOf(id)] = slot;
            present.accept(id, slot);
        }
    }

    /** The place that holds the slot of an id, else the free place where it belongs. */
    private int placeOf(final long id) {
        int place = homeOf(id);
        while (table[place] != 0 && ids.get(table[place]) != id) {
            place = (place + 1) & mask;
        }
        return place;
    }

    /** Empties a place and shifts back what had been displaced past it. */
    private void closeGap(final int emptied) {
        int gap = emptied;
        int place = (gap + 1) & mask;
        while (table[place] != 0) {
            final int home = homeOf(ids.get(table[place]));
            if (((place - home) & mask) >= ((place - gap) & mask)) {
                table[gap] = table[place];
                gap = place;
            }
            place = (place + 1) & mask;
        }
        table[gap] = 0;
    }

    private void reserve(final int things) {
        int length = table.length;
        while (things * 2 > length) {
            length *= 2;
        }
        if (length > table.length) {
            growTo(length);
        }
    }

    private void growTo(final int length) {
        final int[] old = table;
        table = new int[length];
        mask = length - 1;
        for (final int slot : old) {
            if (slot != 0) {
                table[placeOf(ids.get(slot))] = slot;
            }
        }
    }

    private int homeOf(final long id) {
        return (int) EntityHash.add(0, id) & mask;
    }
}

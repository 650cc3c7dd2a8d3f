// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.spending;

import it.socialies.engine.core.collections.IntColumn;
import it.socialies.engine.core.collections.LongColumn;
import it.socialies.engine.core.collections.StateFields;
import it.socialies.engine.core.collections.StateTable;
import it.socialies.engine.core.kernel.CoreTags;
import it.socialies.engine.core.kernel.HashSums;
import it.socialies.engine.core.kernel.InvariantViolated;
import it.socialies.engine.core.vouchers.PocketQueues;
import it.socialies.engine.protocol.EntityHash;

/**
 * What was drawn from each pocket at each shop on its newest day, for programmes that limit it. A pocket chains its shops of that day; pockets with a
 * chain stand in a queue, the oldest day first, and each draw lets up to two stale chains go, so that what is kept is what the newest days need: never more sums than there were holds at a time, since the holds of a
 * day stay for longer than the day, and on a new day each draw frees at least what it takes.
 */
public final class ShopDays implements StateTable {
    private static final int THE_QUEUE = 1;
    private static final int STALE_CHAINS_A_DRAW = 2;

    private final int max;
    private final HashSums sums;
    private final IntColumn day;
    private final IntColumn firstOfPocket;
    private final PocketQueues oldest;
    private final LongColumn merchantId;
    private final LongColumn sum;
    private final IntColumn next;
    private int given;
    private int firstFree;
    private int free;

    /** At most {@code max} sums, as many as there may be holds, for {@code maxPockets}. */
    public ShopDays(final int max, final int maxPockets, final HashSums sums) {
        this.max = max;
        this.sums = sums;
        day = new IntColumn(maxPockets);
        firstOfPocket = new IntColumn(maxPockets);
        oldest = new PocketQueues("shopqueue", maxPockets, THE_QUEUE);
        merchantId = new LongColumn(max);
        sum = new LongColumn(max);
        next = new IntColumn(max);
    }

    /** What was drawn from the pocket at the shop on this day. */
    public long onDay(final long pocket, final long merchant, final int epochDay) {
        final int slot = day.get(pocket) == epochDay ? find(pocket, merchant) : 0;
        return slot == 0 ? 0 : sum.get(slot);
    }

    /** Counts a draw. */
    public void draw(final long pocket, final long merchant, final int epochDay, final long amount) {
        if (day.get(pocket) != epochDay) {
            letGo(pocket);
            day.set(pocket, epochDay);
            oldest.add(pocket, THE_QUEUE);
        }
        letStaleGo(epochDay);
        int slot = find(pocket, merchant);
        if (slot == 0) {
            slot = open();
            merchantId.set(slot, merchant);
            sum.set(slot, 0);
            next.set(slot, firstOfPocket.get(pocket));
            firstOfPocket.set(pocket, slot);
        } else {
            sums.removeCore(hash(pocket, slot));
        }
        sum.add(slot, amount);
        sums.addCore(hash(pocket, slot));
    }

    /** Counts less, if the day of the draw is still the newest. */
    public void giveBack(final long pocket, final long merchant, final int drawnOn, final long amount) {
        final int slot = day.get(pocket) == drawnOn ? find(pocket, merchant) : 0;
        if (slot != 0) {
            sums.removeCore(hash(pocket, slot));
            sum.add(slot, -amount);
            sums.addCore(hash(pocket, slot));
        }
    }

    private void letStaleGo(final int epochDay) {
        for (int i = 0; i < STALE_CHAINS_A_DRAW; i++) {
            final long pocket = oldest.first(THE_QUEUE);
            if (day.get(pocket) == epochDay) {
                return;
            }
            letGo(pocket);
        }
    }

    /** Frees the chain of a pocket that has one. */
    private void letGo(final long pocket) {
        if (day.get(pocket) == 0) {
            return;
        }
        int slot = firstOfPocket.get(pocket);
        while (slot != 0) {
            sums.removeCore(hash(pocket, slot));
            final int after = next.get(slot);
            next.set(slot, firstFree);
            firstFree = slot;
            free++;
            slot = after;
        }
        firstOfPocket.set(pocket, 0);
        day.set(pocket, 0);
        oldest.remove(pocket, THE_QUEUE);
    }

    private int open() {
        if (firstFree == 0) {
            return ++given;
        }
        final int slot = firstFree;
        firstFree = next.get(slot);
        free--;
        return slot;
    }

    private int find(final long pocket, final long merchant) {
        int slot = firstOfPocket.get(pocket);
        while (slot != 0 && merchantId.get(slot) != merchant) {
            slot = next.get(slot);
        }
        return slot;
    }

    @Override
    public void visit(final StateFields fields) {
        given = fields.count("holds.shopdays", given, max);
        firstFree = (int) fields.number("shopdays.first_free", firstFree);
        free = (int) fields.number("shopdays.free", free);
        day.visit(fields, "shopdays.day");
        firstOfPocket.visit(fields, "shopdays.first_of_pocket");
        oldest.visit(fields);
        merchantId.visit(fields, "shopdays.merchant_id");
        sum.visit(fields, "shopdays.sum");
        next.visit(fields, "shopdays.next");
    }

    @Override
    public void rebuild() {
        int left = given - free;
        for (long pocket = oldest.first(THE_QUEUE); pocket != 0; pocket = oldest.next(pocket)) {
            int slot = firstOfPocket.get(pocket);
            do {
                if (slot == 0 || left-- == 0) {
                    throw new InvariantViolated("the shops of pocket " + pocket + " are chained to others");
                }
                sums.addCore(hash(pocket, slot));
                slot = next.get(slot);
            } while (slot != 0);
        }
    }

    private long hash(final long pocket, final int slot) {
        long h = EntityHash.start(CoreTags.SHOP_DAY);
        h = EntityHash.add(h, pocket);
        h = EntityHash.add(h, day.get(pocket));
        h = EntityHash.add(h, merchantId.get(slot));
        h = EntityHash.add(h, sum.get(slot));
        return EntityHash.end(h);
    }
}

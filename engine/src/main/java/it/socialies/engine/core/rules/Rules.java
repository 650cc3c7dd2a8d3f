// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.rules;

import it.socialies.engine.core.collections.ByteColumn;
import it.socialies.engine.core.collections.IntColumn;
import it.socialies.engine.core.collections.LongColumn;
import it.socialies.engine.core.collections.StateFields;
import it.socialies.engine.core.collections.StateTable;
import it.socialies.engine.core.kernel.CoreTags;
import it.socialies.engine.core.kernel.HashSums;
import it.socialies.engine.core.programmes.Programmes;
import it.socialies.engine.protocol.EntityHash;
import it.socialies.engine.protocol.sbe.RulesDraftedDecoder;

/**
 * The rules of programmes from version 2 on; version 1 is the programme as it was created. Columns by slot. Each programme chains its drafts, the newest
 * first, and its approved versions, the latest to come into force first; a look for what is in force passes those that still wait and no other.
 */
public final class Rules implements StateTable {
    /** What is in force of a programme that has nothing but version 1. */
    public static final int AS_CREATED = 0;

    /** Versions of one programme. */
    public static final int MAX_VERSIONS = 1_000;

    /** Approved versions of a programme that are not in force yet. */
    public static final int MAX_WAITING = 4;

    private static final int CAPS = Programmes.CAPS;

    private final int max;
    private final Programmes programmes;
    private final HashSums sums;
    private final LongColumn programmeId;
    private final IntColumn version;
    private final LongColumn effectiveMs;
    private final LongColumn categories;
    private final LongColumn caps;
    private final LongColumn paymentMin;
    private final LongColumn paymentMax;
    private final LongColumn dayMax;
    private final LongColumn weekMax;
    private final LongColumn monthMax;
    private final LongColumn shopDayMax;
    private final IntColumn graceDays;
    private final ByteColumn indivisible;
    /** Counts the approved versions of a programme from 1; 0 for a draft. Of equal instants the higher number is in force. */
    private final IntColumn approved;

    private final IntColumn previousOfProgramme;
    private final IntColumn nextApproved;
    private final IntColumn lastOfProgramme;
    private final IntColumn firstApproved;
    private int count;

    /** At most {@code max} versions beyond the first ones. */
    public Rules(final int max, final int maxProgrammes, final Programmes programmes, final HashSums sums) {
        this.max = max;
        this.programmes = programmes;
        this.sums = sums;
        programmeId = new LongColumn(max);
        version = new IntColumn(max);
        effectiveMs = new LongColumn(max);
        categories = new LongColumn(max);
        caps = new LongColumn((max + 1) * CAPS);
        paymentMin = new LongColumn(max);
        paymentMax = new LongColumn(max);
        dayMax = new LongColumn(max);
        weekMax = new LongColumn(max);
        monthMax = new LongColumn(max);
        shopDayMax = new LongColumn(max);
        graceDays = new IntColumn(max);
        indivisible = new ByteColumn(max);
        approved = new IntColumn(max);
        previousOfProgramme = new IntColumn(max);
        nextApproved = new IntColumn(max);
        lastOfProgramme = new IntColumn(maxProgrammes);
        firstApproved = new IntColumn(maxProgrammes);
    }

    /** True when no version fits any more. */
    public boolean isFull() {
        return count >= max;
    }

    /** The highest version of a programme, drafts included. */
    public int lastVersion(final long programmeId) {
        final int last = lastOfProgramme.get(programmeId);
        return last == 0 ? 1 : version.get(last);
    }

    void draft(final RulesDraftedDecoder event) {
        final int slot = ++count;
        final long programme = event.programmeId();
        programmeId.set(slot, programme);
        effectiveMs.set(slot, event.effectiveMs());
        categories.set(slot, event.categories());
        caps.set((long) slot * CAPS, event.cap1());
        caps.set((long) slot * CAPS + 1, event.cap2());
        caps.set((long) slot * CAPS + 2, event.cap3());
        caps.set((long) slot * CAPS + 3, event.cap4());
        caps.set((long) slot * CAPS + 4, event.cap5());
        paymentMin.set(slot, event.paymentMin());
        paymentMax.set(slot, event.paymentMax());
        dayMax.set(slot, event.dayMax());
        weekMax.set(slot, event.weekMax());
        monthMax.set(slot, event.monthMax());
        shopDayMax.set(slot, event.shopDayMax());
        graceDays.set(slot, event.graceDays());
        indivisible.set(slot, (byte) event.indivisible());
        version.set(slot, event.version());
        previousOfProgramme.set(slot, lastOfProgramme.get(programme));
        lastOfProgramme.set(programme, slot);
        sums.addCore(hash(slot));
    }

    void approve(final long programme, final int approvedVersion) {
        final int slot = slotOf(programme, approvedVersion);
        sums.removeCore(hash(slot));
        int approvals = 1;
        for (int other = firstApproved.get(programme); other != 0; other = nextApproved.get(other)) {
            approvals++;
        }
        int before = 0;
        int after = firstApproved.get(programme);
        while (after != 0 && effectiveMs.get(after) > effectiveMs.get(slot)) {
            before = after;
            after = nextApproved.get(after);
        }
        nextApproved.set(slot, after);
        if (before == 0) {
            firstApproved.set(programme, slot);
        } else {
            nextApproved.set(before, slot);
        }
        approved.set(slot, approvals);
        sums.addCore(hash(slot));
    }

    /** Slot of a version from 2 on; 0 for none. */
    public int slotOf(final long programme, final long wantedVersion) {
        int slot = programme == 0 ? 0 : lastOfProgramme.get(programme);
        while (slot != 0 && version.get(slot) != wantedVersion) {
            slot = previousOfProgramme.get(slot);
        }
        return slot;
    }

    /** True when the version was approved. */
    public boolean isApproved(final int slot) {
        return approved.get(slot) != 0;
    }

    /** From when on the version may be in force, in milliseconds. */
    public long effectiveMs(final int slot) {
        return effectiveMs.get(slot);
    }

    /** How many approved versions of a programme are not in force yet. */
    public int waiting(final long programme, final long nowMs) {
        int waiting = 0;
        for (int slot = firstApproved.get(programme);
                slot != 0 && effectiveMs.get(slot) > nowMs;
                slot = nextApproved.get(slot)) {
            waiting++;
        }
        return waiting;
    }

    /** Slot of the rules in force; {@link #AS_CREATED} when they are version 1. */
    public int inForce(final long programme, final long nowMs) {
        int slot = firstApproved.get(programme);
        while (slot != 0 && effectiveMs.get(slot) > nowMs) {
            slot = nextApproved.get(slot);
        }
        return slot;
    }

    /** Version at a slot. */
    public int version(final int slot) {
        return slot == AS_CREATED ? 1 : version.get(slot);
    }

    /** True when goods of this category may be paid for. */
    public boolean admits(final long programme, final int slot, final int category) {
        return slot == AS_CREATED
                ? programmes.admits(programme, category)
                : (categories.get(slot) >>> category & 1) != 0;
    }

    /** Cap on a wallet's top-ups for a household of this size, in minor units; 0 for none. */
    public long cap(final long programme, final long nowMs, final int householdSize) {
        final int slot = inForce(programme, nowMs);
        return slot == AS_CREATED
                ? programmes.cap(programme, householdSize)
                : caps.get((long) slot * CAPS + Programmes.capIndex(householdSize));
    }

    /** Least bill that is paid from the programme, in minor units. */
    public long paymentMin(final int slot) {
        return paymentMin.get(slot);
    }

    /** Most that one payment draws; 0 for no limit. */
    public long paymentMax(final int slot) {
        return paymentMax.get(slot);
    }

    /** Most that is drawn on one day; 0 for no limit. */
    public long dayMax(final int slot) {
        return dayMax.get(slot);
    }

    /** Most that is drawn in one week; 0 for no limit. */
    public long weekMax(final int slot) {
        return weekMax.get(slot);
    }

    /** Most that is drawn in one month; 0 for no limit. */
    public long monthMax(final int slot) {
        return monthMax.get(slot);
    }

    /** Most that is drawn at one shop on one day; 0 for no limit. */
    public long shopDayMax(final int slot) {
        return shopDayMax.get(slot);
    }

    /** Days in which what came back after the end may still be spent. */
    public int graceDays(final int slot) {
        return graceDays.get(slot);
    }

    /** True when a pocket is spent whole or not at all. */
    public boolean isIndivisible(final int slot) {
        return indivisible.get(slot) != 0;
    }

    @Override
    public void visit(final StateFields fields) {
        count = fields.count("holds.rules", count, max);
        programmeId.visit(fields, "rules.programme_id");
        version.visit(fields, "rules.version");
        effectiveMs.visit(fields, "rules.effective_ms");
        categories.visit(fields, "rules.categories");
        caps.visit(fields, "rules.caps");
        paymentMin.visit(fields, "rules.payment_min");
        paymentMax.visit(fields, "rules.payment_max");
        dayMax.visit(fields, "rules.day_max");
        weekMax.visit(fields, "rules.week_max");
        monthMax.visit(fields, "rules.month_max");
        shopDayMax.visit(fields, "rules.shop_day_max");
        graceDays.visit(fields, "rules.grace_days");
        indivisible.visit(fields, "rules.indivisible");
        approved.visit(fields, "rules.approved");
        previousOfProgramme.visit(fields, "rules.previous_of_programme");
        nextApproved.visit(fields, "rules.next_approved");
        lastOfProgramme.visit(fields, "rules.last_of_programme");
        firstApproved.visit(fields, "rules.first_approved");
    }

    @Override
    public void rebuild() {
        for (int slot = 1; slot <= count; slot++) {
            sums.addCore(hash(slot));
        }
    }

    private long hash(final int slot) {
        long h = EntityHash.start(CoreTags.RULES);
        h = EntityHash.add(h, programmeId.get(slot));
        h = EntityHash.add(h, version.get(slot));
        h = EntityHash.add(h, effectiveMs.get(slot));
        h = EntityHash.add(h, categories.get(slot));
        for (int i = 0; i < CAPS; i++) {
            h = EntityHash.add(h, caps.get((long) slot * CAPS + i));
        }
        h = EntityHash.add(h, paymentMin.get(slot));
        h = EntityHash.add(h, paymentMax.get(slot));
        h = EntityHash.add(h, dayMax.get(slot));
        h = EntityHash.add(h, weekMax.get(slot));
        h = EntityHash.add(h, monthMax.get(slot));
        h = EntityHash.add(h, shopDayMax.get(slot));
        h = EntityHash.add(h, graceDays.get(slot));
        h = EntityHash.add(h, indivisible.get(slot));
        h = EntityHash.add(h, approved.get(slot));
        return EntityHash.end(h);
    }
}

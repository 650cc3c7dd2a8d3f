// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.spending;

import it.socialies.engine.core.collections.StateFields;
import it.socialies.engine.core.collections.StateTable;
import it.socialies.engine.core.kernel.CoreTags;
import it.socialies.engine.core.kernel.HashSums;
import it.socialies.engine.protocol.EntityHash;

/** What was drawn from each pocket on its newest day, in its newest week and month. Columns by the index of the pocket, minor units. */
public final class Spending implements StateTable {
    private final HashSums sums;
    private final PeriodSums days;
    private final PeriodSums weeks;
    private final PeriodSums months;
    private long lastPocket;

    /** For at most {@code maxPockets}. */
    public Spending(final int maxPockets, final HashSums sums) {
        this.sums = sums;
        days = new PeriodSums("spending.day", maxPockets);
        weeks = new PeriodSums("spending.week", maxPockets);
        months = new PeriodSums("spending.month", maxPockets);
    }

    /** What was drawn on this day. */
    public long onDay(final long pocket, final int epochDay) {
        return days.of(pocket, epochDay);
    }

    /** What was drawn in the week of this day. */
    public long inWeek(final long pocket, final int epochDay) {
        return weeks.of(pocket, Periods.week(epochDay));
    }

    /** What was drawn in the month of this day. */
    public long inMonth(final long pocket, final int epochDay) {
        return months.of(pocket, Periods.month(epochDay));
    }

    /** Counts a draw. */
    public void draw(final long pocket, final int epochDay, final long amount) {
        sums.removeCore(hash(pocket));
        lastPocket = Math.max(lastPocket, pocket);
        days.add(pocket, epochDay, amount);
        weeks.add(pocket, Periods.week(epochDay), amount);
        months.add(pocket, Periods.month(epochDay), amount);
        sums.addCore(hash(pocket));
    }

    /** Counts less, as far as the day, week or month of the draw is still the newest. */
    public void giveBack(final long pocket, final int drawnOn, final long amount) {
        sums.removeCore(hash(pocket));
        days.giveBack(pocket, drawnOn, amount);
        weeks.giveBack(pocket, Periods.week(drawnOn), amount);
        months.giveBack(pocket, Periods.month(drawnOn), amount);
        sums.addCore(hash(pocket));
    }

    @Override
    public void visit(final StateFields fields) {
        lastPocket = fields.number("spending.last_pocket", lastPocket);
        days.visit(fields);
        weeks.visit(fields);
        months.visit(fields);
    }

    @Override
    public void rebuild() {
        for (long pocket = 1; pocket <= lastPocket; pocket++) {
            sums.addCore(hash(pocket));
        }
    }

    /** 0 for a pocket nothing was drawn from. */
    private long hash(final long pocket) {
        final long h =
                months.addTo(weeks.addTo(days.addTo(EntityHash.start(CoreTags.SPENDING), pocket), pocket), pocket);
        return months.isEmpty(pocket) ? 0 : EntityHash.end(EntityHash.add(h, pocket));
    }
}

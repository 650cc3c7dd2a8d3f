// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.spending;

import it.socialies.engine.core.collections.IntColumn;
import it.socialies.engine.core.collections.LongColumn;
import it.socialies.engine.core.collections.StateFields;
import it.socialies.engine.protocol.EntityHash;

/** One sum a pocket, of the newest day, week or month in which something was drawn from it. */
final class PeriodSums {
    private final String name;
    private final IntColumn period;
    private final LongColumn sum;

    PeriodSums(final String name, final int maxPockets) {
        this.name = name;
        period = new IntColumn(maxPockets);
        sum = new LongColumn(maxPockets);
    }

    long of(final long pocket, final int currentPeriod) {
        return period.get(pocket) == currentPeriod ? sum.get(pocket) : 0;
    }

    void add(final long pocket, final int currentPeriod, final long amount) {
        final long before = of(pocket, currentPeriod);
        period.set(pocket, currentPeriod);
        sum.set(pocket, before + amount);
    }

    /** Gives back what was drawn in a period, if that is still the newest. */
    void giveBack(final long pocket, final int periodOfDraw, final long amount) {
        if (period.get(pocket) == periodOfDraw) {
            sum.add(pocket, -amount);
        }
    }

    /** True when nothing was ever drawn. */
    boolean isEmpty(final long pocket) {
        return period.get(pocket) == 0;
    }

    void visit(final StateFields fields) {
        period.visit(fields, name + "_number");
        sum.visit(fields, name + "_sum");
    }

    long addTo(final long hash, final long pocket) {
        return EntityHash.add(EntityHash.add(hash, period.get(pocket)), sum.get(pocket));
    }
}

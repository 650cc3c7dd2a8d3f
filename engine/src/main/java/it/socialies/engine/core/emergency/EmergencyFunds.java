// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.emergency;

import it.socialies.engine.core.collections.IntColumn;
import it.socialies.engine.core.collections.LongColumn;
import it.socialies.engine.core.collections.StateFields;
import it.socialies.engine.core.collections.StateTable;
import it.socialies.engine.core.kernel.CoreTags;
import it.socialies.engine.core.kernel.HashSums;
import it.socialies.engine.core.programmes.Programmes;
import it.socialies.engine.protocol.EntityHash;

/** The programmes that are emergency funds, each with the terms in force. Columns by programme id; a programme that is none has zeros. */
public final class EmergencyFunds implements StateTable {
    private final Programmes programmes;
    private final HashSums sums;
    private final LongColumn monthMax;
    private final IntColumn reviewDays;

    /** For at most {@code maxProgrammes}, which {@code programmes} count. */
    public EmergencyFunds(final int maxProgrammes, final Programmes programmes, final HashSums sums) {
        this.programmes = programmes;
        this.sums = sums;
        monthMax = new LongColumn(maxProgrammes);
        reviewDays = new IntColumn(maxProgrammes);
    }

    /** True when the programme gives emergency awards, and nothing else. */
    public boolean isFund(final long programmeId) {
        return monthMax.get(programmeId) > 0;
    }

    /** Most that a household gets in a month, in minor units. */
    public long monthMax(final long programmeId) {
        return monthMax.get(programmeId);
    }

    /** Days within which each award is reviewed. */
    public int reviewDays(final long programmeId) {
        return reviewDays.get(programmeId);
    }

    void set(final long programmeId, final long newMonthMax, final int newReviewDays) {
        sums.removeCore(hash(programmeId));
        monthMax.set(programmeId, newMonthMax);
        reviewDays.set(programmeId, newReviewDays);
        sums.addCore(hash(programmeId));
    }

    @Override
    public void visit(final StateFields fields) {
        monthMax.visit(fields, "emergencyfunds.month_max");
        reviewDays.visit(fields, "emergencyfunds.review_days");
    }

    @Override
    public void rebuild() {
        for (long id = 1; id <= programmes.count(); id++) {
            sums.addCore(hash(id));
        }
    }

    /** 0 for a programme that is no emergency fund, so that the hashes of older journals stay. */
    private long hash(final long programmeId) {
        if (!isFund(programmeId)) {
            return 0;
        }
        long h = EntityHash.start(CoreTags.EMERGENCY_FUND);
        h = EntityHash.add(h, programmeId);
        h = EntityHash.add(h, monthMax.get(programmeId));
        h = EntityHash.add(h, reviewDays.get(programmeId));
        return EntityHash.end(h);
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.tills;

import io.vertx.sqlclient.Tuple;
import it.socialies.gateway.tills.DayStore.Close;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What belongs to a day of some outlets of a shop: what happened on it in Italy, up to where it was closed; and what happened on the day before after that
 * was closed. So whatever happens belongs to one day and no other.
 *
 * @param after of each outlet: what came later on the day before belongs to this one
 * @param until of each outlet: what came later belongs to the day after
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record DaySpan(long merchantId, Long[] outletIds, Long[] after, Long[] until, long beforeMs, long startMs, long endMs) {

    /** @param closes of this day and the one before */
    static DaySpan of(Till till, List<Long> outletIds, LocalDate day, List<Close> closes) {
        Long[] after = new Long[outletIds.size()];
        Long[] until = new Long[after.length];
        for (int i = 0; i < after.length; i++) {
            after[i] = sequence(DayStore.find(closes, outletIds.get(i), day.minusDays(1)));
            until[i] = sequence(DayStore.find(closes, outletIds.get(i), day));
        }
        return new DaySpan(
                till.merchantId(),
                outletIds.toArray(Long[]::new),
                after,
                until,
                TillDay.startMs(day.minusDays(1)),
                TillDay.startMs(day),
                TillDay.startMs(day.plusDays(1)));
    }

    private static long sequence(@Nullable Close close) {
        return close == null ? Long.MAX_VALUE : close.sequence();
    }

    /** The same up to a record, where it is not closed yet. */
    DaySpan upTo(long sequence) {
        Long[] earlier = until.clone();
        for (int i = 0; i < earlier.length; i++) {
            earlier[i] = Math.min(earlier[i], sequence);
        }
        return new DaySpan(merchantId, outletIds, after, earlier, beforeMs, startMs, endMs);
    }

    /** For {@link Sales}: $1 to $7. */
    Tuple parameters() {
        return Tuple.of(merchantId, outletIds, after, until, beforeMs, startMs).addLong(endMs);
    }
}

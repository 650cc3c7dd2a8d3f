// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.issuance.ranking;

import it.socialies.gateway.issuance.Outcome;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a review changed for one application.
 *
 * @param before null when it was not in the ranking before
 * @param after null when it is not in it any more
 */
public record RankingChange(
        String number,
        Kind kind,
        @Nullable Placement before,
        @Nullable Placement after) {
    /** What happened; when several did, the first that applies. */
    public enum Kind {
        /** It has an award now. */
        ENTERED,
        /** It has no award any more. */
        LEFT,
        /** Its award is another sum. */
        AMOUNT,
        /** Reserve became exclusion or the other way round, or the reason is another one. */
        OUTCOME,
        /** Only its position is another one. */
        MOVED
    }

    /** All changes: those of the ranking after in its order, then who is not in it any more. Who stands as before is left out. */
    public static List<RankingChange> between(Ranking before, Ranking after) {
        Map<String, Placement> old = new LinkedHashMap<>();
        before.placements().forEach(placement -> old.put(placement.number(), placement));
        List<RankingChange> changes = new ArrayList<>();
        for (Placement placement : after.placements()) {
            add(changes, old.remove(placement.number()), placement);
        }
        old.values().forEach(gone -> add(changes, gone, null));
        return changes;
    }

    private static void add(List<RankingChange> changes, @Nullable Placement before, @Nullable Placement after) {
        Kind kind = kind(before, after);
        if (kind != null) {
            Placement known = after == null ? before : after;
            if (known != null) {
                changes.add(new RankingChange(known.number(), kind, before, after));
            }
        }
    }

    private static @Nullable Kind kind(@Nullable Placement before, @Nullable Placement after) {
        boolean had = before != null && before.outcome() == Outcome.ADMITTED;
        boolean has = after != null && after.outcome() == Outcome.ADMITTED;
        if (had != has) {
            return has ? Kind.ENTERED : Kind.LEFT;
        }
        if (before == null || after == null) {
            return Kind.OUTCOME;
        }
        if (before.amountCents() != after.amountCents()) {
            return Kind.AMOUNT;
        }
        if (before.outcome() != after.outcome() || !before.reason().equals(after.reason())) {
            return Kind.OUTCOME;
        }
        return before.position() == after.position() ? null : Kind.MOVED;
    }
}

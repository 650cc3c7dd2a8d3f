// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.issuance.ranking;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;

/**
 * The criteria as published: the score from high to low, then the tie breakers in their order, then the draw.
 *
 * @param lastAward what becomes of the application that the rest of the money does not cover
 */
public record RankingCriteria(
        List<TieBreaker> tieBreakers, PublicDraw draw, AmountFormula formula, LastAward lastAward) {
    /** What becomes of the first application that the rest of the money does not cover. */
    public enum LastAward {
        /** It opens the reserve list, whole; nobody behind it is served before it. */
        WHOLE_OR_RESERVE,
        /** It gets what is left. */
        REST
    }

    public RankingCriteria {
        tieBreakers = List.copyOf(tieBreakers);
        if (!tieBreakers.isEmpty() && EnumSet.copyOf(tieBreakers).size() != tieBreakers.size()) {
            throw new IllegalArgumentException("a tie breaker decides once");
        }
    }

    /** The ranking's order: total, so it does not depend on the order in which applications come. */
    Comparator<Application> order() {
        Comparator<Application> order = Comparator.comparing(Application::score).reversed();
        for (TieBreaker tieBreaker : tieBreakers) {
            order = order.thenComparing(tieBreaker.order());
        }
        return order.thenComparing(draw::compare);
    }

    /** The criterion that puts one before the other: {@code score}, the tie breaker's name in small letters, or {@code draw}. */
    String decidedBy(Application first, Application second) {
        if (first.score().compareTo(second.score()) != 0) {
            return "score";
        }
        List<TieBreaker> equal = new ArrayList<>(tieBreakers);
        equal.removeIf(tieBreaker -> tieBreaker.order().compare(first, second) == 0);
        return equal.isEmpty() ? "draw" : equal.getFirst().name().toLowerCase(Locale.ROOT);
    }
}

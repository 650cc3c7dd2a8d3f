// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.issuance.ranking;

import it.socialies.gateway.issuance.Outcome;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A ranking: the eligible from first to last, then the excluded by number. One award a household: its first application counts, the others are excluded with
 * {@value #HOUSEHOLD_SERVED}. Awards go down the list until the money is used up; who comes after waits in reserve. Immutable.
 *
 * @param awardedCents never above the budget
 */
public record Ranking(List<Placement> placements, long budgetCents, long awardedCents) {
    /** Why a second application of one household is excluded. */
    public static final String HOUSEHOLD_SERVED = "household_served";

    /** Why an application is excluded that the formula gives nothing. */
    public static final String NOTHING_DUE = "nothing_due";

    public Ranking {
        placements = List.copyOf(placements);
    }

    /** Ranks applications when no household has anything yet. */
    public static Ranking of(Collection<Application> applications, RankingCriteria criteria, long budgetCents) {
        return of(applications, criteria, budgetCents, Set.of());
    }

    /**
     * Ranks applications.
     *
     * @param servedHouseholds those that have an award already, out of another call
     * @throws IllegalArgumentException when two applications have one number (which it does not name)
     * @throws ArithmeticException when amounts do not fit
     */
    public static Ranking of(
            Collection<Application> applications,
            RankingCriteria criteria,
            long budgetCents,
            Set<String> servedHouseholds) {
        requireDistinct(applications);
        if (budgetCents < 0) {
            throw new IllegalArgumentException("a budget is not negative");
        }
        List<Application> ordered = new ArrayList<>(applications);
        ordered.sort(criteria.order());
        Set<String> served = new HashSet<>(servedHouseholds);
        List<Application> eligible = new ArrayList<>();
        List<Placement> excluded = new ArrayList<>();
        for (Application application : ordered) {
            String reason = exclusion(application, criteria, served);
            if (reason.isEmpty()) {
                served.add(application.household());
                eligible.add(application);
            } else {
                excluded.add(new Placement(0, application, Outcome.EXCLUDED, 0, 0, reason, ""));
            }
        }
        excluded.sort(Comparator.comparing(Placement::number));
        return awarded(eligible, excluded, criteria, budgetCents);
    }

    private static void requireDistinct(Collection<Application> applications) {
        Set<String> numbers = new HashSet<>();
        for (Application application : applications) {
            if (!numbers.add(application.number())) {
                throw new IllegalArgumentException("two applications have the same number");
            }
        }
    }

    private static String exclusion(Application application, RankingCriteria criteria, Set<String> served) {
        if (!application.isEligible()) {
            return application.exclusion();
        }
        if (served.contains(application.household())) {
            return HOUSEHOLD_SERVED;
        }
        return criteria.formula().cents(application) == 0 ? NOTHING_DUE : "";
    }

    private static Ranking awarded(
            List<Application> eligible, List<Placement> excluded, RankingCriteria criteria, long budgetCents) {
        List<Placement> placements = new ArrayList<>(eligible.size() + excluded.size());
        long leftCents = budgetCents;
        boolean isOpen = true;
        for (int i = 0; i < eligible.size(); i++) {
            Application application = eligible.get(i);
            long dueCents = criteria.formula().cents(application);
            long awardCents = 0;
            if (isOpen && dueCents <= leftCents) {
                awardCents = dueCents;
            } else if (isOpen) {
                isOpen = false;
                awardCents = criteria.lastAward() == RankingCriteria.LastAward.REST ? leftCents : 0;
            }
            leftCents -= awardCents;
            placements.add(new Placement(
                    i + 1,
                    application,
                    awardCents > 0 ? Outcome.ADMITTED : Outcome.RESERVE,
                    awardCents,
                    dueCents,
                    "",
                    i == 0 ? "" : criteria.decidedBy(eligible.get(i - 1), application)));
        }
        placements.addAll(excluded);
        return new Ranking(placements, budgetCents, budgetCents - leftCents);
    }

    /** The placements with an outcome, in order. */
    public List<Placement> with(Outcome outcome) {
        return placements.stream()
                .filter(placement -> placement.outcome() == outcome)
                .toList();
    }
}

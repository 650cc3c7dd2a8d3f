// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.town;

import java.util.List;

/** A Comune with its people, shops and programmes: the input of the scenario. */
public record Town(
        String name,
        long seed,
        List<Staff> staff,
        List<ProgrammePlan> programmes,
        List<Shop> shops,
        List<Beneficiary> beneficiaries) {
    /** Vouchers are recharged twice. */
    public static final int ROUNDS = 2;

    /** Most a household of 1, 2, 3, 4, 5 or more people may be granted, in cents (Regione Siciliana). */
    public static final List<Long> HOUSEHOLD_CAPS_CENTS = List.of(30_000L, 40_000L, 60_000L, 70_000L, 80_000L);

    public static long capCents(int householdSize) {
        return HOUSEHOLD_CAPS_CENTS.get(Math.min(householdSize, HOUSEHOLD_CAPS_CENTS.size()) - 1);
    }

    public long awardedCents() {
        return beneficiaries.stream().mapToLong(Beneficiary::awardCents).sum();
    }

    /** Cents that a programme needs over all rounds. */
    public long fundCents(ProgrammePlan.Funder funder) {
        long cents = 0;
        for (int round = 0; round < ROUNDS; round++) {
            for (Beneficiary beneficiary : beneficiaries) {
                cents += beneficiary.grants().of(round, funder);
            }
        }
        return cents;
    }
}

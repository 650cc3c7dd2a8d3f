// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.issuance.ranking;

import it.socialies.gateway.issuance.Outcome;

/**
 * Where an application stands.
 *
 * @param position from 1 among the eligible; 0 for who is excluded
 * @param amountCents what it is awarded; 0 in reserve and for who is excluded
 * @param dueCents what the formula gives it; more than {@code amountCents} when the money does not cover it
 * @param reason the code of an exclusion, else empty
 * @param decidedBy what put it behind the one before: {@code score}, a tie breaker or {@code draw}; empty for the first and for who is excluded
 */
public record Placement(
        int position,
        Application application,
        Outcome outcome,
        long amountCents,
        long dueCents,
        String reason,
        String decidedBy) {

    public String number() {
        return application.number();
    }
}

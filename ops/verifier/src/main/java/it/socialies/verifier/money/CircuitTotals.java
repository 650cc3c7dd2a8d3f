// SPDX-License-Identifier: EUPL-1.2
package it.socialies.verifier.money;

import java.util.List;

/**
 * What one circuit comes to, in minor units.
 *
 * @param circuit its number
 * @param reserve euro in the reserve
 * @param outstanding IES issued and not redeemed
 * @param units those in which anything ever moved
 */
public record CircuitTotals(int circuit, long reserve, long outstanding, List<UnitTotals> units) {
    /** Sums over all accounts of one unit; debits equal credits. */
    public record UnitTotals(String currency, long debits, long credits, long debitsPending, long creditsPending) {}

    public CircuitTotals {
        units = List.copyOf(units);
    }
}

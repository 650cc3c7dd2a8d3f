// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.ledger;

import it.socialies.engine.protocol.sbe.UnitCode;

/** Takes the totals of the ledger, circuit by circuit: its units, then its backing. All amounts are in minor units (cents) of the unit. */
public interface TotalsConsumer {

    /**
     * The sums over all accounts of one unit of one circuit. Pending: held now; posted: all that was ever moved. Debits equal credits, always. A unit
     * in which nothing ever moved is left out.
     */
    void onUnit(
            int circuitId,
            UnitCode unit,
            long debitsPending,
            long debitsPosted,
            long creditsPending,
            long creditsPosted);

    /**
     * What stands behind the IES of a circuit.
     *
     * @param outstanding IES issued and not redeemed, never more than the reserve
     * @param reserve euro in the reserve
     */
    void onBacking(int circuitId, long outstanding, long reserve);
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.model;

import it.socialies.engine.core.ledger.TotalsConsumer;
import it.socialies.engine.protocol.sbe.UnitCode;
import java.util.ArrayList;
import java.util.List;

/** The totals that a core tells, as {@link TotalsOfTheModel} writes its own. */
final class TotalsOfTheCore implements TotalsConsumer {
    private final List<String> lines = new ArrayList<>();

    @Override
    public void onUnit(
            int circuitId,
            UnitCode unit,
            long debitsPending,
            long debitsPosted,
            long creditsPending,
            long creditsPosted) {
        lines.add(circuitId + " " + unit + " " + debitsPending + " " + debitsPosted + " " + creditsPending + " "
                + creditsPosted);
    }

    @Override
    public void onBacking(int circuitId, long outstanding, long reserve) {
        lines.add(circuitId + " backing " + outstanding + " " + reserve);
    }

    List<String> lines() {
        lines.sort(String::compareTo);
        return lines;
    }
}

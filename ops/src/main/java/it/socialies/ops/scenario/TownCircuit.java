// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.scenario;

import it.socialies.ops.client.OperatorSession;
import it.socialies.ops.town.ProgrammePlan.Funder;
import it.socialies.ops.town.Town;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A town set up in a circuit of its own: who works there, what was created. */
record TownCircuit(
        Town town,
        String circuitId,
        OfficeStaff staff,
        Map<Funder, String> programmeIds,
        List<Till> tills,
        List<CardHolder> holders) {

    /** The same with its card holders. */
    TownCircuit with(List<CardHolder> cardHolders) {
        return new TownCircuit(town, circuitId, staff, programmeIds, tills, cardHolders);
    }

    /** The programme of a funder. */
    String programmeId(Funder funder) {
        return Objects.requireNonNull(programmeIds.get(funder));
    }

    /** Two of each role, so that one proposes and the other approves. */
    record OfficeStaff(List<OperatorSession> admins, List<OperatorSession> socials, List<OperatorSession> treasurers) {}
}

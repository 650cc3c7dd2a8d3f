// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.disputes;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the office keeps of a dispute.
 *
 * @param caseId also the reference that the core knows
 * @param complaint what is wrong, as the contract says it
 * @param recordId the holder in the people vault; null = nobody is known
 */
record CaseFile(
        long caseId,
        String channel,
        String complaint,
        @Nullable Long recordId,
        List<Statement> statements,
        List<Decision> decisions) {

    /** @param operatorId who wrote it down */
    record Statement(Party party, String channel, long operatorId, long takenMs, SealedText text) {}

    /** A decision as it was proposed; its number is the reference that the core knows. */
    record Decision(long refund, SealedText text) {}

    boolean areBothHeard() {
        return isHeard(Party.HOLDER) && isHeard(Party.SHOP);
    }

    private boolean isHeard(Party party) {
        return statements.stream().anyMatch(each -> each.party() == party);
    }

    @Nullable
    Decision decision(long number) {
        for (Decision each : decisions) {
            if (each.text().number() == number) {
                return each;
            }
        }
        return null;
    }
}

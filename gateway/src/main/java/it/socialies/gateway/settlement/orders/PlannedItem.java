// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.settlement.orders;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is to be paid in one go.
 *
 * @param programmeId of its only line; 0 when it pays lines of several
 * @param lines ascending
 * @param reason why it is left out; null = it is ordered
 * @param commitmentId of the budget, that it is charged to; null when the programme has none, or it is no mandate
 */
record PlannedItem(
        long merchantId,
        long programmeId,
        List<Long> lines,
        long amount,
        @Nullable String reason,
        @Nullable Long commitmentId) {
    PlannedItem chargedTo(long commitment) {
        return new PlannedItem(merchantId, programmeId, lines, amount, reason, commitment);
    }

    PlannedItem leftOut(String because) {
        return new PlannedItem(merchantId, programmeId, lines, amount, because, commitmentId);
    }
}

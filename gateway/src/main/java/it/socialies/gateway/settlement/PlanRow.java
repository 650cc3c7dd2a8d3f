// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.settlement;

import org.jspecify.annotations.Nullable;

/**
 * What one shop is owed of one programme.
 *
 * @param most cents captured within the period and not settled yet
 * @param leftOut why it is not drawn; null = it is
 */
record PlanRow(
        int position,
        long merchantId,
        long programmeId,
        long most,
        @Nullable String leftOut) {}

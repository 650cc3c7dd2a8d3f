// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.settlement.orders;

/**
 * A line that waits for its order.
 *
 * @param amount cents that the shop gets
 * @param payee how the shop's account stands: empty, {@code payee_missing} or {@code payee_held}
 */
record OpenLine(long lineId, long merchantId, long programmeId, long amount, String payee) {}

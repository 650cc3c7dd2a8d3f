// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.emergency;

/**
 * Who gets an award.
 *
 * @param holderId number of the person in the vault
 * @param householdId number of the household there
 */
record Recipient(long walletId, long holderId, long householdId) {}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.settlement;

import it.socialies.engine.core.merchants.MerchantAccounts;

/**
 * The accounts that settlements move money between.
 *
 * @param payables what merchants are owed
 * @param settling what is on its way to them
 * @param debts what they owe
 * @param paidOut what was paid to any merchant, by programme; its merchant is 0
 */
public record SettlementAccounts(
        MerchantAccounts payables, MerchantAccounts settling, MerchantAccounts debts, MerchantAccounts paidOut) {}

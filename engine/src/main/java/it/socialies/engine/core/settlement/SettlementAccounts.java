// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.settlement;

import it.socialies.engine.core.merchants.MerchantAccounts;
import it.socialies.engine.protocol.sbe.AccountKind;
import org.jspecify.annotations.Nullable;

/**
 * The accounts that settlements move money between.
 *
 * @param payables what merchants are owed
 * @param settling what is on its way to them
 * @param debts what they owe
 * @param paidOut what was paid to any merchant, by programme; its merchant is 0
 */
public record SettlementAccounts(
        MerchantAccounts payables, MerchantAccounts settling, MerchantAccounts debts, MerchantAccounts paidOut) {

    /**
     * Those of a kind; null for a kind that is no merchant's.
     *
     * @param kind as in the schema
     */
    public @Nullable MerchantAccounts ofKind(final int kind) {
        if (kind == AccountKind.PAYABLE.value()) {
            return payables;
        }
        if (kind == AccountKind.SETTLING.value()) {
            return settling;
        }
        if (kind == AccountKind.RECEIVABLE.value()) {
            return debts;
        }
        return kind == AccountKind.PAID_OUT.value() ? paidOut : null;
    }
}

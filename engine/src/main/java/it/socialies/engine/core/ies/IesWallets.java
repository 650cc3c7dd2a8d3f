// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.ies;

import it.socialies.engine.core.cards.Wallets;
import it.socialies.engine.core.ledger.Accounts;
import it.socialies.engine.core.ledger.Ledger;
import it.socialies.engine.protocol.sbe.AccountKind;
import it.socialies.engine.protocol.sbe.UnitCode;

/** The IES account of a wallet, opened when the first IES arrives. */
public final class IesWallets {
    private final Ledger ledger;
    private final Accounts accounts;
    private final Wallets wallets;

    /** Opens accounts through {@code ledger}. */
    public IesWallets(final Ledger ledger, final Accounts accounts, final Wallets wallets) {
        this.ledger = ledger;
        this.accounts = accounts;
        this.wallets = wallets;
    }

    /** True when the wallet can receive IES. */
    boolean canReceive(final long walletId) {
        return wallets.iesAccountId(walletId) != 0 || accounts.hasRoomFor(1);
    }

    /** Account of the wallet, opened if need be. */
    public long accountToCredit(final long walletId, final int circuitId) {
        final long accountId = wallets.iesAccountId(walletId);
        return accountId != 0
                ? accountId
                : ledger.openAccount(circuitId, AccountKind.IES_WALLET, UnitCode.IES, walletId, 0);
    }

    /** IES the wallet can spend, in minor units. */
    public long available(final long walletId) {
        final long accountId = wallets.iesAccountId(walletId);
        return accountId == 0 ? 0 : accounts.available(accountId);
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.cards;

import it.socialies.engine.core.kernel.CommandContext;
import it.socialies.engine.protocol.sbe.CardStatus;
import it.socialies.engine.protocol.sbe.PrincipalKind;
import it.socialies.engine.protocol.sbe.ResultCode;

/** Whether a command comes from the holder of a card in use. */
public final class HolderAccess {
    private final Wallets wallets;
    private final Cards cards;

    /** Judges by these tables. */
    public HolderAccess(final Wallets wallets, final Cards cards) {
        this.wallets = wallets;
        this.cards = cards;
    }

    /** The holder of an active card of the command's circuit. */
    public ResultCode holder(final CommandContext command) {
        final long id = command.principalId();
        final boolean isInUse = command.isFrom(PrincipalKind.HOLDER)
                && cards.exists(id)
                && cards.status(id) == CardStatus.ACTIVE
                && !wallets.isClosed(cards.walletId(id))
                && wallets.circuitId(cards.walletId(id)) == command.circuitId();
        return isInUse ? ResultCode.OK : ResultCode.FORBIDDEN;
    }
}

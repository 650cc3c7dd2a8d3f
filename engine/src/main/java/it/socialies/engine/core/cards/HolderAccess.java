// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.cards;

import it.socialies.engine.core.kernel.CommandContext;
import it.socialies.engine.protocol.sbe.CardKind;
import it.socialies.engine.protocol.sbe.CardStatus;
import it.socialies.engine.protocol.sbe.PrincipalKind;
import it.socialies.engine.protocol.sbe.ResultCode;

/** Whether a command comes from the holder of a card in use. */
public final class HolderAccess {
    private final Wallets wallets;
    private final Cards cards;
    private final CardGrants grants;

    /** Judges by these tables. */
    public HolderAccess(final Wallets wallets, final Cards cards, final CardGrants grants) {
        this.wallets = wallets;
        this.cards = cards;
        this.grants = grants;
    }

    /** The holder of an active card of the command's circuit; nobody who has a delegate's card or an errand is one. */
    public ResultCode holder(final CommandContext command) {
        return bearer(command) == ResultCode.OK && grants.kind(command.principalId()) == CardKind.HOLDER
                ? ResultCode.OK
                : ResultCode.FORBIDDEN;
    }

    /** Whoever has an active card of the command's circuit, of whatever kind. */
    public ResultCode bearer(final CommandContext command) {
        final long id = command.principalId();
        final boolean isInUse = command.isFrom(PrincipalKind.HOLDER)
                && cards.exists(id)
                && cards.status(id) == CardStatus.ACTIVE
                && !wallets.isClosed(cards.walletId(id))
                && wallets.circuitId(cards.walletId(id)) == command.circuitId();
        return isInUse ? ResultCode.OK : ResultCode.FORBIDDEN;
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.cards;

import it.socialies.engine.core.circuit.Access;
import it.socialies.engine.core.circuit.Roles;
import it.socialies.engine.core.kernel.CommandContext;
import it.socialies.engine.core.kernel.Decider;
import it.socialies.engine.core.kernel.EventWriter;
import it.socialies.engine.protocol.sbe.AllowPinFreeDecoder;
import it.socialies.engine.protocol.sbe.CardKind;
import it.socialies.engine.protocol.sbe.CardStatus;
import it.socialies.engine.protocol.sbe.PinFreeAllowedEncoder;
import it.socialies.engine.protocol.sbe.ResultCode;

/** Decides AllowPinFree: a holder who cannot type a PIN pays small sums without one. */
public final class PinFreeAllowance implements Decider {
    /** What a day may bring at most, in minor units: what somebody who finds the card could spend before it is blocked. */
    private static final long MAX_A_DAY = 5_000;

    private final AllowPinFreeDecoder allowPinFree = new AllowPinFreeDecoder();
    private final PinFreeAllowedEncoder pinFreeAllowed = new PinFreeAllowedEncoder();
    private final EventWriter events;
    private final Wallets wallets;
    private final Cards cards;
    private final CardGrants grants;
    private final Access access;

    /** Decides on these tables. */
    public PinFreeAllowance(
            final EventWriter events,
            final Wallets wallets,
            final Cards cards,
            final CardGrants grants,
            final Access access) {
        this.events = events;
        this.wallets = wallets;
        this.cards = cards;
        this.grants = grants;
        this.access = access;
    }

    @Override
    public ResultCode decide(final CommandContext command) {
        final ResultCode may = access.operator(command, Roles.SOCIAL);
        if (may != ResultCode.OK) {
            return may;
        }
        command.read(allowPinFree);
        final long id = allowPinFree.cardId();
        final long dayMax = allowPinFree.dayMax();
        if (dayMax < 0 || dayMax > MAX_A_DAY) {
            return ResultCode.INVALID_AMOUNT;
        }
        if (!cards.exists(id) || wallets.circuitId(cards.walletId(id)) != command.circuitId()) {
            return ResultCode.NOT_FOUND;
        }
        final boolean isInUse = cards.status(id) == CardStatus.ISSUED || cards.status(id) == CardStatus.ACTIVE;
        if (!isInUse || grants.kind(id) != CardKind.HOLDER) {
            return ResultCode.CARD_STATE_CONFLICT;
        }
        if (command.isDryRun()) {
            return ResultCode.OK;
        }
        events.start(pinFreeAllowed).cardId(id).dayMax(dayMax);
        events.end();
        return ResultCode.OK;
    }
}

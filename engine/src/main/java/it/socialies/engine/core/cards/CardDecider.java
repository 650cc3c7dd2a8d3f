// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.cards;

import it.socialies.engine.core.circuit.Access;
import it.socialies.engine.core.circuit.Roles;
import it.socialies.engine.core.kernel.CommandContext;
import it.socialies.engine.core.kernel.EventWriter;
import it.socialies.engine.protocol.sbe.AssignCardDecoder;
import it.socialies.engine.protocol.sbe.BlockCardDecoder;
import it.socialies.engine.protocol.sbe.CardAssignedEncoder;
import it.socialies.engine.protocol.sbe.CardKind;
import it.socialies.engine.protocol.sbe.CardStatus;
import it.socialies.engine.protocol.sbe.CardStatusChangedEncoder;
import it.socialies.engine.protocol.sbe.PrincipalKind;
import it.socialies.engine.protocol.sbe.ResultCode;
import it.socialies.engine.protocol.sbe.UnblockCardDecoder;

/** Decides AssignCard, BlockCard and UnblockCard. */
public final class CardDecider {
    private static final int MAX_HOUSEHOLD_SIZE = 20;

    private final AssignCardDecoder assignCard = new AssignCardDecoder();
    private final BlockCardDecoder blockCard = new BlockCardDecoder();
    private final UnblockCardDecoder unblockCard = new UnblockCardDecoder();
    private final CardAssignedEncoder cardAssigned = new CardAssignedEncoder();
    private final CardStatusChangedEncoder cardStatusChanged = new CardStatusChangedEncoder();
    private final EventWriter events;
    private final Wallets wallets;
    private final Cards cards;
    private final Pins pins;
    private final CardGrants grants;
    private final CardCheck check;
    private final HolderAccess holderAccess;
    private final Access access;

    /** Decides on these tables. */
    public CardDecider(
            final EventWriter events,
            final Wallets wallets,
            final Cards cards,
            final Pins pins,
            final CardGrants grants,
            final CardCheck check,
            final HolderAccess holderAccess,
            final Access access) {
        this.events = events;
        this.wallets = wallets;
        this.cards = cards;
        this.pins = pins;
        this.grants = grants;
        this.check = check;
        this.holderAccess = holderAccess;
        this.access = access;
    }

    /** Hands the wallet of a card to a holder. */
    public ResultCode assign(final CommandContext command) {
        final ResultCode may = access.operator(command, Roles.SOCIAL);
        if (may != ResultCode.OK) {
            return may;
        }
        command.read(assignCard);
        final long id = assignCard.cardId();
        final int householdSize = assignCard.householdSize();
        if (householdSize < 1 || householdSize > MAX_HOUSEHOLD_SIZE || assignCard.holderId() <= 0) {
            return ResultCode.INVALID_FIELD;
        }
        if (!isInCircuit(command, id)) {
            return ResultCode.NOT_FOUND;
        }
        if (wallets.isClosed(cards.walletId(id))) {
            return ResultCode.WALLET_CLOSED;
        }
        if (!isInUse(id) || grants.kind(id) != CardKind.HOLDER) {
            return ResultCode.CARD_STATE_CONFLICT;
        }
        if (command.isDryRun()) {
            return ResultCode.OK;
        }
        events.start(cardAssigned)
                .cardId(id)
                .walletId(cards.walletId(id))
                .holderId(assignCard.holderId())
                .householdSize((short) householdSize);
        events.end();
        return ResultCode.OK;
    }

    /** Blocks a card: the desk any, a holder its own and those it gave to others, the gateway the one whose block-only code somebody showed it. */
    public ResultCode block(final CommandContext command) {
        final long id = command.read(blockCard).cardId();
        final boolean isOwn =
                command.isFrom(PrincipalKind.HOLDER) && isInCircuit(command, id) && isOfHolder(command, id);
        final boolean isByCode = command.isFrom(PrincipalKind.SYSTEM);
        final ResultCode may = isOwn || isByCode ? ResultCode.OK : access.operator(command, Roles.SOCIAL | Roles.ADMIN);
        if (may != ResultCode.OK) {
            return may;
        }
        if (!isInCircuit(command, id)) {
            return ResultCode.NOT_FOUND;
        }
        if (!isInUse(id)) {
            return ResultCode.CARD_STATE_CONFLICT;
        }
        if (command.isDryRun()) {
            return ResultCode.OK;
        }
        changed(id, CardStatus.BLOCKED);
        return ResultCode.OK;
    }

    /** Lifts a block, or a PIN lock, at the desk. */
    public ResultCode unblock(final CommandContext command) {
        final ResultCode may = access.operator(command, Roles.SOCIAL);
        if (may != ResultCode.OK) {
            return may;
        }
        final long id = command.read(unblockCard).cardId();
        if (!isInCircuit(command, id)) {
            return ResultCode.NOT_FOUND;
        }
        if (wallets.isClosed(cards.walletId(id))) {
            return ResultCode.WALLET_CLOSED;
        }
        final boolean isBlocked = cards.status(id) == CardStatus.BLOCKED && grants.kind(id) == CardKind.HOLDER;
        final boolean isLocked =
                cards.status(id) == CardStatus.ACTIVE && command.timestampMs() < pins.lockedUntilMs(id);
        if (!isBlocked && !isLocked) {
            return ResultCode.CARD_STATE_CONFLICT;
        }
        if (command.isDryRun()) {
            return ResultCode.OK;
        }
        if (isBlocked) {
            changed(id, pins.isSet(id) ? CardStatus.ACTIVE : CardStatus.ISSUED);
        } else {
            check.unlock(id);
        }
        return ResultCode.OK;
    }

    /** The own card, in whatever state, or one that somebody else has of the own wallet. */
    private boolean isOfHolder(final CommandContext command, final long id) {
        return command.principalId() == id
                || (holderAccess.holder(command) == ResultCode.OK
                        && cards.walletId(command.principalId()) == cards.walletId(id)
                        && grants.kind(id) != CardKind.HOLDER);
    }

    private boolean isInUse(final long id) {
        return cards.status(id) == CardStatus.ISSUED || cards.status(id) == CardStatus.ACTIVE;
    }

    private boolean isInCircuit(final CommandContext command, final long id) {
        return cards.exists(id) && wallets.circuitId(cards.walletId(id)) == command.circuitId();
    }

    private void changed(final long id, final CardStatus status) {
        events.start(cardStatusChanged).cardId(id).status(status);
        events.end();
    }
}

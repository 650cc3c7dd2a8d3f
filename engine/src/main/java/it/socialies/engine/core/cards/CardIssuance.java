// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.cards;

import it.socialies.engine.core.circuit.Access;
import it.socialies.engine.core.circuit.Roles;
import it.socialies.engine.core.kernel.CommandContext;
import it.socialies.engine.core.kernel.EventWriter;
import it.socialies.engine.protocol.sbe.CardIssuedEncoder;
import it.socialies.engine.protocol.sbe.CardKind;
import it.socialies.engine.protocol.sbe.CardStatus;
import it.socialies.engine.protocol.sbe.CardStatusChangedEncoder;
import it.socialies.engine.protocol.sbe.IssueCardsDecoder;
import it.socialies.engine.protocol.sbe.PinFreeAllowedEncoder;
import it.socialies.engine.protocol.sbe.ReplaceCardDecoder;
import it.socialies.engine.protocol.sbe.ResultCode;
import it.socialies.engine.protocol.sbe.WalletOpenedEncoder;
import org.agrona.collections.LongHashSet;

/** Decides IssueCards and ReplaceCard: where tokens come into the core. */
public final class CardIssuance {
    private static final int MAX_CARDS = 100;

    private final IssueCardsDecoder issueCards = new IssueCardsDecoder();
    private final ReplaceCardDecoder replaceCard = new ReplaceCardDecoder();
    private final WalletOpenedEncoder walletOpened = new WalletOpenedEncoder();
    private final CardIssuedEncoder cardIssued = new CardIssuedEncoder();
    private final CardStatusChangedEncoder cardStatusChanged = new CardStatusChangedEncoder();
    private final PinFreeAllowedEncoder pinFreeAllowed = new PinFreeAllowedEncoder();
    private final LongHashSet seenTokens = new LongHashSet(MAX_CARDS * 2);
    private final EventWriter events;
    private final Wallets wallets;
    private final Cards cards;
    private final CardGrants grants;
    private final Access access;

    /** Decides on these tables. */
    public CardIssuance(
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

    /** Issues cards, each with a wallet of its own. */
    public ResultCode issue(final CommandContext command) {
        final ResultCode may = access.operator(command, Roles.SOCIAL | Roles.ADMIN);
        if (may != ResultCode.OK) {
            return may;
        }
        command.read(issueCards);
        final int count = issueCards.cards().count();
        if (count < 1 || count > MAX_CARDS) {
            return ResultCode.MALFORMED;
        }
        if (!wallets.hasRoomFor(count) || !cards.hasRoomFor(count)) {
            return ResultCode.LIMIT_REACHED;
        }
        if (!areTokensNew(command)) {
            return ResultCode.TOKEN_IN_USE;
        }
        if (command.isDryRun()) {
            return ResultCode.OK;
        }
        command.read(issueCards);
        for (final IssueCardsDecoder.CardsDecoder card : issueCards.cards()) {
            final long walletId = wallets.nextId();
            events.start(walletOpened).walletId(walletId).circuitId(command.circuitId());
            events.end();
            issued(walletId, card.tokenHi(), card.tokenLo(), 0);
        }
        return ResultCode.OK;
    }

    /** Ends a card and issues another on the same wallet: balance and history stay. */
    public ResultCode replace(final CommandContext command) {
        final ResultCode may = access.operator(command, Roles.SOCIAL);
        if (may != ResultCode.OK) {
            return may;
        }
        command.read(replaceCard);
        final long id = replaceCard.cardId();
        if (!cards.exists(id) || wallets.circuitId(cards.walletId(id)) != command.circuitId()) {
            return ResultCode.NOT_FOUND;
        }
        if (!cards.hasRoomFor(1)) {
            return ResultCode.LIMIT_REACHED;
        }
        if (wallets.isClosed(cards.walletId(id))) {
            return ResultCode.WALLET_CLOSED;
        }
        if (cards.status(id) == CardStatus.REPLACED || grants.kind(id) != CardKind.HOLDER) {
            return ResultCode.CARD_STATE_CONFLICT;
        }
        if (cards.idOfToken(replaceCard.tokenHi(), replaceCard.tokenLo()) > 0) {
            return ResultCode.TOKEN_IN_USE;
        }
        if (command.isDryRun()) {
            return ResultCode.OK;
        }
        events.start(cardStatusChanged).cardId(id).status(CardStatus.REPLACED);
        events.end();
        final long newId = cards.nextId();
        issued(cards.walletId(id), replaceCard.tokenHi(), replaceCard.tokenLo(), id);
        if (grants.pinFreeDayMax(id) > 0) {
            events.start(pinFreeAllowed).cardId(newId).dayMax(grants.pinFreeDayMax(id));
            events.end();
        }
        return ResultCode.OK;
    }

    private boolean areTokensNew(final CommandContext command) {
        command.read(issueCards);
        seenTokens.clear();
        for (final IssueCardsDecoder.CardsDecoder card : issueCards.cards()) {
            // Tokens are random: two equal first halves in one batch are refused like two equal tokens.
            if (!seenTokens.add(card.tokenHi()) || cards.idOfToken(card.tokenHi(), card.tokenLo()) > 0) {
                return false;
            }
        }
        return true;
    }

    private void issued(final long walletId, final long tokenHi, final long tokenLo, final long replacesCardId) {
        events.start(cardIssued)
                .cardId(cards.nextId())
                .walletId(walletId)
                .tokenHi(tokenHi)
                .tokenLo(tokenLo)
                .replacesCardId(replacesCardId);
        events.end();
    }
}

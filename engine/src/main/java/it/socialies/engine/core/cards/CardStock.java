// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.cards;

import it.socialies.engine.core.circuit.Access;
import it.socialies.engine.core.circuit.Roles;
import it.socialies.engine.core.kernel.Amounts;
import it.socialies.engine.core.kernel.CommandContext;
import it.socialies.engine.core.kernel.EventWriter;
import it.socialies.engine.protocol.sbe.AddDelegateDecoder;
import it.socialies.engine.protocol.sbe.CardGrantedEncoder;
import it.socialies.engine.protocol.sbe.CardKind;
import it.socialies.engine.protocol.sbe.CardMovedEncoder;
import it.socialies.engine.protocol.sbe.CardStatus;
import it.socialies.engine.protocol.sbe.CardStatusChangedEncoder;
import it.socialies.engine.protocol.sbe.PinFreeAllowedEncoder;
import it.socialies.engine.protocol.sbe.ReplaceFromStockDecoder;
import it.socialies.engine.protocol.sbe.ResultCode;
import java.util.function.LongPredicate;

/** Decides ReplaceFromStock and AddDelegate: a printed card that nobody holds joins a wallet, and its own stays empty. */
public final class CardStock {
    /** Delegates of a wallet at a time. */
    private static final int MAX_DELEGATES = 3;

    private final ReplaceFromStockDecoder replaceFromStock = new ReplaceFromStockDecoder();
    private final AddDelegateDecoder addDelegate = new AddDelegateDecoder();
    private final CardStatusChangedEncoder cardStatusChanged = new CardStatusChangedEncoder();
    private final CardMovedEncoder cardMoved = new CardMovedEncoder();
    private final CardGrantedEncoder cardGranted = new CardGrantedEncoder();
    private final PinFreeAllowedEncoder pinFreeAllowed = new PinFreeAllowedEncoder();
    private final EventWriter events;
    private final Wallets wallets;
    private final Cards cards;
    private final CardGrants grants;
    private final LongPredicate hasPockets;
    private final Access access;

    /** Decides on these tables; {@code hasPockets} tells whether a wallet ever had a voucher. */
    public CardStock(
            final EventWriter events,
            final Wallets wallets,
            final Cards cards,
            final CardGrants grants,
            final LongPredicate hasPockets,
            final Access access) {
        this.events = events;
        this.wallets = wallets;
        this.cards = cards;
        this.grants = grants;
        this.hasPockets = hasPockets;
        this.access = access;
    }

    /** A stock card takes the place of a lost one: balance and history stay, the PIN is chosen anew. */
    public ResultCode replace(final CommandContext command) {
        final ResultCode may = access.operator(command, Roles.SOCIAL);
        if (may != ResultCode.OK) {
            return may;
        }
        command.read(replaceFromStock);
        final long id = replaceFromStock.cardId();
        final long stockId = replaceFromStock.stockCardId();
        if (!isInCircuit(command, id) || !isInCircuit(command, stockId)) {
            return ResultCode.NOT_FOUND;
        }
        if (wallets.isClosed(cards.walletId(id))) {
            return ResultCode.WALLET_CLOSED;
        }
        if (cards.status(id) == CardStatus.REPLACED || grants.kind(id) != CardKind.HOLDER) {
            return ResultCode.CARD_STATE_CONFLICT;
        }
        if (stockId == id || !isStock(stockId)) {
            return ResultCode.CARD_NOT_IN_STOCK;
        }
        if (command.isDryRun()) {
            return ResultCode.OK;
        }
        final long walletId = cards.walletId(id);
        events.start(cardStatusChanged).cardId(id).status(CardStatus.REPLACED);
        events.end();
        moved(stockId, walletId, id);
        if (grants.pinFreeDayMax(id) > 0) {
            events.start(pinFreeAllowed).cardId(stockId).dayMax(grants.pinFreeDayMax(id));
            events.end();
        }
        return ResultCode.OK;
    }

    /** Somebody else gets a card of the wallet, with a PIN and limits of its own. */
    public ResultCode addDelegate(final CommandContext command) {
        final ResultCode may = access.operator(command, Roles.SOCIAL);
        if (may != ResultCode.OK) {
            return may;
        }
        command.read(addDelegate);
        final long walletId = addDelegate.walletId();
        final long stockId = addDelegate.stockCardId();
        if (!isLimit(addDelegate.paymentMax()) || !isLimit(addDelegate.dayMax())) {
            return ResultCode.INVALID_AMOUNT;
        }
        if (addDelegate.validUntilMs() != 0 && addDelegate.validUntilMs() <= command.timestampMs()) {
            return ResultCode.INVALID_FIELD;
        }
        if (!wallets.exists(walletId, command.circuitId()) || !isInCircuit(command, stockId)) {
            return ResultCode.NOT_FOUND;
        }
        if (wallets.isClosed(walletId)) {
            return ResultCode.WALLET_CLOSED;
        }
        if (cards.walletId(stockId) == walletId || !isStock(stockId)) {
            return ResultCode.CARD_NOT_IN_STOCK;
        }
        if (grants.delegates(walletId) >= MAX_DELEGATES) {
            return ResultCode.CARDS_EXHAUSTED;
        }
        if (command.isDryRun()) {
            return ResultCode.OK;
        }
        moved(stockId, walletId, 0);
        events.start(cardGranted)
                .cardId(stockId)
                .walletId(walletId)
                .merchantId(0)
                .paymentMax(addDelegate.paymentMax())
                .dayMax(addDelegate.dayMax())
                .validUntilMs(addDelegate.validUntilMs())
                .epochDay(command.epochDay())
                .kind(CardKind.DELEGATE);
        events.end();
        return ResultCode.OK;
    }

    /** Printed, in nobody's hand, and without anything on its wallet. */
    private boolean isStock(final long id) {
        final long walletId = cards.walletId(id);
        return cards.status(id) == CardStatus.ISSUED
                && grants.kind(id) == CardKind.HOLDER
                && wallets.holderId(walletId) == 0
                && wallets.iesAccountId(walletId) == 0
                && !wallets.isClosed(walletId)
                && !hasPockets.test(walletId);
    }

    private static boolean isLimit(final long amount) {
        return amount == 0 || Amounts.isPositive(amount);
    }

    private boolean isInCircuit(final CommandContext command, final long id) {
        return cards.exists(id) && wallets.circuitId(cards.walletId(id)) == command.circuitId();
    }

    private void moved(final long cardId, final long walletId, final long replacesCardId) {
        events.start(cardMoved).cardId(cardId).walletId(walletId).replacesCardId(replacesCardId);
        events.end();
    }
}

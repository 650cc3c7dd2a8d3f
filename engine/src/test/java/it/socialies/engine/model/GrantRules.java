// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.model;

import it.socialies.engine.protocol.sbe.CardKind;
import it.socialies.engine.protocol.sbe.CardStatus;
import it.socialies.engine.protocol.sbe.CoreTable;
import it.socialies.engine.protocol.sbe.MerchantStatus;
import it.socialies.engine.protocol.sbe.PrincipalKind;
import it.socialies.engine.protocol.sbe.ResultCode;
import java.math.BigInteger;
import java.util.List;

/** Cards of the stock that join a wallet, codes for one errand, and who pays without a PIN. */
final class GrantRules {
    private static final int DELEGATES_MAX = 3;
    private static final int ERRANDS_A_DAY = 5;
    private static final long ERRAND_MAX_MS = 72L * 3600 * 1000;
    private static final long PIN_FREE_MAX = 5000;

    private final World world;
    private final Access access;
    private final Room room;

    GrantRules(World world, Access access, Room room) {
        this.world = world;
        this.access = access;
        this.room = room;
    }

    Effect replaceFromStock(Call call) {
        access.require(call, Access.SOCIAL);
        World.Card card = require(call, "cardId");
        World.Card stock = require(call, "stockCardId");
        Refused.when(card.wallet.isClosed, ResultCode.WALLET_CLOSED);
        Refused.when(
                card.status == CardStatus.REPLACED || card.kind != CardKind.HOLDER, ResultCode.CARD_STATE_CONFLICT);
        Refused.unless(stock != card && isStock(stock), ResultCode.CARD_NOT_IN_STOCK);
        return events -> {
            setStatus(card, CardStatus.REPLACED, events);
            move(stock, card.wallet, card.id, events);
            inheritPinFree(card, stock, events);
        };
    }

    /** Who cannot type a PIN cannot with another card either. */
    static void inheritPinFree(World.Card from, World.Card to, List<Message> events) {
        if (from.pinFreeDayMax > 0) {
            allowPinFree(to, from.pinFreeDayMax, events);
        }
    }

    Effect addDelegate(Call call) {
        access.require(call, Access.SOCIAL);
        requireLimit(call, "paymentMax");
        requireLimit(call, "dayMax");
        long untilMs = call.number("validUntilMs");
        Refused.when(untilMs != 0 && untilMs <= call.stampMs(), ResultCode.INVALID_FIELD);
        World.Wallet wallet = requireWallet(call);
        World.Card stock = require(call, "stockCardId");
        Refused.when(wallet.isClosed, ResultCode.WALLET_CLOSED);
        Refused.unless(stock.wallet != wallet && isStock(stock), ResultCode.CARD_NOT_IN_STOCK);
        long delegates = world.cards.values().stream()
                .filter(c -> c.wallet == wallet && c.kind == CardKind.DELEGATE && c.status != CardStatus.BLOCKED)
                .count();
        Refused.unless(delegates < DELEGATES_MAX, ResultCode.CARDS_EXHAUSTED);
        return events -> {
            move(stock, wallet, 0, events);
            grant(stock, CardKind.DELEGATE, call, 0, call.number("dayMax"), events);
        };
    }

    Effect issueErrand(Call call) {
        if (Access.is(call, PrincipalKind.HOLDER)) {
            Refused.unless(access.requireHolder(call).wallet.id == call.number("walletId"), ResultCode.FORBIDDEN);
        } else {
            access.require(call, Access.SOCIAL);
        }
        Amounts.requirePositive(call.command().amount("paymentMax"));
        long untilMs = call.number("validUntilMs");
        Refused.unless(untilMs > call.stampMs() && untilMs <= call.stampMs() + ERRAND_MAX_MS, ResultCode.INVALID_FIELD);
        World.Wallet wallet = requireWallet(call);
        World.Merchant merchant = world.merchants.get(call.number("merchantId"));
        if (merchant == null || merchant.circuitId != call.circuitId()) {
            throw new Refused(ResultCode.NOT_FOUND);
        }
        room.require(CoreTable.CARDS, 1);
        Refused.when(wallet.isClosed, ResultCode.WALLET_CLOSED);
        Refused.unless(merchant.status == MerchantStatus.ACTIVE, ResultCode.MERCHANT_SUSPENDED);
        long today = world.cards.values().stream()
                .filter(c -> c.wallet == wallet && c.kind == CardKind.ERRAND && c.grantedDay == call.epochDay())
                .count();
        Refused.unless(today < ERRANDS_A_DAY, ResultCode.CARDS_EXHAUSTED);
        World.Token token = new World.Token(call.number("tokenHi"), call.number("tokenLo"));
        Refused.when(world.cardsByToken.containsKey(token), ResultCode.TOKEN_IN_USE);
        return events -> {
            World.Card errand = CardRules.issueCard(world, wallet, token, 0, events);
            grant(errand, CardKind.ERRAND, call, merchant.id, 0, events);
            setStatus(errand, CardStatus.ACTIVE, events);
        };
    }

    Effect allowPinFree(Call call) {
        access.require(call, Access.SOCIAL);
        BigInteger dayMax = call.command().amount("dayMax");
        Refused.unless(
                dayMax.signum() >= 0 && !Amounts.isMore(dayMax, BigInteger.valueOf(PIN_FREE_MAX)),
                ResultCode.INVALID_AMOUNT);
        World.Card card = require(call, "cardId");
        Refused.unless(
                card.kind == CardKind.HOLDER && (card.status == CardStatus.ISSUED || card.status == CardStatus.ACTIVE),
                ResultCode.CARD_STATE_CONFLICT);
        return events -> allowPinFree(card, dayMax.longValueExact(), events);
    }

    private static void allowPinFree(World.Card card, long dayMax, List<Message> events) {
        card.pinFreeDayMax = dayMax;
        events.add(new Message("PinFreeAllowed").with("cardId", card.id).with("dayMax", dayMax));
    }

    private static void grant(
            World.Card card, CardKind kind, Call call, long merchantId, long dayMax, List<Message> events) {
        card.kind = kind;
        card.merchantId = merchantId;
        card.paymentMax = call.number("paymentMax");
        card.dayMax = dayMax;
        card.validUntilMs = call.number("validUntilMs");
        card.grantedDay = call.epochDay();
        events.add(new Message("CardGranted")
                .with("cardId", card.id)
                .with("walletId", card.wallet.id)
                .with("merchantId", merchantId)
                .with("paymentMax", card.paymentMax)
                .with("dayMax", dayMax)
                .with("validUntilMs", card.validUntilMs)
                .with("epochDay", card.grantedDay)
                .with("kind", kind));
    }

    private static void move(World.Card card, World.Wallet wallet, long replacesCardId, List<Message> events) {
        card.wallet = wallet;
        events.add(new Message("CardMoved")
                .with("cardId", card.id)
                .with("walletId", wallet.id)
                .with("replacesCardId", replacesCardId));
    }

    private static void setStatus(World.Card card, CardStatus status, List<Message> events) {
        card.status = status;
        events.add(new Message("CardStatusChanged").with("cardId", card.id).with("status", status));
    }

    /** Printed and in nobody's hand; nothing was ever on its wallet. */
    private static boolean isStock(World.Card card) {
        return card.status == CardStatus.ISSUED
                && card.kind == CardKind.HOLDER
                && card.wallet.holderId == 0
                && card.wallet.ies == null
                && !card.wallet.isClosed
                && card.wallet.pockets.isEmpty();
    }

    private static void requireLimit(Call call, String field) {
        BigInteger limit = call.command().amount(field);
        Refused.when(limit.signum() < 0 || Amounts.isMore(limit, Amounts.MAX), ResultCode.INVALID_AMOUNT);
    }

    private World.Wallet requireWallet(Call call) {
        World.Wallet wallet = world.wallets.get(call.number("walletId"));
        if (wallet == null || wallet.circuitId != call.circuitId()) {
            throw new Refused(ResultCode.NOT_FOUND);
        }
        return wallet;
    }

    private World.Card require(Call call, String field) {
        World.Card card = world.cards.get(call.number(field));
        if (card == null || card.wallet.circuitId != call.circuitId()) {
            throw new Refused(ResultCode.NOT_FOUND);
        }
        return card;
    }
}

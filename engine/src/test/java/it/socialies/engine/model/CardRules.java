// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.model;

import it.socialies.engine.protocol.sbe.CardKind;
import it.socialies.engine.protocol.sbe.CardStatus;
import it.socialies.engine.protocol.sbe.CoreTable;
import it.socialies.engine.protocol.sbe.PrincipalKind;
import it.socialies.engine.protocol.sbe.ResultCode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Cards from the drawer to their end, and who holds them. */
final class CardRules {
    private static final int ISSUED_MAX = 100;
    private static final int HOUSEHOLD_MAX = 20;
    static final List<Long> ZEROS = List.of(0L, 0L, 0L, 0L);

    private final World world;
    private final Access access;
    private final PinRules pins;
    private final Room room;

    CardRules(World world, Access access, PinRules pins, Room room) {
        this.room = room;
        this.world = world;
        this.access = access;
        this.pins = pins;
    }

    Effect issue(Call call) {
        access.require(call, Access.SOCIAL | Access.ADMIN);
        int count = call.command().group("cards").size();
        Refused.unless(count >= 1 && count <= ISSUED_MAX, ResultCode.MALFORMED);
        room.require(CoreTable.WALLETS, count);
        room.require(CoreTable.CARDS, count);
        List<World.Token> tokens = new ArrayList<>();
        for (Message row : call.command().group("cards")) {
            tokens.add(new World.Token(row.number("tokenHi"), row.number("tokenLo")));
        }
        Set<World.Token> different = new HashSet<>(tokens);
        Refused.when(
                different.size() < tokens.size() || tokens.stream().anyMatch(world.cardsByToken::containsKey),
                ResultCode.TOKEN_IN_USE);
        return events -> {
            for (World.Token token : tokens) {
                World.Wallet wallet = new World.Wallet(World.nextId(world.wallets), call.circuitId());
                world.wallets.put(wallet.id, wallet);
                events.add(
                        new Message("WalletOpened").with("walletId", wallet.id).with("circuitId", wallet.circuitId));
                issueCard(world, wallet, token, 0, events);
            }
        };
    }

    static World.Card issueCard(
            World world, World.Wallet wallet, World.Token token, long replacesCardId, List<Message> events) {
        World.Card card = new World.Card(World.nextId(world.cards), wallet, token);
        world.cards.put(card.id, card);
        world.cardsByToken.put(token, card);
        events.add(new Message("CardIssued")
                .with("cardId", card.id)
                .with("walletId", wallet.id)
                .with("tokenHi", token.hi())
                .with("tokenLo", token.lo())
                .with("replacesCardId", replacesCardId));
        return card;
    }

    Effect assign(Call call) {
        access.require(call, Access.SOCIAL);
        int householdSize = call.command().integer("householdSize");
        long holderId = call.number("holderId");
        Refused.unless(householdSize >= 1 && householdSize <= HOUSEHOLD_MAX && holderId > 0, ResultCode.INVALID_FIELD);
        World.Card card = require(call);
        requireOpen(card);
        Refused.unless(
                card.kind == CardKind.HOLDER && isIn(card, CardStatus.ISSUED, CardStatus.ACTIVE),
                ResultCode.CARD_STATE_CONFLICT);
        return events -> {
            card.wallet.holderId = holderId;
            card.wallet.householdSize = householdSize;
            events.add(new Message("CardAssigned")
                    .with("cardId", card.id)
                    .with("walletId", card.wallet.id)
                    .with("holderId", holderId)
                    .with("householdSize", householdSize));
        };
    }

    Effect activate(Call call) {
        access.require(call, Access.SOCIAL);
        List<Long> verifier = requireVerifier(call, "verifier");
        World.Card card = require(call);
        requireOpen(card);
        Refused.unless(card.status == CardStatus.ISSUED, ResultCode.CARD_STATE_CONFLICT);
        return events -> {
            setPin(card, call.command().integer("pepperVersion"), verifier, events);
            setStatus(card, CardStatus.ACTIVE, events);
        };
    }

    Effect block(Call call) {
        World.Card card;
        if (Access.is(call, PrincipalKind.HOLDER)) {
            card = requireOwnOrGiven(call);
        } else {
            if (!Access.isSystem(call)) {
                access.require(call, Access.SOCIAL | Access.ADMIN);
            }
            card = require(call);
        }
        Refused.unless(isIn(card, CardStatus.ISSUED, CardStatus.ACTIVE), ResultCode.CARD_STATE_CONFLICT);
        return events -> setStatus(card, CardStatus.BLOCKED, events);
    }

    Effect unblock(Call call) {
        access.require(call, Access.SOCIAL);
        World.Card card = require(call);
        requireOpen(card);
        boolean isLocked = isIn(card, CardStatus.ISSUED, CardStatus.ACTIVE) && pins.isLocked(card, call.stampMs());
        boolean isBlocked = card.status == CardStatus.BLOCKED && card.kind == CardKind.HOLDER;
        Refused.unless(isBlocked || isLocked, ResultCode.CARD_STATE_CONFLICT);
        return events -> {
            if (isBlocked) {
                setStatus(card, card.verifier == null ? CardStatus.ISSUED : CardStatus.ACTIVE, events);
            } else {
                pins.forgive(card, events);
            }
        };
    }

    Effect replace(Call call) {
        access.require(call, Access.SOCIAL);
        World.Card card = require(call);
        World.Token token = new World.Token(call.number("tokenHi"), call.number("tokenLo"));
        room.require(CoreTable.CARDS, 1);
        requireOpen(card);
        Refused.when(
                card.status == CardStatus.REPLACED || card.kind != CardKind.HOLDER, ResultCode.CARD_STATE_CONFLICT);
        Refused.when(world.cardsByToken.containsKey(token), ResultCode.TOKEN_IN_USE);
        return events -> {
            setStatus(card, CardStatus.REPLACED, events);
            GrantRules.inheritPinFree(card, issueCard(world, card.wallet, token, card.id, events), events);
        };
    }

    Effect changePin(Call call) {
        World.Card card = requireOwn(call);
        Refused.when(call.frame().isDryRun(), ResultCode.INVALID_FIELD);
        List<Long> verifier = requireVerifier(call, "newVerifier");
        Refused.unless(card.isActive(), ResultCode.CARD_STATE_CONFLICT);
        pins.requireRight(card, call.command().digest("oldVerifier"), call.stampMs());
        return events -> setPin(card, call.command().integer("pepperVersion"), verifier, events);
    }

    Effect resetPin(Call call) {
        access.require(call, Access.SOCIAL);
        List<Long> verifier = requireVerifier(call, "verifier");
        World.Card card = require(call);
        requireOpen(card);
        Refused.unless(
                card.status == CardStatus.ACTIVE && card.kind != CardKind.ERRAND, ResultCode.CARD_STATE_CONFLICT);
        return events -> setPin(card, call.command().integer("pepperVersion"), verifier, events);
    }

    Effect verifyPin(Call call) {
        boolean isLogin = Access.is(call, PrincipalKind.HOLDER) && call.frame().principalId() == 0;
        if (!isLogin) {
            access.requireTerminal(call);
        }
        Refused.when(call.frame().isDryRun(), ResultCode.INVALID_FIELD);
        World.Card card = pins.requireCard(new World.Token(call.number("tokenHi"), call.number("tokenLo")), call);
        pins.requireRight(card, call.command().digest("verifier"), call.stampMs());
        return events -> {
            pins.succeed(card, events);
            events.add(new Message("CardVerified")
                    .with("cardId", card.id)
                    .with("walletId", card.wallet.id)
                    .with("circuitId", card.wallet.circuitId));
        };
    }

    private static List<Long> requireVerifier(Call call, String field) {
        List<Long> verifier = call.command().digest(field);
        Refused.when(verifier.equals(ZEROS), ResultCode.INVALID_FIELD);
        return verifier;
    }

    static void setPin(World.Card card, int pepperVersion, List<Long> verifier, List<Message> events) {
        card.verifier = verifier;
        card.pepperVersion = pepperVersion;
        card.tries = 0;
        card.locks = 0;
        card.lockedUntilMs = 0;
        events.add(new Message("PinSet")
                .with("cardId", card.id)
                .with("pepperVersion", card.pepperVersion)
                .put("verifier", verifier));
    }

    private static void setStatus(World.Card card, CardStatus status, List<Message> events) {
        card.status = status;
        events.add(new Message("CardStatusChanged").with("cardId", card.id).with("status", status));
    }

    private World.Card require(Call call) {
        World.Card card = world.cards.get(call.number("cardId"));
        if (card == null || card.wallet.circuitId != call.circuitId()) {
            throw new Refused(ResultCode.NOT_FOUND);
        }
        return card;
    }

    private static void requireOpen(World.Card card) {
        TransferRules.requireOpen(card.wallet);
    }

    /** The card of the holder who speaks, in whatever state. */
    private World.Card requireOwn(Call call) {
        World.Card card = access.holder(call);
        if (card == null || card.id != call.number("cardId")) {
            throw new Refused(ResultCode.FORBIDDEN);
        }
        return card;
    }

    /** The own card in whatever state, or one that somebody else has of the own wallet. */
    private World.Card requireOwnOrGiven(Call call) {
        World.Card own = access.holder(call);
        World.Card named = world.cards.get(call.number("cardId"));
        if (own == null || named == null) {
            throw new Refused(ResultCode.FORBIDDEN);
        }
        boolean isGiven = own.isActive()
                && own.kind == CardKind.HOLDER
                && named.kind != CardKind.HOLDER
                && named.wallet == own.wallet;
        Refused.unless(own == named || isGiven, ResultCode.FORBIDDEN);
        return named;
    }

    private static boolean isIn(World.Card card, CardStatus... states) {
        return List.of(states).contains(card.status);
    }
}

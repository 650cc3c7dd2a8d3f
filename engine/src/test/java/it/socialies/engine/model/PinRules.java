// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.model;

import it.socialies.engine.protocol.sbe.CardStatus;
import it.socialies.engine.protocol.sbe.PinResult;
import it.socialies.engine.protocol.sbe.ResultCode;
import java.util.List;

/** Card checks and PIN checks: three tries, twelve hours, then the desk. */
final class PinRules {
    static final int TRIES = 3;
    private static final long FIRST_LOCK_MS = 12L * 3600 * 1000;
    private static final long UNTIL_THE_DESK = Long.MAX_VALUE;

    private final World world;

    PinRules(World world) {
        this.world = world;
    }

    /** The card checks before the PIN. */
    World.Card requireCard(World.Token token, Call call) {
        World.Card card = world.cardsByToken.get(token);
        if (card == null || card.wallet.circuitId != call.circuitId()) {
            throw new Refused(ResultCode.CARD_UNKNOWN);
        }
        Refused.when(card.status == CardStatus.REPLACED, ResultCode.CARD_REPLACED);
        Refused.when(card.status == CardStatus.CLOSED, ResultCode.CARD_CLOSED);
        Refused.when(card.status == CardStatus.BLOCKED || card.wallet.isClosed, ResultCode.CARD_BLOCKED);
        Refused.when(card.status == CardStatus.ISSUED, ResultCode.CARD_NOT_ACTIVE);
        Refused.when(card.validUntilMs != 0 && call.stampMs() >= card.validUntilMs, ResultCode.CARD_EXPIRED);
        return card;
    }

    /** The PIN checks; a wrong PIN is counted with the refusal. */
    void requireRight(World.Card card, List<Long> verifier, long stampMs) {
        Refused.when(card.verifier == null, ResultCode.PIN_NOT_SET);
        Refused.when(isLocked(card, stampMs), ResultCode.PIN_LOCKED);
        if (!verifier.equals(card.verifier)) {
            throw new Refused(ResultCode.PIN_WRONG, events -> fail(card, stampMs, events));
        }
    }

    boolean isLocked(World.Card card, long stampMs) {
        return stampMs < card.lockedUntilMs;
    }

    int triesLeftAfterAWrongOne(World.Card card) {
        return TRIES - 1 - card.tries;
    }

    private static void fail(World.Card card, long stampMs, List<Message> events) {
        if (card.tries + 1 < TRIES) {
            card.tries++;
            events.add(attempted(card, PinResult.WRONG));
            return;
        }
        card.tries = 0;
        card.locks++;
        card.lockedUntilMs = card.locks == 1 ? stampMs + FIRST_LOCK_MS : UNTIL_THE_DESK;
        events.add(attempted(card, PinResult.LOCKED));
    }

    /** A right PIN after wrong ones is told. */
    void succeed(World.Card card, List<Message> events) {
        if (card.tries > 0) {
            card.tries = 0;
            events.add(attempted(card, PinResult.CORRECT));
        }
    }

    /** The desk lifts a lock. */
    void forgive(World.Card card, List<Message> events) {
        card.tries = 0;
        card.locks = 0;
        card.lockedUntilMs = 0;
        events.add(attempted(card, PinResult.CORRECT));
    }

    private static Message attempted(World.Card card, PinResult result) {
        return new Message("PinAttempted")
                .with("cardId", card.id)
                .with("lockedUntilMs", card.lockedUntilMs)
                .with("tries", card.tries)
                .with("locks", card.locks)
                .with("result", result);
    }
}

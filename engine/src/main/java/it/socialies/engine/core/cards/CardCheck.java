// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.cards;

import it.socialies.engine.core.kernel.CommandContext;
import it.socialies.engine.core.kernel.Digest;
import it.socialies.engine.core.kernel.EventWriter;
import it.socialies.engine.protocol.sbe.PinAttemptedEncoder;
import it.socialies.engine.protocol.sbe.PinResult;
import it.socialies.engine.protocol.sbe.ResultCode;

/**
 * Checks a card and its PIN, in the order of {@code commands.md}. Three wrong PINs lock it: the first lock lifts itself after 12 h, any further one
 * only at the desk.
 */
public final class CardCheck {
    /** Wrong PINs that lock a card. */
    public static final int MAX_TRIES = 3;

    private static final long FIRST_LOCK_MS = 12 * 3_600_000L;
    private static final int MAX_LOCKS_COUNTED = 100;

    private final PinAttemptedEncoder pinAttempted = new PinAttemptedEncoder();
    private final EventWriter events;
    private final Wallets wallets;
    private final Cards cards;
    private final Pins pins;
    private final CardGrants grants;

    /** Checks against these tables. */
    public CardCheck(
            final EventWriter events,
            final Wallets wallets,
            final Cards cards,
            final Pins pins,
            final CardGrants grants) {
        this.events = events;
        this.wallets = wallets;
        this.cards = cards;
        this.pins = pins;
        this.grants = grants;
    }

    /** Judges a card as such; {@code cardId} may be anything that a token gave. */
    public ResultCode card(final CommandContext command, final long cardId) {
        if (!cards.exists(cardId) || wallets.circuitId(cards.walletId(cardId)) != command.circuitId()) {
            return ResultCode.CARD_UNKNOWN;
        }
        final boolean isClosed = wallets.isClosed(cards.walletId(cardId));
        return switch (cards.status(cardId)) {
            case REPLACED -> ResultCode.CARD_REPLACED;
            case ACTIVE -> isClosed ? ResultCode.CARD_BLOCKED : inTime(command, cardId);
            case ISSUED -> isClosed ? ResultCode.CARD_BLOCKED : ResultCode.CARD_NOT_ACTIVE;
            case BLOCKED -> ResultCode.CARD_BLOCKED;
            case CLOSED -> ResultCode.CARD_CLOSED;
            default -> ResultCode.CARD_NOT_ACTIVE;
        };
    }

    private ResultCode inTime(final CommandContext command, final long cardId) {
        final long validUntilMs = grants.validUntilMs(cardId);
        final boolean hasEnded = validUntilMs != 0 && command.timestampMs() >= validUntilMs;
        return hasEnded ? ResultCode.CARD_EXPIRED : ResultCode.OK;
    }

    /** Judges the PIN of a card that passed {@link #card}. */
    public ResultCode pin(final CommandContext command, final long cardId, final Digest verifier) {
        if (!pins.isSet(cardId)) {
            return ResultCode.PIN_NOT_SET;
        }
        if (command.timestampMs() < pins.lockedUntilMs(cardId)) {
            return ResultCode.PIN_LOCKED;
        }
        return pins.matches(cardId, verifier) ? ResultCode.OK : ResultCode.PIN_WRONG;
    }

    /** Remembers a wrong PIN; returns the tries left. */
    public int wrongPin(final CommandContext command, final long cardId) {
        final int tries = pins.tries(cardId) + 1;
        if (tries < MAX_TRIES) {
            attempted(cardId, pins.lockedUntilMs(cardId), tries, pins.locks(cardId), PinResult.WRONG);
            return MAX_TRIES - tries;
        }
        final int locks = Math.min(pins.locks(cardId) + 1, MAX_LOCKS_COUNTED);
        final long lockedUntilMs = locks == 1 ? command.timestampMs() + FIRST_LOCK_MS : Long.MAX_VALUE;
        attempted(cardId, lockedUntilMs, 0, locks, PinResult.LOCKED);
        return 0;
    }

    /** Forgets wrong PINs after a right one. */
    public void rightPin(final long cardId) {
        if (pins.tries(cardId) > 0) {
            attempted(cardId, pins.lockedUntilMs(cardId), 0, pins.locks(cardId), PinResult.CORRECT);
        }
    }

    /** Lifts a lock at the desk. */
    void unlock(final long cardId) {
        attempted(cardId, 0, 0, 0, PinResult.CORRECT);
    }

    private void attempted(
            final long cardId, final long lockedUntilMs, final int tries, final int locks, final PinResult result) {
        events.start(pinAttempted)
                .cardId(cardId)
                .lockedUntilMs(lockedUntilMs)
                .tries((short) tries)
                .locks((short) locks)
                .result(result);
        events.end();
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.cards;

import it.socialies.engine.core.kernel.CommandContext;
import it.socialies.engine.core.kernel.EventWriter;
import it.socialies.engine.protocol.sbe.CardKind;
import it.socialies.engine.protocol.sbe.CardSpentEncoder;
import it.socialies.engine.protocol.sbe.CardStatus;
import it.socialies.engine.protocol.sbe.CardStatusChangedEncoder;
import it.socialies.engine.protocol.sbe.ResultCode;

/**
 * What the own limits of a card leave of a payment: those of delegates and errands, and the daily sum of who cannot type a PIN. What was spent on a day is never
 * given back on that day, whatever becomes of the payment: a limit that refunds could lift would be none.
 */
public final class CardSpending {
    private static final long NO_LIMIT = Long.MAX_VALUE;

    private final CardSpentEncoder cardSpent = new CardSpentEncoder();
    private final CardStatusChangedEncoder cardStatusChanged = new CardStatusChangedEncoder();
    private final EventWriter events;
    private final Pins pins;
    private final CardGrants grants;

    /** Judges by these tables. */
    public CardSpending(final EventWriter events, final Pins pins, final CardGrants grants) {
        this.events = events;
        this.pins = pins;
        this.grants = grants;
    }

    /** Judges where a card is used. */
    public ResultCode shop(final long cardId, final long merchantId) {
        final long onlyAt = grants.merchantId(cardId);
        return onlyAt == 0 || onlyAt == merchantId ? ResultCode.OK : ResultCode.CARD_OTHER_SHOP;
    }

    /** True when no PIN is asked for, whatever the amount. */
    public boolean needsNoPin(final long cardId) {
        return grants.kind(cardId) == CardKind.ERRAND;
    }

    /** Judges a payment of so much that comes without a PIN. */
    public ResultCode withoutPin(final CommandContext command, final long cardId, final long target) {
        if (command.timestampMs() < pins.lockedUntilMs(cardId)) {
            return ResultCode.PIN_LOCKED;
        }
        final long left = grants.pinFreeDayMax(cardId) - grants.pinFreeSpent(cardId, command.epochDay());
        return target <= left ? ResultCode.OK : ResultCode.PIN_NEEDED;
    }

    /** What a payment may draw at most; {@link Long#MAX_VALUE} for a card without limits. */
    public long allowance(final CommandContext command, final long cardId) {
        final long paymentMax = grants.paymentMax(cardId);
        final long dayMax = grants.dayMax(cardId);
        final long ofPayment = paymentMax == 0 ? NO_LIMIT : paymentMax;
        final long ofDay = dayMax == 0 ? NO_LIMIT : Math.max(0, dayMax - grants.daySpent(cardId, command.epochDay()));
        return Math.min(ofPayment, ofDay);
    }

    /** Notes what a payment drew; an errand is done with it. */
    public void paid(final CommandContext command, final long cardId, final long drawn, final boolean isPinJudged) {
        if (grants.isCounted(cardId)) {
            final int today = command.epochDay();
            events.start(cardSpent)
                    .cardId(cardId)
                    .daySpent(grants.daySpent(cardId, today) + drawn)
                    .pinFreeSpent(grants.pinFreeSpent(cardId, today) + (isPinJudged ? 0 : drawn))
                    .epochDay(today);
            events.end();
        }
        if (grants.kind(cardId) == CardKind.ERRAND) {
            events.start(cardStatusChanged).cardId(cardId).status(CardStatus.CLOSED);
            events.end();
        }
    }
}

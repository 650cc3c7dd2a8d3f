// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core;

import it.socialies.engine.protocol.sbe.DraftRulesEncoder;
import it.socialies.engine.protocol.sbe.MessageHeaderEncoder;
import org.agrona.MutableDirectBuffer;

/** A version of a programme's rules in the making: no limits, no grace, divisible, unless said otherwise. Amounts in minor units, 0 = no limit. */
public record RulesDraft(
        long programmeId,
        long effectiveMs,
        long categories,
        long capOfAll,
        long paymentMin,
        long paymentMax,
        long dayMax,
        long weekMax,
        long monthMax,
        long shopDayMax,
        int graceDays,
        boolean isIndivisible)
        implements Command {

    public static RulesDraft of(final long programmeId, final long effectiveMs, final long categories) {
        return new RulesDraft(programmeId, effectiveMs, categories, 0, 0, 0, 0, 0, 0, 0, 0, false);
    }

    public RulesDraft effective(final long otherMs) {
        return new RulesDraft(
                programmeId,
                otherMs,
                categories,
                capOfAll,
                paymentMin,
                paymentMax,
                dayMax,
                weekMax,
                monthMax,
                shopDayMax,
                graceDays,
                isIndivisible);
    }

    /** For households of every size. */
    public RulesDraft caps(final long other) {
        return new RulesDraft(
                programmeId,
                effectiveMs,
                categories,
                other,
                paymentMin,
                paymentMax,
                dayMax,
                weekMax,
                monthMax,
                shopDayMax,
                graceDays,
                isIndivisible);
    }

    /** What one payment may draw at least, and at most. */
    public RulesDraft payments(final long least, final long most) {
        return new RulesDraft(
                programmeId,
                effectiveMs,
                categories,
                capOfAll,
                least,
                most,
                dayMax,
                weekMax,
                monthMax,
                shopDayMax,
                graceDays,
                isIndivisible);
    }

    /** What may be drawn in a day, a week, a month. */
    public RulesDraft periods(final long day, final long week, final long month) {
        return new RulesDraft(
                programmeId,
                effectiveMs,
                categories,
                capOfAll,
                paymentMin,
                paymentMax,
                day,
                week,
                month,
                shopDayMax,
                graceDays,
                isIndivisible);
    }

    public RulesDraft shopDay(final long most) {
        return new RulesDraft(
                programmeId,
                effectiveMs,
                categories,
                capOfAll,
                paymentMin,
                paymentMax,
                dayMax,
                weekMax,
                monthMax,
                most,
                graceDays,
                isIndivisible);
    }

    public RulesDraft grace(final int days) {
        return new RulesDraft(
                programmeId,
                effectiveMs,
                categories,
                capOfAll,
                paymentMin,
                paymentMax,
                dayMax,
                weekMax,
                monthMax,
                shopDayMax,
                days,
                isIndivisible);
    }

    public RulesDraft indivisible() {
        return new RulesDraft(
                programmeId,
                effectiveMs,
                categories,
                capOfAll,
                paymentMin,
                paymentMax,
                dayMax,
                weekMax,
                monthMax,
                shopDayMax,
                graceDays,
                true);
    }

    @Override
    public int write(final MutableDirectBuffer buffer, final int offset) {
        return Commands.lengthOf(new DraftRulesEncoder()
                .wrapAndApplyHeader(buffer, offset, new MessageHeaderEncoder())
                .programmeId(programmeId)
                .effectiveMs(effectiveMs)
                .categories(categories)
                .cap1(capOfAll)
                .cap2(capOfAll)
                .cap3(capOfAll)
                .cap4(capOfAll)
                .cap5(capOfAll)
                .paymentMin(paymentMin)
                .paymentMax(paymentMax)
                .dayMax(dayMax)
                .weekMax(weekMax)
                .monthMax(monthMax)
                .shopDayMax(shopDayMax)
                .graceDays(graceDays)
                .indivisible((short) (isIndivisible ? 1 : 0)));
    }
}

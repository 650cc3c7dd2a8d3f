// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core;

import it.socialies.engine.protocol.sbe.DraftRulesEncoder;
import it.socialies.engine.protocol.sbe.MessageHeaderEncoder;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.agrona.MutableDirectBuffer;

/** A version of a programme's rules in the making: no limits, no caps, no grace, divisible, unless said otherwise. */
public record RulesDraft(
        long programmeId,
        long effectiveMs,
        long categories,
        List<Long> caps,
        Map<Limit, Long> limits,
        int graceDays,
        int indivisible)
        implements Command {

    /** What a version may limit, in minor units. */
    public enum Limit {
        PAYMENT_MIN,
        PAYMENT_MAX,
        DAY_MAX,
        WEEK_MAX,
        MONTH_MAX,
        SHOP_DAY_MAX
    }

    public static RulesDraft of(final long programmeId, final long effectiveMs, final long categories) {
        return new RulesDraft(programmeId, effectiveMs, categories, List.of(0L, 0L, 0L, 0L, 0L), Map.of(), 0, 0);
    }

    public RulesDraft of(final long otherProgrammeId) {
        return new RulesDraft(otherProgrammeId, effectiveMs, categories, caps, limits, graceDays, indivisible);
    }

    public RulesDraft from(final long otherMs) {
        return new RulesDraft(programmeId, otherMs, categories, caps, limits, graceDays, indivisible);
    }

    public RulesDraft admitting(final long otherCategories) {
        return new RulesDraft(programmeId, effectiveMs, otherCategories, caps, limits, graceDays, indivisible);
    }

    /** For households of 1, 2, 3, 4, 5 and more. */
    public RulesDraft capped(final Long... five) {
        return new RulesDraft(programmeId, effectiveMs, categories, List.of(five), limits, graceDays, indivisible);
    }

    public RulesDraft with(final Limit limit, final long amount) {
        final Map<Limit, Long> others = new EnumMap<>(Limit.class);
        others.putAll(limits);
        others.put(limit, amount);
        return new RulesDraft(programmeId, effectiveMs, categories, caps, others, graceDays, indivisible);
    }

    public RulesDraft grace(final int days) {
        return new RulesDraft(programmeId, effectiveMs, categories, caps, limits, days, indivisible);
    }

    public RulesDraft whole() {
        return new RulesDraft(programmeId, effectiveMs, categories, caps, limits, graceDays, 1);
    }

    private long limit(final Limit limit) {
        return limits.getOrDefault(limit, 0L);
    }

    @Override
    public int write(final MutableDirectBuffer buffer, final int offset) {
        return Commands.lengthOf(new DraftRulesEncoder()
                .wrapAndApplyHeader(buffer, offset, new MessageHeaderEncoder())
                .programmeId(programmeId)
                .effectiveMs(effectiveMs)
                .categories(categories)
                .cap1(caps.get(0))
                .cap2(caps.get(1))
                .cap3(caps.get(2))
                .cap4(caps.get(3))
                .cap5(caps.get(4))
                .paymentMin(limit(Limit.PAYMENT_MIN))
                .paymentMax(limit(Limit.PAYMENT_MAX))
                .dayMax(limit(Limit.DAY_MAX))
                .weekMax(limit(Limit.WEEK_MAX))
                .monthMax(limit(Limit.MONTH_MAX))
                .shopDayMax(limit(Limit.SHOP_DAY_MAX))
                .graceDays(graceDays)
                .indivisible((short) indivisible));
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.rules;

import it.socialies.engine.protocol.sbe.ResultCode;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.temporal.TemporalAdjusters;
import java.util.HashMap;
import java.util.Map;

/** What is drawn from one pocket by day, week, month and shop, and so what rules still let out of it. Written from commands.md, as the core is. Not thread-safe. */
final class PocketCount {
    private final Map<Object, Long> sums = new HashMap<>();

    private record ShopDay(long merchantId, LocalDate day) {}

    private record Week(LocalDate monday) {}

    /** @param amount in cents; negative gives back */
    void add(LocalDate day, long merchantId, long amount) {
        sums.merge(day, amount, Long::sum);
        sums.merge(week(day), amount, Long::sum);
        sums.merge(YearMonth.from(day), amount, Long::sum);
        sums.merge(new ShopDay(merchantId, day), amount, Long::sum);
    }

    /** What the limits let out of a pocket with so much in it, in cents. */
    long drawable(RulesTerms rules, long available, LocalDate day, long merchantId) {
        long drawable = Math.min(available, left(rules.paymentMax(), 0));
        drawable = Math.min(drawable, left(rules.dayMax(), of(day)));
        drawable = Math.min(drawable, left(rules.weekMax(), of(week(day))));
        drawable = Math.min(drawable, left(rules.monthMax(), of(YearMonth.from(day))));
        return Math.max(0, Math.min(drawable, left(rules.shopDayMax(), of(new ShopDay(merchantId, day)))));
    }

    /** Why rules, or what is in the pocket, let less than {@code wanted} out of the pocket for this payment; OK when they do not. */
    ResultCode refusal(RulesTerms rules, long available, RehearsedPayment payment, long wanted) {
        if (!rules.admits(payment.category())) {
            return ResultCode.CATEGORY_NOT_ALLOWED;
        }
        if (rules.paymentMin() > payment.eligible()) {
            return ResultCode.BELOW_MINIMUM;
        }
        if (rules.isIndivisible() && available > payment.eligible()) {
            return ResultCode.NOT_DIVISIBLE;
        }
        if (available < wanted) {
            return ResultCode.INSUFFICIENT_FUNDS;
        }
        boolean isEnough = drawable(rules, available, payment.day(), payment.merchantId()) >= wanted;
        return isEnough ? ResultCode.OK : ResultCode.LIMIT_EXCEEDED;
    }

    private long of(Object period) {
        return sums.getOrDefault(period, 0L);
    }

    private static Week week(LocalDate day) {
        return new Week(day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)));
    }

    private static long left(long max, long drawnBefore) {
        return max == 0 ? Long.MAX_VALUE : max - drawnBefore;
    }
}

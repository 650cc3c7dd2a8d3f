// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.model;

import java.math.BigInteger;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.temporal.TemporalAdjusters;

/** What was drawn from a pocket in a day, a week, a month, and at a shop on a day. */
final class SpendingRules {
    private record Week(LocalDate monday) {}

    private record AtShop(long merchantId, LocalDate day) {}

    private SpendingRules() {}

    /** What a pocket would give at a shop, whatever the bill. */
    static BigInteger drawable(World.Pocket pocket, World.Rules rules, long merchantId, int epochDay) {
        LocalDate day = LocalDate.ofEpochDay(epochDay);
        BigInteger drawable = pocket.account.available();
        drawable = drawable.min(left(rules.paymentMax, BigInteger.ZERO));
        drawable = drawable.min(left(rules.dayMax, of(pocket, day)));
        drawable = drawable.min(left(rules.weekMax, of(pocket, week(day))));
        drawable = drawable.min(left(rules.monthMax, of(pocket, YearMonth.from(day))));
        drawable = drawable.min(left(rules.shopDayMax, of(pocket, new AtShop(merchantId, day))));
        return drawable.max(BigInteger.ZERO);
    }

    /** Counts what a hold drew, or with a negative amount what it gave back. */
    static void count(World.Hold hold, BigInteger amount) {
        World.Pocket pocket = hold.pocket;
        if (pocket == null || hold.rules == null) {
            return;
        }
        LocalDate day = LocalDate.ofEpochDay(hold.drawnOn);
        add(pocket, day, amount);
        add(pocket, week(day), amount);
        add(pocket, YearMonth.from(day), amount);
        if (hold.rules.shopDayMax.signum() > 0) {
            add(pocket, new AtShop(hold.credit.ownerId, day), amount);
        }
    }

    private static Week week(LocalDate day) {
        return new Week(day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)));
    }

    private static BigInteger of(World.Pocket pocket, Object period) {
        return pocket.drawn.getOrDefault(period, BigInteger.ZERO);
    }

    private static void add(World.Pocket pocket, Object period, BigInteger amount) {
        pocket.drawn.merge(period, amount, BigInteger::add);
    }

    private static BigInteger left(BigInteger max, BigInteger drawnBefore) {
        return max.signum() == 0 ? Amounts.MAX.multiply(BigInteger.TEN) : max.subtract(drawnBefore);
    }
}

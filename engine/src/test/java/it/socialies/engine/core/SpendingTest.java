// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core;

import static it.socialies.engine.core.AnswerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import it.socialies.engine.core.RulesDraft.Limit;
import it.socialies.engine.protocol.sbe.*;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rules limit what a pocket gives in a payment, a day, a week, a month and at a shop; a till is told what they keep back. */
class SpendingTest extends CoreTest {
    private static final ZoneId ROME = ZoneId.of("Europe/Rome");
    private static final long GROCERIES = Town.admitting(Town.GROCERIES);

    private Town town;
    private Town.Shop shop;
    private long programmeId;
    private Town.Card card;

    @BeforeEach
    void openATown() {
        town = Town.open(core);
        shop = town.shop(Town.GROCERIES);
        programmeId = town.programme(GROCERIES, Duration.ofDays(1000), 100_000);
        card = town.cardWith(programmeId, 10_000);
    }

    private RulesDraft soon() {
        return RulesDraft.of(programmeId, core.nowMs() + 1000, GROCERIES);
    }

    private void inForce(final RulesDraft draft) {
        town.rules(draft);
        core.passUntil(draft.effectiveMs());
    }

    private void limit(final Limit limit, final long amount) {
        inForce(soon().with(limit, amount));
    }

    /** @param local date and time in Rome */
    private void passUntil(final String local) {
        core.passUntil(LocalDateTime.parse(local).atZone(ROME).toInstant().toEpochMilli());
    }

    private void assertKeptBack(final Pay payment, final ResultCode code, final long remaining) {
        final Answer answer = town.pay(shop, payment);
        assertThat(answer).refused(code);
        assertThat(answer.one(PaymentRejectedDecoder.class).remaining()).isEqualTo(remaining);
    }

    private void assertSpendable(final long amount) {
        assertKeptBack(Pay.with(card, amount + 1), ResultCode.LIMIT_EXCEEDED, amount);
        if (amount > 0) {
            town.paid(shop, Pay.with(card, amount));
        }
    }

    @Test
    void shouldLimitAPayment() {
        limit(Limit.PAYMENT_MAX, 50);

        assertSpendable(50);
        assertSpendable(50);
        assertThat(Town.drawsOf(town.pay(shop, Pay.with(card, 51).allowPartial())))
                .containsExactly(50L);
    }

    @Test
    void shouldNotBlameRulesWhenIesIsWhatIsMissing() {
        limit(Limit.PAYMENT_MAX, 50);
        town.issueIes(card, 20);

        assertKeptBack(Pay.with(card, 100).eligible(0).allowIes(), ResultCode.INSUFFICIENT_FUNDS, 70);
        assertKeptBack(Pay.with(card, 100).eligible(50).allowIes(), ResultCode.INSUFFICIENT_FUNDS, 70);
        assertKeptBack(Pay.with(card, 100).eligible(80).allowIes(), ResultCode.LIMIT_EXCEEDED, 70);
        assertKeptBack(Pay.with(card, 100).eligible(79).allowIes(), ResultCode.INSUFFICIENT_FUNDS, 70);
    }

    @Test
    void shouldCountADayUntilMidnightInRome() {
        limit(Limit.DAY_MAX, 100);
        town.paid(shop, Pay.with(card, 60));
        passUntil("2027-03-01T23:59:59.999");
        assertSpendable(40);
        assertSpendable(0);
        passUntil("2027-03-02T00:00");
        assertSpendable(100);
    }

    @Test
    void shouldCountAWeekFromMondayToSunday() {
        limit(Limit.WEEK_MAX, 100);
        town.paid(shop, Pay.with(card, 60));
        passUntil("2027-03-07T23:59:59.999");
        assertSpendable(40);
        passUntil("2027-03-08T00:00");
        assertSpendable(100);
        passUntil("2027-03-14T12:00");
        assertSpendable(0);
    }

    @Test
    void shouldCountACalendarMonth() {
        limit(Limit.MONTH_MAX, 100);
        town.paid(shop, Pay.with(card, 60));
        passUntil("2027-03-31T23:59:59.999");
        assertSpendable(40);
        passUntil("2027-04-01T00:00");
        assertSpendable(100);
        passUntil("2027-12-31T23:59");
        assertSpendable(100);
        passUntil("2028-01-01T00:00");
        assertSpendable(100);
    }

    @Test
    void shouldGiveFebruaryItsLeapDay() {
        limit(Limit.MONTH_MAX, 100);
        passUntil("2028-02-28T12:00");
        town.paid(shop, Pay.with(card, 60));
        passUntil("2028-02-29T23:59:59.999");
        assertSpendable(40);
        passUntil("2028-03-01T00:00");
        assertSpendable(100);
    }

    @Test
    void shouldLimitEachShopByItself() {
        final Town.Shop other = town.shop(Town.GROCERIES);
        limit(Limit.SHOP_DAY_MAX, 100);

        assertSpendable(100);
        town.paid(other, Pay.with(card, 100));
        assertSpendable(0);
        assertThat(town.pay(town.shopOf(shop.merchantId()), Pay.with(card, 1))).refused(ResultCode.LIMIT_EXCEEDED);
        passUntil("2027-03-02T00:00");
        assertSpendable(100);
    }

    @Test
    void shouldLetTheNarrowestLimitDecide() {
        inForce(soon().with(Limit.PAYMENT_MAX, 80)
                .with(Limit.DAY_MAX, 100)
                .with(Limit.WEEK_MAX, 150)
                .with(Limit.MONTH_MAX, 160));

        assertSpendable(80);
        assertSpendable(20);
        passUntil("2027-03-02T09:00");
        assertSpendable(50);
        passUntil("2027-03-08T09:00");
        assertSpendable(10);
    }

    @Test
    void shouldGiveNothingWhereALimitIsBelowWhatWasDrawn() {
        town.paid(shop, Pay.with(card, 500));
        limit(Limit.DAY_MAX, 100);

        assertSpendable(0);
        assertKeptBack(Pay.with(card, 1), ResultCode.LIMIT_EXCEEDED, 0);
    }

    @Test
    void shouldCountAtShopsOnlyWhatWasDrawnUnderALimitOfShops() {
        town.paid(shop, Pay.with(card, 500));
        limit(Limit.SHOP_DAY_MAX, 100);

        assertSpendable(100);
    }

    @Test
    void shouldGiveBackOnTheDayOfTheDraw() {
        inForce(soon().with(Limit.DAY_MAX, 100).with(Limit.SHOP_DAY_MAX, 100));
        final long paymentId = town.paid(shop, Pay.with(card, 100));
        core.must(shop.terminal(), Commands.refund(paymentId, 30));
        assertSpendable(30);
        final long manual = town.paid(shop, Pay.with(cardOfMore(), 100).manual());
        core.must(shop.terminal(), Commands.capture(manual, 75));
        assertSpendable(25);
    }

    /** Another card takes the place of the first. */
    private Town.Card cardOfMore() {
        card = town.cardWith(programmeId, 1000);
        return card;
    }

    @Test
    void shouldGiveBackToTheWeekOfTheDrawTheDayAfter() {
        inForce(soon().with(Limit.DAY_MAX, 100).with(Limit.WEEK_MAX, 120));
        final long paymentId = town.paid(shop, Pay.with(card, 100));
        passUntil("2027-03-02T09:00");
        town.paid(shop, Pay.with(card, 5));
        core.must(shop.terminal(), Commands.refund(paymentId, 100));

        assertSpendable(95);
    }

    @Test
    void shouldCountVoidedPaymentsNoMore() {
        limit(Limit.MONTH_MAX, 100);
        final long paymentId = town.paid(shop, Pay.with(card, 100).manual());
        assertSpendable(0);

        core.must(shop.terminal(), Commands.voidPayment(paymentId));

        assertSpendable(100);
    }

    @Test
    void shouldRefuseASmallBillOfTheMinimum() {
        limit(Limit.PAYMENT_MIN, 100);

        assertKeptBack(Pay.with(card, 99), ResultCode.BELOW_MINIMUM, 10_000);
        town.paid(shop, Pay.with(card, 100));
    }

    @Test
    void shouldSpendWholeOrNotAtAll() {
        inForce(soon().whole());

        assertKeptBack(Pay.with(card, 9_999), ResultCode.NOT_DIVISIBLE, 10_000);
        assertThat(town.pay(shop, Pay.with(card, 10_001))).refused(ResultCode.INSUFFICIENT_FUNDS);
        assertThat(Town.drawsOf(town.pay(shop, Pay.with(card, 10_000)))).containsExactly(10_000L);
    }

    @Test
    void shouldTakeFromTheNextPocketWhatTheFirstKeepsBack() {
        limit(Limit.DAY_MAX, 100);
        final long laterId = town.programme(GROCERIES, Duration.ofDays(2000), 1000);
        town.topUp(card, laterId, 300);

        assertThat(Town.drawsOf(town.pay(shop, Pay.with(card, 250)))).containsExactly(100L, 150L);
        assertKeptBack(Pay.with(card, 151), ResultCode.LIMIT_EXCEEDED, 150);
        assertKeptBack(Pay.with(card, 20_000), ResultCode.INSUFFICIENT_FUNDS, 150);
        assertThat(Town.drawsOf(town.pay(shop, Pay.with(card, 150)))).containsExactly(150L);
    }

    @Test
    void shouldNameTheReasonOfTheFirstPocketThatKeptSomethingBack() {
        limit(Limit.PAYMENT_MIN, 100);
        final long laterId = town.programme(GROCERIES, Duration.ofDays(2000), 1000);
        town.topUp(card, laterId, 300);
        inForce(RulesDraft.of(laterId, core.nowMs() + 1000, GROCERIES).whole());

        assertKeptBack(Pay.with(card, 99), ResultCode.BELOW_MINIMUM, 10_300);
        passUntil("2027-03-02T00:00");
        town.paid(shop, Pay.with(card, 10_000));
        assertKeptBack(Pay.with(card, 299), ResultCode.NOT_DIVISIBLE, 300);
        town.paid(shop, Pay.with(card, 300));
    }

    @Test
    void shouldRefundUnderTheRulesOfThePayment() {
        limit(Limit.SHOP_DAY_MAX, 100);
        final long paymentId = town.paid(shop, Pay.with(card, 100));
        inForce(soon().with(Limit.SHOP_DAY_MAX, 120));
        core.must(shop.terminal(), Commands.refund(paymentId, 100));

        assertSpendable(120);
    }
}

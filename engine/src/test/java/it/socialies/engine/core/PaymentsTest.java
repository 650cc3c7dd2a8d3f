// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core;

import static it.socialies.engine.core.AnswerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import it.socialies.engine.protocol.sbe.*;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a payment draws from, in which order, and why it is refused. */
class PaymentsTest extends CoreTest {
    private static final long GROCERIES = Town.admitting(Town.GROCERIES);

    private Town town;
    private Town.Shop shop;
    private Town.Card card;

    @BeforeEach
    void openATown() {
        town = Town.open(core);
        shop = town.shop(Town.GROCERIES);
        card = town.card();
    }

    /** A programme that lasts so many days, with this much in the card's pocket. */
    private long pocket(final int days, final long amount) {
        final long programmeId = town.programme(GROCERIES, Duration.ofDays(days), amount);
        town.topUp(card, programmeId, amount);
        return programmeId;
    }

    @Test
    void shouldPayAtOnce() {
        final long programmeId = pocket(30, 1000);

        final Answer paid = town.pay(shop, Pay.with(card, 400).reference(88));

        assertThat(paid).emitted("AccountOpened", "PaymentMade", "HoldPosted");
        final PaymentMadeDecoder made = paid.one(PaymentMadeDecoder.class);
        assertThat(made.state()).isEqualTo(PaymentState.CAPTURED);
        assertThat(made.drawn()).isEqualTo(400);
        assertThat(made.walletId()).isEqualTo(card.walletId());
        assertThat(made.cardId()).isEqualTo(card.cardId());
        assertThat(made.merchantId()).isEqualTo(shop.merchantId());
        assertThat(made.outletId()).isEqualTo(shop.outletId());
        assertThat(made.terminalId()).isEqualTo(shop.terminalId());
        assertThat(made.terminalReference()).isEqualTo(88);
        assertThat(town.pocketOf(card, programmeId)).isEqualTo(600);
        assertThat(town.payableOf(shop, programmeId)).isEqualTo(400);
        assertThat(town.pay(shop, Pay.with(card, 100))).emitted("PaymentMade", "HoldPosted");
    }

    @Test
    void shouldHoldWhenThePaymentIsToBeCapturedLater() {
        final long programmeId = pocket(30, 1000);

        final Answer paid = town.pay(shop, Pay.with(card, 400).manual());

        assertThat(paid).emitted("AccountOpened", "PaymentMade", "HoldPlaced");
        final PaymentMadeDecoder made = paid.one(PaymentMadeDecoder.class);
        assertThat(made.state()).isEqualTo(PaymentState.AUTHORIZED);
        assertThat(made.deadlineMs())
                .isEqualTo(core.nowMs() + Duration.ofDays(7).toMillis());
        assertThat(town.pocketOf(card, programmeId)).isEqualTo(600);
        assertThat(town.payableOf(shop, programmeId)).isZero();
    }

    @Test
    void shouldNotDrawHeldMoneyTwice() {
        pocket(30, 1000);
        town.paid(shop, Pay.with(card, 600).manual());

        final Answer refused = town.pay(shop, Pay.with(card, 401));

        assertThat(refused).refused(ResultCode.INSUFFICIENT_FUNDS);
        assertThat(refused.one(PaymentRejectedDecoder.class).remaining()).isEqualTo(400);
        town.paid(shop, Pay.with(card, 400));
    }

    @Test
    void shouldDrawTheNearestExpiryFirstAndIesLast() {
        final long later = pocket(60, 300);
        final long sooner = pocket(30, 200);
        town.issueIes(card, 1000);

        final Answer paid = town.pay(shop, Pay.with(card, 700).allowIes());

        assertThat(Town.drawsOf(paid)).containsExactly(200L, 300L, 200L);
        assertThat(town.payableOf(shop, sooner)).isEqualTo(200);
        assertThat(town.payableOf(shop, later)).isEqualTo(300);
        assertThat(town.iesPayableOf(shop)).isEqualTo(200);
        assertThat(town.iesOf(card)).isEqualTo(800);
    }

    @Test
    void shouldDrawEqualExpiriesByTheAgeOfTheProgramme() {
        final long untilMs = core.nowMs() + Duration.ofDays(30).toMillis();
        final long older = programmeUntil(untilMs);
        final long newer = programmeUntil(untilMs);
        town.topUp(card, newer, 100);
        town.topUp(card, older, 100);

        town.paid(shop, Pay.with(card, 150));

        assertThat(town.payableOf(shop, older)).isEqualTo(100);
        assertThat(town.payableOf(shop, newer)).isEqualTo(50);
    }

    private long programmeUntil(final long untilMs) {
        final long programmeId = core.must(town.social, Commands.createProgramme(GROCERIES, core.nowMs(), untilMs))
                .one(ProgrammeCreatedDecoder.class)
                .programmeId();
        town.decide(Proposal.publish(programmeId));
        town.assign(programmeId, 1000);
        return programmeId;
    }

    @Test
    void shouldPassOverPocketsThatDoNotAdmitTheShop() {
        final long books = town.programme(Town.admitting(Town.BOOKS), Duration.ofDays(5), 1000);
        town.topUp(card, books, 1000);
        final long groceries = pocket(30, 500);

        town.paid(shop, Pay.with(card, 400));
        assertThat(town.pocketOf(card, books)).isEqualTo(1000);
        assertThat(town.pocketOf(card, groceries)).isEqualTo(100);

        final Answer refused = town.pay(shop, Pay.with(card, 101));
        assertThat(refused).refused(ResultCode.INSUFFICIENT_FUNDS);
        assertThat(refused.one(PaymentRejectedDecoder.class).remaining()).isEqualTo(100);
    }

    @Test
    void shouldAdmitTheFirstAndTheLastCategory() {
        final long both = town.programme(Town.admitting(0, 63), Duration.ofDays(5), 1000);
        town.topUp(card, both, 1000);

        town.paid(town.shop(0), Pay.with(card, 1));
        town.paid(town.shop(63), Pay.with(card, 1));
        assertThat(town.pay(shop, Pay.with(card, 1))).refused(ResultCode.CATEGORY_NOT_ALLOWED);
    }

    /** What vouchers (500) and IES (1000) cover of a bill. */
    @ParameterizedTest(name = "bill {0}, eligible {1}, IES {2}, partial {3}: {4} from vouchers, {5} IES, {6}")
    @CsvSource({
        "400,  400,  false, false, 400, 0,    OK",
        "400,  300,  false, false, 300, 0,    OK",
        "400,  300,  true,  false, 300, 100,  OK",
        "700,  700,  true,  false, 500, 200,  OK",
        "700,  600,  true,  false, 500, 200,  OK",
        "700,  100,  true,  false, 100, 600,  OK",
        "700,  0,    true,  false, 0,   700,  OK",
        "1500, 500,  true,  false, 500, 1000, OK",
        "1501, 500,  true,  false, 0,   0,    INSUFFICIENT_FUNDS",
        "1501, 500,  true,  true,  500, 1000, OK",
        "600,  600,  false, false, 0,   0,    INSUFFICIENT_FUNDS",
        "600,  600,  false, true,  500, 0,    OK",
        "600,  501,  false, true,  500, 0,    OK",
        "600,  500,  false, false, 500, 0,    OK",
    })
    void shouldCoverTheEligiblePartByVouchersAndTheRestByIes(
            final long bill,
            final long eligible,
            final boolean allowIes,
            final boolean allowPartial,
            final long fromVouchers,
            final long ies,
            final ResultCode code) {
        final long programmeId = pocket(30, 500);
        town.issueIes(card, 1000);
        Pay payment = Pay.with(card, bill).eligible(eligible);
        payment = allowIes ? payment.allowIes() : payment;
        payment = allowPartial ? payment.allowPartial() : payment;

        final Answer answer = town.pay(shop, payment);

        assertThat(answer.code()).as("%s", answer).isEqualTo(code);
        assertThat(town.payableOf(shop, programmeId)).isEqualTo(fromVouchers);
        assertThat(town.iesPayableOf(shop)).isEqualTo(ies);
        if (code == ResultCode.OK) {
            assertThat(answer.one(PaymentMadeDecoder.class).drawn()).isEqualTo(fromVouchers + ies);
        }
    }

    @Test
    void shouldBearNoFeeOnAPayment() {
        town.decide(Proposal.tariff(10, 500));
        town.issueIes(card, 1000);

        town.paid(shop, Pay.with(card, 1000).eligible(0).allowIes());

        assertThat(town.iesPayableOf(shop)).isEqualTo(1000);
    }

    @ParameterizedTest(name = "bill {0}, eligible {1}, IES {2}")
    @CsvSource({
        "0, 0, false",
        "0, 0, true",
        "-1, -1, false",
        "100, 0, false",
        "100, -1, true",
        "100, -1, false",
        "100, 101, false",
        "100, 101, true",
        "100000000000001, 1, false",
        "100000000000001, 100000000000001, false",
        "9223372036854775807, 1, true",
        "-9223372036854775808, -9223372036854775808, true",
    })
    void shouldRefuseAmountsThatMakeNoSense(final long bill, final long eligible, final boolean allowIes) {
        pocket(30, 500);
        final Pay payment = Pay.with(card, bill).eligible(eligible);

        assertRefused(ResultCode.INVALID_AMOUNT, shop.terminal(), allowIes ? payment.allowIes() : payment);
    }

    @Test
    void shouldSayThatMoneyIsThereButNotForThisShop() {
        final long books = town.programme(Town.admitting(Town.BOOKS), Duration.ofDays(5), 1000);
        town.topUp(card, books, 1000);

        assertThat(town.pay(shop, Pay.with(card, 10))).refused(ResultCode.CATEGORY_NOT_ALLOWED);
    }

    @Test
    void shouldGiveNoReasonFromAnEmptyPocket() {
        final long books = town.programme(Town.admitting(Town.BOOKS), Duration.ofDays(5), 1000);
        town.topUp(card, books, 1000);
        town.paid(town.shop(Town.BOOKS), Pay.with(card, 1000));

        assertThat(town.pay(shop, Pay.with(card, 10))).refused(ResultCode.INSUFFICIENT_FUNDS);
    }

    @Test
    void shouldSayThatTheMoneyEndedSweptOrNot() {
        pocket(30, 1000);
        core.pass(Duration.ofDays(30));
        assertThat(town.pay(shop, Pay.with(card, 10))).refused(ResultCode.EXPIRED);
        assertThat(town.pay(shop, Pay.with(card, 10).allowPartial())).refused(ResultCode.EXPIRED);
    }

    @Test
    void shouldPayUpToTheLastMillisecond() {
        final long untilMs = core.nowMs() + Duration.ofDays(30).toMillis();
        final long programmeId = programmeUntil(untilMs);
        town.topUp(card, programmeId, 100);

        core.passUntil(untilMs - 1);
        town.paid(shop, Pay.with(card, 10));
        core.passUntil(untilMs);
        assertThat(town.pay(shop, Pay.with(card, 10))).refused(ResultCode.EXPIRED);
    }

    @Test
    void shouldPayFromTheFirstMillisecond() {
        final long fromMs = core.nowMs() + Duration.ofDays(2).toMillis();
        final long programmeId = core.must(
                        town.social, Commands.createProgramme(GROCERIES, fromMs, fromMs + 1_000_000_000))
                .one(ProgrammeCreatedDecoder.class)
                .programmeId();
        town.decide(Proposal.publish(programmeId));
        town.assign(programmeId, 1000);
        town.topUp(card, programmeId, 100);

        core.passUntil(fromMs - 1);
        assertThat(town.pay(shop, Pay.with(card, 10))).refused(ResultCode.NOT_YET_VALID);
        core.passUntil(fromMs);
        town.paid(shop, Pay.with(card, 10));
    }

    @Test
    void shouldSayWhatIsLeftWhenItIsTooLittle() {
        pocket(30, 300);
        pocket(40, 200);

        final Answer refused = town.pay(shop, Pay.with(card, 501).reference(77));

        assertThat(refused).refused(ResultCode.INSUFFICIENT_FUNDS);
        assertThat(refused.names()).containsExactly("PaymentRejected");
        final PaymentRejectedDecoder rejected = refused.one(PaymentRejectedDecoder.class);
        assertThat(rejected.remaining()).isEqualTo(500);
        assertThat(rejected.billTotal()).isEqualTo(501);
        assertThat(rejected.cardId()).isEqualTo(card.cardId());
        assertThat(rejected.merchantId()).isEqualTo(shop.merchantId());
        assertThat(rejected.terminalReference()).isEqualTo(77);
    }

    @Test
    void shouldRefuseACardWithoutAnyMoney() {
        assertThat(town.pay(shop, Pay.with(card, 10))).refused(ResultCode.INSUFFICIENT_FUNDS);
        assertThat(town.pay(shop, Pay.with(card, 10).allowPartial().allowIes())).refused(ResultCode.INSUFFICIENT_FUNDS);
    }

    @Test
    void shouldOpenOnePayablePerProgrammeAndOneForIes() {
        pocket(30, 100);
        pocket(40, 100);
        town.issueIes(card, 100);

        final Answer paid = town.pay(shop, Pay.with(card, 300).allowIes());

        assertThat(paid.all(AccountOpenedDecoder.class))
                .extracting(AccountOpenedDecoder::kind)
                .containsExactly(AccountKind.PAYABLE, AccountKind.PAYABLE, AccountKind.PAYABLE);
        assertThat(paid.all(AccountOpenedDecoder.class))
                .extracting(AccountOpenedDecoder::unit)
                .containsExactly(UnitCode.EUR, UnitCode.EUR, UnitCode.IES);
    }

    @Test
    void shouldGiveTheSameRefusalForTheSameKey() {
        pocket(30, 100);
        final Key key = core.newKey();
        final Answer refused = core.send(shop.terminal(), key, Pay.with(card, 200));
        pocket(60, 500);

        assertThat(core.send(shop.terminal(), key, Pay.with(card, 200))).repeats(refused);
    }

    @Test
    void shouldPayManyTimesUntilTheLastCent() {
        final long programmeId = pocket(30, 100);
        for (int i = 0; i < 100; i++) {
            town.paid(shop, Pay.with(card, 1));
        }

        assertThat(town.pocketOf(card, programmeId)).isZero();
        assertThat(town.payableOf(shop, programmeId)).isEqualTo(100);
        assertThat(town.pay(shop, Pay.with(card, 1))).refused(ResultCode.INSUFFICIENT_FUNDS);
        assertThat(town.fundOf(programmeId)).isZero();
    }

    @Test
    void shouldGiveTheReasonOfTheMoneyInTheDocumentedOrder() {
        final long dayMs = Duration.ofDays(1).toMillis();
        final long coming = programmeOf(Town.GROCERIES, core.nowMs() + 50 * dayMs, core.nowMs() + 90 * dayMs);
        final long ended = programmeOf(Town.GROCERIES, core.nowMs(), core.nowMs() + dayMs);
        final long elsewhere = programmeOf(Town.BOOKS, core.nowMs(), core.nowMs() + 30 * dayMs);

        town.topUp(card, coming, 100);
        assertThat(town.pay(shop, Pay.with(card, 10))).refused(ResultCode.NOT_YET_VALID);
        town.topUp(card, ended, 100);
        core.pass(Duration.ofDays(2));
        assertThat(town.pay(shop, Pay.with(card, 10))).refused(ResultCode.EXPIRED);
        town.topUp(card, elsewhere, 100);
        assertThat(town.pay(shop, Pay.with(card, 10))).refused(ResultCode.CATEGORY_NOT_ALLOWED);
        assertThat(List.of(town.pocketOf(card, coming), town.pocketOf(card, elsewhere)))
                .containsExactly(100L, 100L);
    }

    private long programmeOf(final int category, final long fromMs, final long untilMs) {
        final long programmeId = core.must(
                        town.social, Commands.createProgramme(Town.admitting(category), fromMs, untilMs))
                .one(ProgrammeCreatedDecoder.class)
                .programmeId();
        town.decide(Proposal.publish(programmeId));
        town.assign(programmeId, 1000);
        return programmeId;
    }
}

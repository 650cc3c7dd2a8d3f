// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core;

import static it.socialies.engine.core.AnswerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import it.socialies.engine.protocol.sbe.*;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Capture, void, expiry, refund and the end of a payment. The card has 300 in a pocket, 200 in a later one and 100 IES. */
class PaymentLifecycleTest extends CoreTest {
    private Town town;
    private Town.Shop shop;
    private Town.Card card;
    private long sooner;
    private long later;

    @BeforeEach
    void openATown() {
        town = Town.open(core);
        shop = town.shop(Town.GROCERIES);
        card = town.card();
        sooner = town.programme(Town.admitting(Town.GROCERIES), Duration.ofDays(1000), 1000);
        later = town.programme(Town.admitting(Town.GROCERIES), Duration.ofDays(1100), 1000);
        town.topUp(card, sooner, 300);
        town.topUp(card, later, 200);
        town.issueIes(card, 100);
    }

    private long authorized() {
        return town.paid(shop, Pay.with(card, 600).allowIes().manual());
    }

    private long captured() {
        return town.paid(shop, Pay.with(card, 600).allowIes());
    }

    private Answer till(final Command command) {
        return core.send(shop.terminal(), command);
    }

    private void assertPaid(final long fromSooner, final long fromLater, final long ies) {
        assertThat(town.payableOf(shop, sooner)).isEqualTo(fromSooner);
        assertThat(town.payableOf(shop, later)).isEqualTo(fromLater);
        assertThat(town.iesPayableOf(shop)).isEqualTo(ies);
    }

    private void assertLeft(final long inSooner, final long inLater, final long ies) {
        assertThat(town.pocketOf(card, sooner)).isEqualTo(inSooner);
        assertThat(town.pocketOf(card, later)).isEqualTo(inLater);
        assertThat(town.iesOf(card)).isEqualTo(ies);
    }

    // ---------------------------------------------------------------- capture

    @Test
    void shouldCaptureTheWhole() {
        final Answer answer = till(Commands.capture(authorized(), 600));

        assertThat(answer).emitted("PaymentChanged", "HoldCaptured", "HoldCaptured", "HoldCaptured");
        final PaymentChangedDecoder changed = answer.one(PaymentChangedDecoder.class);
        assertThat(changed.state()).isEqualTo(PaymentState.CAPTURED);
        assertThat(changed.capturedTotal()).isEqualTo(600);
        assertPaid(300, 200, 100);
        assertLeft(0, 0, 0);
    }

    @Test
    void shouldCaptureWhatWasHeldThoughTheProgrammeWasSuspendedMeanwhile() {
        final long paymentId = authorized();
        core.must(town.admin, Commands.setProgrammeStatus(sooner, ProgrammeStatus.SUSPENDED));

        assertThat(till(Commands.capture(paymentId, 600)))
                .emitted("PaymentChanged", "HoldCaptured", "HoldCaptured", "HoldCaptured");

        assertPaid(300, 200, 100);
        assertLeft(0, 0, 0);
    }

    @Test
    void shouldCaptureWhatWasHeldThoughTheProgrammeEndedMeanwhileAndSweepTheRest() {
        final long ending = town.programme(Town.admitting(Town.GROCERIES), Duration.ofDays(2), 1000);
        final Town.Card other = town.card();
        town.topUp(other, ending, 300);
        final long paymentId = town.paid(shop, Pay.with(other, 300).manual());
        core.pass(Duration.ofDays(3));
        core.tickUntilQuiet();

        assertThat(till(Commands.capture(paymentId, 120))).emitted("PaymentChanged", "HoldCaptured");
        core.tickUntilQuiet();

        assertThat(town.payableOf(shop, ending)).isEqualTo(120);
        assertThat(town.pocketOf(other, ending)).isZero();
        assertThat(town.fundOf(ending)).isEqualTo(880);
    }

    @ParameterizedTest(name = "{0} of 600: {1} + {2} + {3} IES")
    @CsvSource({
        "1,   1,   0,   0,  HoldCaptured HoldReleased HoldReleased",
        "300, 300, 0,   0,  HoldCaptured HoldReleased HoldReleased",
        "301, 300, 1,   0,  HoldCaptured HoldCaptured HoldReleased",
        "500, 300, 200, 0,  HoldCaptured HoldCaptured HoldReleased",
        "599, 300, 200, 99, HoldCaptured HoldCaptured HoldCaptured",
    })
    void shouldCaptureAPartInTheOrderOfTheDrawsAndReleaseTheRest(
            final long amount, final long fromSooner, final long fromLater, final long ies, final String holds) {
        final Answer answer = till(Commands.capture(authorized(), amount));

        assertThat(answer.names()).startsWith("PaymentChanged").containsAll(List.of(holds.split(" ")));
        assertThat(answer.names().subList(1, 4)).containsExactly(holds.split(" "));
        assertPaid(fromSooner, fromLater, ies);
        assertLeft(300 - fromSooner, 200 - fromLater, 100 - ies);
    }

    @Test
    void shouldCaptureOnceAndNoMoreThanAuthorized() {
        final long paymentId = authorized();

        assertRefused(ResultCode.AMOUNT_EXCEEDS_AUTHORIZED, shop.terminal(), Commands.capture(paymentId, 601));
        till(Commands.capture(paymentId, 100));
        assertRefused(ResultCode.PAYMENT_STATE_CONFLICT, shop.terminal(), Commands.capture(paymentId, 100));
        assertRefused(ResultCode.PAYMENT_STATE_CONFLICT, shop.terminal(), Commands.voidPayment(paymentId));
    }

    @Test
    void shouldCaptureUntilTheDeadlineButNotAtIt() {
        final long paymentId = authorized();
        final long second = town.paid(shop, Pay.with(withMoney(), 10).manual());
        core.pass(Duration.ofDays(7).minusMillis(1));
        assertThat(till(Commands.capture(paymentId, 600))).executed();
        core.pass(Duration.ofMillis(1));
        assertRefused(ResultCode.EXPIRED, shop.terminal(), Commands.capture(second, 10));
    }

    private Town.Card withMoney() {
        return town.cardWith(later, 10);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MIN_VALUE, Long.MAX_VALUE})
    void shouldRefuseAmountsThatMakeNoSense(final long amount) {
        final long authorized = authorized();

        assertRefused(ResultCode.INVALID_AMOUNT, shop.terminal(), Commands.capture(authorized, amount));
        assertRefused(ResultCode.INVALID_AMOUNT, shop.terminal(), Commands.refund(authorized, amount));
    }

    // ---------------------------------------------------------------- void and expiry

    @Test
    void shouldVoid() {
        final Answer answer = till(Commands.voidPayment(authorized()));

        assertThat(answer).emitted("PaymentChanged", "HoldReleased", "HoldReleased", "HoldReleased");
        assertThat(answer.one(PaymentChangedDecoder.class).state()).isEqualTo(PaymentState.VOIDED);
        assertPaid(0, 0, 0);
        assertLeft(300, 200, 100);
    }

    @Test
    void shouldExpireAnUncapturedPaymentAtItsDeadline() {
        final long paymentId = authorized();
        core.pass(Duration.ofDays(7).minusMillis(1));
        assertThat(core.tickForMoney()).isEmpty();
        core.pass(Duration.ofMillis(1));

        final List<Answer> ticks = core.tickForMoney();

        assertThat(ticks).hasSize(1);
        assertThat(ticks.getFirst()).emitted("PaymentChanged", "HoldReleased", "HoldReleased", "HoldReleased");
        final PaymentChangedDecoder changed = ticks.getFirst().one(PaymentChangedDecoder.class);
        assertThat(changed.paymentId()).isEqualTo(paymentId);
        assertThat(changed.state()).isEqualTo(PaymentState.EXPIRED);
        assertLeft(300, 200, 100);
        assertRefused(ResultCode.PAYMENT_STATE_CONFLICT, shop.terminal(), Commands.capture(paymentId, 1));
    }

    @Test
    void shouldExpirePaymentsByDeadlineThenId() {
        final long first = town.paid(shop, Pay.with(card, 10).manual());
        final long second = town.paid(shop, Pay.with(card, 10).manual());
        core.pass(Duration.ofHours(1));
        final long third = town.paid(shop, Pay.with(card, 10).manual());
        core.pass(Duration.ofDays(8));

        final List<Long> order = core.tickForMoney().stream()
                .flatMap(tick -> tick.all(PaymentChangedDecoder.class).stream())
                .map(PaymentChangedDecoder::paymentId)
                .toList();

        assertThat(order).containsExactly(first, second, third);
    }

    @Test
    void shouldBoundOneTickToSixtyFourItems() {
        final Town.Card rich = town.cardWith(later, 500);
        for (int i = 0; i < 150; i++) {
            town.paid(shop, Pay.with(rich, 1).manual());
        }
        core.pass(Duration.ofDays(7));

        final List<Answer> ticks = core.tickForMoney();

        assertThat(ticks.size()).isGreaterThanOrEqualTo(3);
        assertThat(ticks)
                .allSatisfy(tick ->
                        assertThat(tick.all(PaymentChangedDecoder.class)).hasSizeBetween(1, 64));
        assertThat(town.pocketOf(rich, later)).isEqualTo(500);
    }

    @Test
    void shouldExpireManyPaymentsOfTheMostDrawsWithinTheLengthOfARecord() {
        final List<Town.Card> cards = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
            cards.add(town.card());
        }
        for (int i = 0; i < 16; i++) {
            final long programmeId = town.fundedProgramme(Town.admitting(Town.GROCERIES), 640);
            final List<Proposal.Row> rows = cards.stream()
                    .map(each -> new Proposal.Row(each.walletId(), 10))
                    .toList();
            final Proposal batch = Proposal.topUpBatch(programmeId, rows);
            final long batchId = town.propose(town.social, batch);
            core.must(town.secondSocial, Commands.approve(batchId, batch));
            core.must(town.social, Commands.executeTopUps(batchId, 0, rows));
        }
        for (final Town.Card each : cards) {
            final Answer made = town.pay(shop, Pay.with(each, 160).manual());
            assertThat(Town.drawsOf(made)).hasSize(16);
        }
        core.pass(Duration.ofDays(7));

        core.tickUntilQuiet();

        for (final Town.Card each : cards) {
            town.paid(shop, Pay.with(each, 160));
        }
    }

    @Test
    void shouldRefundThePaymentOfTheMostDraws() {
        final Town.Card rich = town.card();
        for (int i = 0; i < 16; i++) {
            town.topUp(rich, town.fundedProgramme(Town.admitting(Town.GROCERIES), 10), 10);
        }
        town.issueIes(rich, 10);
        final Answer made = town.pay(shop, Pay.with(rich, 170).allowIes());
        final long paymentId = made.one(PaymentMadeDecoder.class).paymentId();
        assertThat(Town.drawsOf(made)).hasSize(17);

        till(Commands.refund(paymentId, 165));
        final Answer last = till(Commands.refund(paymentId, 5));

        assertThat(last).emitted("PaymentChanged", "HoldRefunded");
        town.paid(shop, Pay.with(rich, 170).allowIes());
    }

    // ---------------------------------------------------------------- refund

    @Test
    void shouldRefundTheWholeBackWhereItCameFrom() {
        final Answer answer = till(Commands.refund(captured(), 600));

        assertThat(answer).emitted("PaymentChanged", "HoldRefunded", "HoldRefunded", "HoldRefunded");
        final PaymentChangedDecoder changed = answer.one(PaymentChangedDecoder.class);
        assertThat(changed.state()).isEqualTo(PaymentState.REFUNDED);
        assertThat(changed.refundedTotal()).isEqualTo(600);
        assertPaid(0, 0, 0);
        assertLeft(300, 200, 100);
    }

    @Test
    void shouldRefundInReverseOrderOfTheDraws() {
        final long paymentId = captured();

        till(Commands.refund(paymentId, 50));
        assertPaid(300, 200, 50);
        till(Commands.refund(paymentId, 100));
        assertPaid(300, 150, 0);
        till(Commands.refund(paymentId, 200));
        assertPaid(250, 0, 0);
        final Answer last = till(Commands.refund(paymentId, 250));
        assertPaid(0, 0, 0);

        assertThat(last.one(PaymentChangedDecoder.class).state()).isEqualTo(PaymentState.REFUNDED);
        assertThat(last.one(PaymentChangedDecoder.class).refundedTotal()).isEqualTo(600);
        assertRefused(ResultCode.PAYMENT_STATE_CONFLICT, shop.terminal(), Commands.refund(paymentId, 1));
    }

    @Test
    void shouldRefundNoMoreThanWasCapturedAndNotYetRefunded() {
        final long paymentId = authorized();
        till(Commands.capture(paymentId, 350));
        assertRefused(ResultCode.AMOUNT_EXCEEDS_REFUNDABLE, shop.terminal(), Commands.refund(paymentId, 351));
        final Answer partial = till(Commands.refund(paymentId, 100));

        assertThat(partial.one(PaymentChangedDecoder.class).state()).isEqualTo(PaymentState.PARTIALLY_REFUNDED);
        assertPaid(250, 0, 0);
        assertRefused(ResultCode.AMOUNT_EXCEEDS_REFUNDABLE, shop.terminal(), Commands.refund(paymentId, 251));
        assertThat(till(Commands.refund(paymentId, 250))).executed();
    }

    @Test
    void shouldRefundOnlyWhatWasCaptured() {
        final long authorized = authorized();

        assertRefused(ResultCode.PAYMENT_STATE_CONFLICT, shop.terminal(), Commands.refund(authorized, 1));
        till(Commands.voidPayment(authorized));
        assertRefused(ResultCode.PAYMENT_STATE_CONFLICT, shop.terminal(), Commands.refund(authorized, 1));
    }

    @Test
    void shouldNotCaptureOrVoidWhatWasCapturedAtOnce() {
        final long paymentId = captured();

        assertRefused(ResultCode.PAYMENT_STATE_CONFLICT, shop.terminal(), Commands.capture(paymentId, 1));
        assertRefused(ResultCode.PAYMENT_STATE_CONFLICT, shop.terminal(), Commands.voidPayment(paymentId));
    }

    @Test
    void shouldNotRefundWhatTheMerchantRedeemedAlready() {
        final long paymentId = captured();
        town.decide(Proposal.redeemMerchant(shop.merchantId(), 60));

        assertRefused(ResultCode.SETTLED_ALREADY, shop.terminal(), Commands.refund(paymentId, 100));
        assertThat(till(Commands.refund(paymentId, 40))).executed();
        assertPaid(300, 200, 0);
        assertRefused(ResultCode.SETTLED_ALREADY, shop.terminal(), Commands.refund(paymentId, 1));
    }

    // ---------------------------------------------------------------- who and how long

    @Test
    void shouldServeEachTillOfTheMerchantAndNoOther() {
        final Town.Shop otherTill = town.shopOf(shop.merchantId());
        final Town.Shop stranger = town.shop(Town.GROCERIES);
        final long paymentId = authorized();

        for (final Command command : List.of(
                Commands.capture(paymentId, 1), Commands.voidPayment(paymentId), Commands.refund(paymentId, 1))) {
            assertThat(core.refusal(stranger.terminal(), command)).isIn(ResultCode.FORBIDDEN, ResultCode.NOT_FOUND);
        }
        assertThat(core.send(otherTill.terminal(), Commands.capture(paymentId, 10)))
                .executed();
        assertThat(core.send(town.social, Commands.refund(paymentId, 10))).executed();
    }

    @Test
    void shouldCloseAPaymentNinetyDaysAfterItsLastChange() {
        final long paymentId = captured();
        core.pass(Duration.ofDays(80));
        till(Commands.refund(paymentId, 100));
        core.pass(Duration.ofDays(90).minusMillis(1));
        assertThat(core.tickForMoney()).isEmpty();
        assertThat(till(Commands.refund(paymentId, 50))).executed();
        core.pass(Duration.ofDays(90));

        final List<Answer> ticks = core.tickForMoney();

        assertThat(ticks).hasSize(1);
        assertThat(ticks.getFirst()).emitted("PaymentClosed");
        assertRefused(ResultCode.NOT_FOUND, shop.terminal(), Commands.refund(paymentId, 1));
    }

    @Test
    void shouldRefundUntilTheEndOfAPaymentButNotAtItNorAfterItsSlotServesAnother() {
        final long paymentId =
                till(Pay.with(card, 10)).one(PaymentMadeDecoder.class).paymentId();
        final long second =
                till(Pay.with(card, 10)).one(PaymentMadeDecoder.class).paymentId();
        core.pass(Duration.ofDays(90).minusMillis(1));
        assertThat(till(Commands.refund(second, 1))).executed();
        core.pass(Duration.ofMillis(1));

        assertRefused(ResultCode.NOT_FOUND, shop.terminal(), Commands.refund(paymentId, 1));
        assertThat(core.ask(town.social, Commands.queryPayment(paymentId)))
                .as("closed or not, as for a refund")
                .answered(ResultCode.NOT_FOUND);
        assertThat(core.tickForMoney()).hasSize(1);
        assertRefused(ResultCode.NOT_FOUND, shop.terminal(), Commands.refund(paymentId, 1));
        final long third =
                till(Pay.with(card, 10)).one(PaymentMadeDecoder.class).paymentId();
        assertRefused(ResultCode.NOT_FOUND, shop.terminal(), Commands.refund(paymentId, 1));
        assertThat(core.ask(town.social, Commands.queryPayment(paymentId))).answered(ResultCode.NOT_FOUND);
        assertThat(till(Commands.refund(second, 9))).executed();
        assertThat(till(Commands.refund(third, 10))).executed();
        assertLeft(290, 200, 100);
    }

    @Test
    void shouldCloseVoidedAndExpiredPaymentsToo() {
        final long voided = authorized();
        till(Commands.voidPayment(voided));
        final long expired = authorized();
        core.pass(Duration.ofDays(7));
        core.tickUntilQuiet();
        core.pass(Duration.ofDays(90));

        final List<Long> closed = core.tickForMoney().stream()
                .flatMap(tick -> tick.all(PaymentClosedDecoder.class).stream())
                .map(PaymentClosedDecoder::paymentId)
                .toList();

        assertThat(closed).containsExactly(voided, expired);
        assertLeft(300, 200, 100);
    }

    @Test
    void shouldRefundTheWholeOfAPaymentWhoseSlotServedARefundedOne() {
        till(Commands.refund(captured(), 600));
        core.pass(Duration.ofDays(90));
        core.tickUntilQuiet();

        assertThat(till(Commands.refund(captured(), 600))).executed();
        assertLeft(300, 200, 100);
    }

    @Test
    void shouldNotFindWhatIsNotThere() {
        for (final long paymentId : new long[] {0, -1, 9, Long.MAX_VALUE}) {
            assertRefused(ResultCode.NOT_FOUND, town.social, Commands.capture(paymentId, 1));
            assertRefused(ResultCode.NOT_FOUND, town.social, Commands.voidPayment(paymentId));
            assertRefused(ResultCode.NOT_FOUND, town.social, Commands.refund(paymentId, 1));
        }
    }
}

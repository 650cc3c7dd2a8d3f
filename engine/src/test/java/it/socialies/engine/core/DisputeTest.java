// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core;

import static it.socialies.engine.core.AnswerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import it.socialies.engine.protocol.sbe.*;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is disputed is held from what the shop is owed, and two persons decide. The card has 300 in a pocket, 200 in a later one and 100 IES. */
class DisputeTest extends CoreTest {
    private static final long CASE = 31;
    private static final long DECISION = 41;

    private Town town;
    private Town.Shop shop;
    private Town.Card card;
    private long sooner;
    private long later;
    private long paymentId;

    @BeforeEach
    void openATown() {
        town = Town.open(core);
        shop = town.shop(Town.GROCERIES);
        card = town.card();
        sooner = town.programme(Town.admitting(Town.GROCERIES), Duration.ofDays(1000), 1_000);
        later = town.programme(Town.admitting(Town.GROCERIES), Duration.ofDays(1100), 1_000);
        town.topUp(card, sooner, 300);
        town.topUp(card, later, 200);
        town.issueIes(card, 100);
        paymentId = town.paid(shop, Pay.with(card, 600).allowIes());
    }

    private long disputed(final long amount) {
        return core.must(town.social, Commands.openDispute(paymentId, amount, CASE))
                .one(DisputeOpenedDecoder.class)
                .disputeId();
    }

    private Answer decided(final long disputeId, final long refunded) {
        return town.decide(Proposal.decideDispute(disputeId, refunded, DECISION));
    }

    private long drawable(final long programmeId) {
        return town.drawn(programmeId, shop).amount();
    }

    @Test
    void shouldHoldWhatIsDisputedFromTheLastDrawsFirst() {
        final Answer opened = core.must(town.treasurer, Commands.openDispute(paymentId, 350, CASE));

        assertThat(opened).emitted("DisputeOpened");
        assertThat(drawable(sooner)).isEqualTo(250);
        assertThat(drawable(later)).isZero();
        assertRefused(
                ResultCode.INSUFFICIENT_FUNDS,
                town.treasurer,
                Commands.propose(Proposal.redeemMerchant(shop.merchantId(), 1)));
    }

    @Test
    void shouldLetOtherPaymentsBeSettledButForTheDisputedSum() {
        final long dispute = disputed(110);
        town.paid(shop, Pay.with(town.cardWith(later, 50), 50));

        assertThat(drawable(later)).isEqualTo(240);
        decided(dispute, 0);
        assertThat(drawable(later)).isEqualTo(10);
    }

    @Test
    void shouldHoldFromWhatTheShopEarnsNextWhenThePaymentWasSettledAlready() {
        assertThat(drawable(later)).isEqualTo(200);
        disputed(150);
        town.paid(shop, Pay.with(town.cardWith(later, 70), 70));

        assertThat(drawable(later)).isEqualTo(20);
    }

    @Test
    void shouldRefundAPartAndReleaseTheRest() {
        final long dispute = disputed(350);

        final Answer answer = decided(dispute, 120);

        assertThat(answer)
                .emitted("ProposalDecided", "DisputeDecided", "PaymentChanged", "HoldRefunded", "HoldRefunded");
        assertThat(answer.one(PaymentChangedDecoder.class).refundedTotal()).isEqualTo(120);
        assertThat(town.iesOf(card)).isEqualTo(100);
        assertThat(town.pocketOf(card, later)).isEqualTo(20);
        assertThat(drawable(later)).isEqualTo(180);
        assertThat(drawable(sooner)).isEqualTo(300);
    }

    @Test
    void shouldMakeADebtOfWhatWasSettled() {
        town.drawn(later, shop);
        final long dispute = disputed(150);

        decided(dispute, 150);

        assertThat(town.debtOf(shop, later)).isEqualTo(50);
    }

    @Test
    void shouldNotRefundIesThatWasRedeemed() {
        town.decide(Proposal.redeemMerchant(shop.merchantId(), 60));
        final long dispute = disputed(100);

        assertRefused(
                ResultCode.SETTLED_ALREADY,
                town.social,
                Commands.propose(Proposal.decideDispute(dispute, 41, DECISION)));
        assertThat(decided(dispute, 40)).executed();
    }

    @Test
    void shouldKeepADisputedPaymentAsItIsUntilItIsDecided() {
        final long dispute = disputed(10);
        core.pass(Duration.ofDays(200));
        core.tickForMoney();

        assertRefused(ResultCode.PAYMENT_DISPUTED, shop.terminal(), Commands.refund(paymentId, 1));
        assertRefused(ResultCode.PAYMENT_DISPUTED, town.social, Commands.openDispute(paymentId, 1, CASE));
        decided(dispute, 0);
        assertThat(core.send(shop.terminal(), Commands.refund(paymentId, 1))).executed();
        core.pass(Duration.ofDays(90));
        assertRefused(ResultCode.NOT_FOUND, town.social, Commands.openDispute(paymentId, 1, CASE));
    }

    @Test
    void shouldDecideOnceAndNoMoreThanIsDisputed() {
        final long dispute = disputed(10);
        final Proposal nothing = Proposal.decideDispute(dispute, 0, DECISION);
        final long second = town.propose(town.social, nothing);

        assertRefused(
                ResultCode.AMOUNT_EXCEEDS_REFUNDABLE,
                town.social,
                Commands.propose(Proposal.decideDispute(dispute, 11, DECISION)));
        decided(dispute, 10);
        assertRefused(ResultCode.NOT_FOUND, town.treasurer, Commands.approve(second, nothing));
    }

    @Test
    void shouldDisputeOnlyWhatWasCapturedAndNotRefunded() {
        core.must(shop.terminal(), Commands.refund(paymentId, 590));

        assertRefused(ResultCode.AMOUNT_EXCEEDS_REFUNDABLE, town.social, Commands.openDispute(paymentId, 11, CASE));
        disputed(10);
        final long held = town.paid(shop, Pay.with(card, 10).allowIes().manual());
        assertRefused(ResultCode.PAYMENT_STATE_CONFLICT, town.social, Commands.openDispute(held, 1, CASE));
    }
}

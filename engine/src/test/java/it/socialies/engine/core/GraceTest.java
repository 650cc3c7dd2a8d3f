// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core;

import static it.socialies.engine.core.AnswerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import it.socialies.engine.protocol.sbe.*;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Money that comes back behind its programme's end may be spent for days, when the rules it was drawn under say so; then it goes to the fund. */
class GraceTest extends CoreTest {
    private static final Duration VALIDITY = Duration.ofDays(10);
    private static final Duration GRACE = Duration.ofDays(3);
    private static final long GROCERIES = Town.admitting(Town.GROCERIES);

    private Town town;
    private Town.Shop shop;
    private long programmeId;
    private Town.Card card;

    @BeforeEach
    void openATown() {
        town = Town.open(core);
        shop = town.shop(Town.GROCERIES);
        programmeId = town.programme(GROCERIES, VALIDITY, 10_000);
        inForce(3);
        card = town.cardWith(programmeId, 500);
    }

    private void inForce(final int graceDays) {
        town.rules(RulesDraft.of(programmeId, core.nowMs() + 1, GROCERIES).grace(graceDays));
        core.pass(Duration.ofMillis(1));
    }

    private void end() {
        core.pass(VALIDITY);
        core.tickUntilQuiet();
    }

    private Answer refund(final long paymentId, final long amount) {
        return core.must(shop.terminal(), Commands.refund(paymentId, amount));
    }

    @Test
    void shouldLetWhatIsRefundedBehindTheEndBeSpent() {
        final long paymentId = town.paid(shop, Pay.with(card, 200));
        end();

        final Answer refunded = refund(paymentId, 80);

        assertThat(refunded).emitted("PaymentChanged", "HoldRefunded", "GraceGranted");
        final long untilMs = core.nowMs() + GRACE.toMillis();
        assertThat(refunded.one(GraceGrantedDecoder.class).untilMs()).isEqualTo(untilMs);
        assertThat(core.tickForMoney()).isEmpty();
        town.paid(shop, Pay.with(card, 30));
        core.passUntil(untilMs - 1);
        assertThat(core.tickForMoney()).isEmpty();
        town.paid(shop, Pay.with(card, 10));
        core.passUntil(untilMs);
        assertThat(town.pay(shop, Pay.with(card, 1))).refused(ResultCode.EXPIRED);
        assertThat(core.tickForMoney().getFirst()).emitted("TransferPosted", "PocketSwept");
        assertThat(town.pocketOf(card, programmeId)).isZero();
        assertThat(town.fundOf(programmeId)).isEqualTo(10_000 - 200 + 80 - 40);
    }

    @Test
    void shouldGrantForWhatIsVoidedOrCapturedInPart() {
        final long voided = town.paid(shop, Pay.with(card, 50).manual());
        final long captured = town.paid(shop, Pay.with(card, 60).manual());
        core.pass(Duration.ofDays(6));
        final long late = town.paid(shop, Pay.with(card, 70).manual());
        final long whole = town.paid(shop, Pay.with(card, 20).manual());
        core.pass(Duration.ofDays(1));
        core.tickUntilQuiet();
        core.pass(Duration.ofDays(3));
        core.tickUntilQuiet();

        assertRefused(ResultCode.PAYMENT_STATE_CONFLICT, shop.terminal(), Commands.voidPayment(voided));
        assertRefused(ResultCode.PAYMENT_STATE_CONFLICT, shop.terminal(), Commands.capture(captured, 1));
        assertThat(core.send(shop.terminal(), Commands.capture(whole, 20))).emitted("PaymentChanged", "HoldCaptured");
        assertThat(core.send(shop.terminal(), Commands.capture(late, 30)))
                .emitted("PaymentChanged", "HoldCaptured", "GraceGranted");
        assertThat(town.pocketOf(card, programmeId)).isEqualTo(40);
        town.paid(shop, Pay.with(card, 40));
    }

    @Test
    void shouldGrantWhenAnAuthorizationExpires() {
        core.pass(Duration.ofDays(5));
        town.paid(shop, Pay.with(card, 500).manual());
        core.pass(Duration.ofDays(7));

        assertThat(core.tickForMoney().getFirst().names()).contains("HoldReleased", "GraceGranted");
        town.paid(shop, Pay.with(card, 500));
    }

    @Test
    void shouldGrantByTheRulesOfThePayment() {
        final long withGrace = town.paid(shop, Pay.with(card, 10));
        inForce(0);
        final long without = town.paid(shop, Pay.with(card, 10));
        end();

        assertThat(refund(without, 10)).emitted("PaymentChanged", "HoldRefunded");
        assertThat(refund(withGrace, 10)).emitted("PaymentChanged", "HoldRefunded", "GraceGranted");
        town.paid(shop, Pay.with(card, 20));
    }

    @Test
    void shouldProlongAGraceAndNeverShortenIt() {
        final long first = town.paid(shop, Pay.with(card, 10));
        inForce(1);
        final long shorter = town.paid(shop, Pay.with(card, 10));
        end();
        final long untilMs = core.nowMs() + GRACE.toMillis();
        refund(first, 5);

        assertThat(refund(shorter, 10)).emitted("PaymentChanged", "HoldRefunded");
        core.pass(Duration.ofHours(1));
        assertThat(refund(first, 5).one(GraceGrantedDecoder.class).untilMs())
                .isEqualTo(untilMs + Duration.ofHours(1).toMillis());
        core.passUntil(untilMs);
        assertThat(core.tickForMoney()).isEmpty();
        town.paid(shop, Pay.with(card, 20));
    }

    @Test
    void shouldGrantNothingBeforeTheEndNorToAClosedWallet() {
        final long early = town.paid(shop, Pay.with(card, 10));
        final long late = town.paid(shop, Pay.with(card, 10));
        assertThat(refund(early, 10)).emitted("PaymentChanged", "HoldRefunded");
        end();
        town.decide(Proposal.closeWallet(card.walletId(), 0, Proposal.because(1, Proposal.DEATH)));

        assertThat(refund(late, 10)).emitted("PaymentChanged", "HoldRefunded");
        core.tickUntilQuiet();
        assertThat(town.pocketOf(card, programmeId)).isZero();
    }

    @Test
    void shouldGoOnWithAProgrammeThatWasExtendedMeanwhile() {
        final long paymentId = town.paid(shop, Pay.with(card, 200));
        end();
        refund(paymentId, 200);
        town.decide(
                Proposal.extend(programmeId, core.nowMs() + Duration.ofDays(30).toMillis(), 5));
        core.tickUntilQuiet();
        assertThat(town.pocketOf(card, programmeId)).isEqualTo(500);
        core.pass(GRACE);

        assertThat(core.tickForMoney().getFirst()).emitted("GraceEnded");
        town.paid(shop, Pay.with(card, 100));
        core.pass(Duration.ofDays(27));
        assertThat(core.tickForMoney().getFirst()).emitted("TransferPosted", "PocketSwept");
        assertThat(town.fundOf(programmeId)).isEqualTo(10_000 - 100);
    }

    @Test
    void shouldSweepAtTheEndOfTheGraceWhenTheNewEndCameBefore() {
        final long paymentId = town.paid(shop, Pay.with(card, 200));
        end();
        refund(paymentId, 200);
        town.decide(
                Proposal.extend(programmeId, core.nowMs() + Duration.ofDays(1).toMillis(), 5));
        core.tickUntilQuiet();
        core.pass(Duration.ofDays(2));
        assertThat(core.tickForMoney()).isEmpty();
        town.paid(shop, Pay.with(card, 50));
        core.pass(Duration.ofDays(1));

        assertThat(core.tickForMoney().getFirst()).emitted("TransferPosted", "PocketSwept");
        assertThat(town.fundOf(programmeId)).isEqualTo(10_000 - 50);
    }

    @Test
    void shouldTellTheHolderUntilWhen() {
        final long paymentId = town.paid(shop, Pay.with(card, 200));
        end();
        refund(paymentId, 200);

        final WalletViewDecoder view =
                core.ask(card.holder(), Commands.queryWallet(card.walletId())).one(WalletViewDecoder.class);

        assertThat(view.pockets().next().validUntilMs()).isEqualTo(core.nowMs() + GRACE.toMillis());
    }

    @Test
    void shouldEndManyGracesInBoundedSteps() {
        final long otherId = town.programme(GROCERIES, VALIDITY, 10_000);
        town.rules(RulesDraft.of(otherId, core.nowMs() + 1, GROCERIES).grace(1));
        core.pass(Duration.ofMillis(1));
        final long[] payments = new long[70];
        for (int i = 0; i < payments.length; i++) {
            payments[i] = town.paid(shop, Pay.with(town.cardWith(otherId, 2), 2));
        }
        end();
        for (final long paymentId : payments) {
            refund(paymentId, 1);
        }
        core.pass(Duration.ofDays(1));

        assertThat(core.tickForMoney())
                .hasSize(2)
                .allSatisfy(
                        tick -> assertThat(tick.all(PocketSweptDecoder.class)).hasSizeBetween(1, 64));
        assertThat(town.fundOf(otherId)).isEqualTo(10_000 - 70);
    }
}

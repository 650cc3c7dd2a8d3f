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

/** When a programme ends, what is left in its pockets goes back to its fund. */
class SweepTest extends CoreTest {
    private static final Duration VALIDITY = Duration.ofDays(10);

    private Town town;
    private Town.Shop shop;
    private long programmeId;

    @BeforeEach
    void openATown() {
        town = Town.open(core);
        shop = town.shop(Town.GROCERIES);
        programmeId = town.programme(Town.admitting(Town.GROCERIES), VALIDITY, 1000);
    }

    @Test
    void shouldSweepWhatIsLeftAtTheEnd() {
        final Town.Card card = town.cardWith(programmeId, 500);
        town.paid(shop, Pay.with(card, 200));
        core.pass(VALIDITY.minusMinutes(1));
        assertThat(core.tickForMoney()).isEmpty();
        core.pass(Duration.ofMinutes(1));

        final List<Answer> ticks = core.tickForMoney();

        assertThat(ticks).hasSize(1);
        assertThat(ticks.getFirst().names()).containsExactlyInAnyOrder("PocketSwept", "TransferPosted");
        final PocketSweptDecoder swept = ticks.getFirst().one(PocketSweptDecoder.class);
        assertThat(swept.walletId()).isEqualTo(card.walletId());
        assertThat(swept.amount()).isEqualTo(300);
        assertThat(town.pocketOf(card, programmeId)).isZero();
        assertThat(town.fundOf(programmeId)).isEqualTo(800);
        assertThat(town.payableOf(shop, programmeId)).isEqualTo(200);
    }

    @Test
    void shouldTickOffAnEmptyPocketWithoutMovingMoney() {
        final Town.Card card = town.cardWith(programmeId, 500);
        town.paid(shop, Pay.with(card, 500));
        core.pass(VALIDITY);

        final List<Answer> ticks = core.tickForMoney();

        assertThat(ticks).hasSize(1);
        assertThat(ticks.getFirst()).emitted("PocketSwept");
        assertThat(ticks.getFirst().one(PocketSweptDecoder.class).amount()).isZero();
        assertThat(town.fundOf(programmeId)).isEqualTo(500);
    }

    @Test
    void shouldSweepASuspendedProgrammeToo() {
        final Town.Card card = town.cardWith(programmeId, 500);
        core.must(town.social, Commands.setProgrammeStatus(programmeId, ProgrammeStatus.SUSPENDED));
        core.pass(VALIDITY);

        core.tickUntilQuiet();

        assertThat(town.pocketOf(card, programmeId)).isZero();
        assertThat(town.fundOf(programmeId)).isEqualTo(1000);
    }

    @Test
    void shouldSweepAgainWhatARefundBringsBackAfterTheEnd() {
        final Town.Card card = town.cardWith(programmeId, 500);
        final long paymentId = town.paid(shop, Pay.with(card, 200));
        core.pass(VALIDITY);
        core.tickUntilQuiet();
        assertThat(town.fundOf(programmeId)).isEqualTo(800);

        core.must(shop.terminal(), Commands.refund(paymentId, 50));
        assertThat(town.pocketOf(card, programmeId)).isEqualTo(50);
        core.tickUntilQuiet();
        assertThat(town.fundOf(programmeId)).isEqualTo(850);
        core.must(shop.terminal(), Commands.refund(paymentId, 150));
        core.tickUntilQuiet();

        assertThat(town.pocketOf(card, programmeId)).isZero();
        assertThat(town.fundOf(programmeId)).isEqualTo(1000);
        assertThat(town.payableOf(shop, programmeId)).isZero();
    }

    @Test
    void shouldLeaveHeldMoneyAloneUntilItIsReleased() {
        final Town.Card card = town.cardWith(programmeId, 500);
        core.pass(VALIDITY.minusDays(1));
        final long paymentId = town.paid(shop, Pay.with(card, 200).manual());
        final long otherId = town.paid(shop, Pay.with(card, 100).manual());
        core.pass(Duration.ofDays(1));
        core.tickUntilQuiet();
        assertThat(town.fundOf(programmeId)).isEqualTo(500 + 200);

        core.must(shop.terminal(), Commands.capture(paymentId, 150));
        core.tickUntilQuiet();
        assertThat(town.fundOf(programmeId)).isEqualTo(500 + 200 + 50);
        core.must(shop.terminal(), Commands.voidPayment(otherId));
        core.tickUntilQuiet();

        assertThat(town.fundOf(programmeId)).isEqualTo(850);
        assertThat(town.payableOf(shop, programmeId)).isEqualTo(150);
        assertThat(town.pocketOf(card, programmeId)).isZero();
    }

    @Test
    void shouldSweepWhatAnExpiredHoldReleasesInTheSameRun() {
        final Town.Card card = town.cardWith(programmeId, 500);
        core.pass(VALIDITY.minusDays(1));
        town.paid(shop, Pay.with(card, 500).manual());
        core.pass(Duration.ofDays(7));

        core.tickUntilQuiet();

        assertThat(town.fundOf(programmeId)).isEqualTo(1000);
        assertThat(town.pocketOf(card, programmeId)).isZero();
    }

    @Test
    void shouldSweepInBoundedStepsInTheOrderInWhichMoneyCame() {
        final List<Town.Card> cards = new ArrayList<>();
        for (int i = 0; i < 130; i++) {
            final Town.Card card = town.blankCard();
            cards.add(card);
        }
        for (final Town.Card card : cards.reversed()) {
            town.topUp(card, programmeId, 1);
        }
        town.topUp(cards.getLast(), programmeId, 1);
        core.pass(VALIDITY);

        final List<Answer> ticks = core.tickForMoney();

        assertThat(ticks)
                .allSatisfy(
                        tick -> assertThat(tick.all(PocketSweptDecoder.class)).hasSizeBetween(1, 64));
        assertThat(ticks.stream().flatMap(tick -> tick.all(PocketSweptDecoder.class).stream()))
                .extracting(PocketSweptDecoder::walletId)
                .containsExactlyElementsOf(
                        cards.reversed().stream().map(Town.Card::walletId).toList());
        assertThat(town.fundOf(programmeId)).isEqualTo(1000);
    }

    @Test
    void shouldSweepProgrammesInTheOrderOfTheirEnds() {
        final long second = town.programme(Town.admitting(Town.GROCERIES), VALIDITY.plusDays(2), 1000);
        final long first = town.programme(Town.admitting(Town.GROCERIES), VALIDITY.plusDays(1), 1000);
        final Town.Card card = town.card();
        for (final long id : new long[] {second, first, programmeId}) {
            town.topUp(card, id, 10);
        }
        core.pass(VALIDITY.plusDays(2));

        assertThat(core.tickForMoney().stream()
                        .flatMap(tick -> tick.all(PocketSweptDecoder.class).stream())
                        .map(PocketSweptDecoder::programmeId))
                .containsExactly(programmeId, first, second);
    }

    @Test
    void shouldGiveTheSweptFundBackToTheFunder() {
        town.cardWith(programmeId, 500);
        core.pass(VALIDITY);
        core.tickUntilQuiet();

        town.giveBack(programmeId, 1000);

        assertThat(town.fundOf(programmeId)).isZero();
    }

    @Test
    void shouldDoNothingWhenNothingIsDue() {
        core.tickUntilQuiet();

        assertThat(core.tick()).isEmpty();
    }
}

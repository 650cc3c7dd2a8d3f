// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core;

import static it.socialies.engine.core.AnswerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import it.socialies.engine.core.Proposal.Row;
import it.socialies.engine.protocol.sbe.*;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An act gives a programme more time; behind its end, everybody has back what was swept, to the cent, before it is valid again. */
class ExtensionTest extends CoreTest {
    private static final Duration VALIDITY = Duration.ofDays(10);
    private static final Duration MORE = Duration.ofDays(30);
    private static final long ACT = 41;

    private Town town;
    private Town.Shop shop;
    private long programmeId;

    @BeforeEach
    void openATown() {
        town = Town.open(core);
        shop = town.shop(Town.GROCERIES);
        programmeId = town.programme(Town.admitting(Town.GROCERIES), VALIDITY, 10_000);
    }

    private Proposal extension(final Duration fromNow) {
        return Proposal.extend(programmeId, core.nowMs() + fromNow.toMillis(), ACT);
    }

    private Answer extend(final Duration fromNow) {
        return town.decide(extension(fromNow));
    }

    private void end() {
        core.pass(VALIDITY);
        core.tickUntilQuiet();
    }

    private void assertRejected(final ResultCode code, final Town.Card card, final long amount) {
        assertThat(town.pay(shop, Pay.with(card, amount))).refused(code);
    }

    @Test
    void shouldBeValidLongerWhenItHasNotEnded() {
        final Town.Card card = town.cardWith(programmeId, 500);
        core.pass(VALIDITY.minusDays(1));

        final Answer extended = extend(Duration.ofDays(5));

        assertThat(extended).emitted("ProposalDecided", "ProgrammeExtended");
        final ProgrammeExtendedDecoder event = extended.one(ProgrammeExtendedDecoder.class);
        assertThat(event.programmeId()).isEqualTo(programmeId);
        assertThat(event.validUntilMs())
                .isEqualTo(core.nowMs() + Duration.ofDays(5).toMillis());
        core.pass(Duration.ofDays(4));
        assertThat(core.tickForMoney()).isEmpty();
        town.paid(shop, Pay.with(card, 200));
        town.topUp(card, programmeId, 100);
        core.pass(Duration.ofDays(1));
        assertRejected(ResultCode.EXPIRED, card, 1);
        core.tickUntilQuiet();
        assertThat(town.pocketOf(card, programmeId)).isZero();
        assertThat(town.fundOf(programmeId)).isEqualTo(10_000 - 200);
    }

    @Test
    void shouldGiveEachPocketBackExactlyWhatWasSwept() {
        final Town.Card untouched = town.cardWith(programmeId, 500);
        final Town.Card halfSpent = town.cardWith(programmeId, 300);
        final Town.Card spent = town.cardWith(programmeId, 100);
        town.paid(shop, Pay.with(halfSpent, 177));
        town.paid(shop, Pay.with(spent, 100));
        end();
        assertThat(town.fundOf(programmeId)).isEqualTo(10_000 - 277);

        final Answer begun = extend(MORE);

        assertThat(begun).emitted("ProposalDecided", "ExtensionBegun");
        final ExtensionBegunDecoder event = begun.one(ExtensionBegunDecoder.class);
        assertThat(event.programmeId()).isEqualTo(programmeId);
        assertThat(event.untilMs()).isEqualTo(core.nowMs() + MORE.toMillis());
        assertThat(event.total()).isEqualTo(623);
        assertThat(event.reference()).isEqualTo(ACT);
        assertThat(event.proposalId())
                .isEqualTo(begun.one(ProposalDecidedDecoder.class).proposalId());
        assertRejected(ResultCode.INSUFFICIENT_FUNDS, untouched, 1);

        final List<Answer> ticks = core.tickForMoney();

        assertThat(ticks).hasSize(1);
        assertThat(ticks.getFirst())
                .emitted("TransferPosted", "PocketRestored", "TransferPosted", "PocketRestored", "ProgrammeExtended");
        final List<PocketRestoredDecoder> restored = ticks.getFirst().all(PocketRestoredDecoder.class);
        assertThat(restored)
                .extracting(PocketRestoredDecoder::walletId)
                .containsExactly(untouched.walletId(), halfSpent.walletId());
        assertThat(restored).extracting(PocketRestoredDecoder::amount).containsExactly(500L, 123L);
        assertThat(ticks.getFirst().one(ProgrammeExtendedDecoder.class).validUntilMs())
                .isEqualTo(event.untilMs());
        assertThat(town.pocketOf(untouched, programmeId)).isEqualTo(500);
        assertThat(town.pocketOf(halfSpent, programmeId)).isEqualTo(123);
        assertThat(town.pocketOf(spent, programmeId)).isZero();
        assertThat(town.fundOf(programmeId)).isEqualTo(9100);
        town.paid(shop, Pay.with(untouched, 500));
        core.pass(MORE);
        core.tickUntilQuiet();
        assertThat(town.fundOf(programmeId)).isEqualTo(9100 + 123);
    }

    @Test
    void shouldRestoreInBoundedStepsInTheOrderOfTheSweep() {
        final List<Long> walletIds = creditMany(150);
        end();
        extend(MORE);

        final List<Answer> ticks = core.tickForMoney();

        assertThat(ticks).hasSize(3);
        assertThat(ticks)
                .allSatisfy(tick ->
                        assertThat(tick.all(PocketRestoredDecoder.class)).hasSizeBetween(1, 64));
        assertThat(ticks.stream().flatMap(tick -> tick.all(PocketRestoredDecoder.class).stream()))
                .extracting(PocketRestoredDecoder::walletId)
                .containsExactlyElementsOf(walletIds);
        assertThat(ticks.stream().filter(tick -> tick.has(ProgrammeExtendedDecoder.class)))
                .as("valid again with the last pocket")
                .containsExactly(ticks.getLast());
        assertThat(town.fundOf(programmeId)).isEqualTo(10_000 - amountOf(150));
    }

    /** Row n gets n cents; the wallets in the order of their rows. */
    private List<Long> creditMany(final int count) {
        final List<Row> rows = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            rows.add(new Row(town.blankCard().walletId(), i % 9 + 1));
        }
        final Proposal batch = Proposal.topUpBatch(programmeId, rows);
        final long batchId =
                town.decide(batch).one(ProposalDecidedDecoder.class).proposalId();
        for (int from = 0; from < count; from += 64) {
            final int to = Math.min(count, from + 64);
            core.must(
                    town.social,
                    Commands.executeTopUps(batchId, from, rows.subList(from, to), rows.subList(to, count)));
        }
        return rows.stream().map(Row::walletId).toList();
    }

    private static long amountOf(final int count) {
        return IntStream.rangeClosed(1, count).mapToLong(i -> i % 9 + 1).sum();
    }

    @Test
    void shouldStayEndedUntilTheLastPocketHasItsMoney() {
        final Town.Card first = town.cardWith(programmeId, 500);
        creditMany(70);
        end();
        extend(MORE);
        core.tick();
        assertThat(town.pocketOf(first, programmeId)).isEqualTo(500);

        assertRejected(ResultCode.EXPIRED, first, 1);
        assertRefused(
                ResultCode.PROGRAMME_EXPIRED,
                town.social,
                Commands.propose(Proposal.topUp(first.walletId(), programmeId, 1)));
        assertRefused(
                ResultCode.PROGRAMME_STATE_CONFLICT,
                town.treasurer,
                Commands.propose(Proposal.moveFund(programmeId, -1)));
        assertRefused(
                ResultCode.PROGRAMME_STATE_CONFLICT,
                town.treasurer,
                Commands.propose(Proposal.commitFund(programmeId, -1, 1)));
        assertRefused(ResultCode.PROGRAMME_STATE_CONFLICT, town.social, Commands.propose(extension(MORE)));

        core.tick();
        town.paid(shop, Pay.with(first, 500));
        town.giveBack(programmeId, 1);
    }

    @Test
    void shouldAddWhatIsRefundedMeanwhile() {
        final Town.Card card = town.cardWith(programmeId, 500);
        final long paymentId = town.paid(shop, Pay.with(card, 200));
        end();
        extend(MORE);

        core.must(shop.terminal(), Commands.refund(paymentId, 50));
        assertThat(town.pocketOf(card, programmeId)).isEqualTo(50);
        final List<Answer> ticks = core.tickForMoney();

        assertThat(ticks).hasSize(1);
        assertThat(ticks.getFirst()).emitted("TransferPosted", "PocketRestored", "ProgrammeExtended");
        assertThat(town.pocketOf(card, programmeId)).isEqualTo(350);
        core.pass(MORE);
        core.tickUntilQuiet();
        assertThat(town.fundOf(programmeId)).isEqualTo(10_000 - 150);
    }

    @Test
    void shouldRestoreTheSumOfAllSweepsSinceTheEnd() {
        final Town.Card first = town.cardWith(programmeId, 100);
        final Town.Card second = town.cardWith(programmeId, 500);
        final long paymentId = town.paid(shop, Pay.with(first, 100));
        final long otherId = town.paid(shop, Pay.with(second, 200));
        end();
        core.must(shop.terminal(), Commands.refund(paymentId, 30));
        core.tickUntilQuiet();
        core.must(shop.terminal(), Commands.refund(otherId, 70));
        final Answer swept = core.tickForMoney().getFirst();
        assertThat(swept.one(PocketSweptDecoder.class).amount()).isEqualTo(70);
        assertThat(swept.one(PocketSweptDecoder.class).restorable()).isEqualTo(370);

        extend(MORE);
        final List<PocketRestoredDecoder> restored =
                core.tickForMoney().getFirst().all(PocketRestoredDecoder.class);

        assertThat(restored)
                .as("the order in which money was first swept")
                .extracting(PocketRestoredDecoder::walletId)
                .containsExactly(second.walletId(), first.walletId());
        assertThat(restored).extracting(PocketRestoredDecoder::amount).containsExactly(370L, 30L);
    }

    @Test
    void shouldGoOnAtOnceWhenNothingWasSweptYet() {
        final Town.Card card = town.cardWith(programmeId, 500);
        core.pass(VALIDITY);
        assertRejected(ResultCode.EXPIRED, card, 1);

        assertThat(extend(MORE)).emitted("ProposalDecided", "ProgrammeExtended");

        assertThat(core.tickForMoney()).isEmpty();
        town.paid(shop, Pay.with(card, 500));
    }

    @Test
    void shouldSweepAgainWhenTheNewEndCameBeforeTheLastPocketWasRestored() {
        final Town.Card card = town.cardWith(programmeId, 500);
        creditMany(70);
        end();
        extend(Duration.ofHours(1));
        core.pass(Duration.ofHours(2));

        final List<Answer> ticks = core.tickForMoney();

        final long restored = ticks.stream()
                .flatMap(tick -> tick.all(PocketRestoredDecoder.class).stream())
                .mapToLong(PocketRestoredDecoder::amount)
                .sum();
        final long swept = ticks.stream()
                .flatMap(tick -> tick.all(PocketSweptDecoder.class).stream())
                .mapToLong(PocketSweptDecoder::amount)
                .sum();
        assertThat(restored).isEqualTo(500 + amountOf(70));
        assertThat(swept).isEqualTo(restored);
        assertThat(ticks.stream().filter(tick -> tick.has(ProgrammeExtendedDecoder.class)))
                .hasSize(1);
        assertThat(town.fundOf(programmeId)).isEqualTo(10_000);

        final Answer again = extend(MORE);
        assertThat(again.one(ExtensionBegunDecoder.class).total()).isEqualTo(restored);
        core.tickUntilQuiet();
        assertThat(town.pocketOf(card, programmeId)).isEqualTo(500);
    }

    @Test
    void shouldNotRestoreWhatAnEarlierExtensionRestored() {
        final Town.Card card = town.cardWith(programmeId, 500);
        end();
        extend(MORE);
        core.tickUntilQuiet();
        town.paid(shop, Pay.with(card, 400));
        core.pass(MORE);
        core.tickUntilQuiet();

        assertThat(extend(MORE).one(ExtensionBegunDecoder.class).total()).isEqualTo(100);

        core.tickUntilQuiet();
        assertThat(town.pocketOf(card, programmeId)).isEqualTo(100);
        assertThat(town.fundOf(programmeId)).isEqualTo(9500);
    }

    @Test
    void shouldExtendWhatIsSuspendedAndLeaveItSo() {
        final Town.Card card = town.cardWith(programmeId, 500);
        core.must(town.social, Commands.setProgrammeStatus(programmeId, ProgrammeStatus.SUSPENDED));
        end();

        extend(MORE);
        core.tickUntilQuiet();

        assertThat(town.pocketOf(card, programmeId)).isEqualTo(500);
        assertRejected(ResultCode.INSUFFICIENT_FUNDS, card, 1);
    }

    @Test
    void shouldRestoreOneProgrammeAfterTheOtherByTheirIds() {
        final long otherId = town.programme(Town.admitting(Town.GROCERIES), VALIDITY, 10_000);
        final Town.Card card = town.card();
        town.topUp(card, programmeId, 10);
        town.topUp(card, otherId, 20);
        end();
        town.decide(Proposal.extend(otherId, core.nowMs() + MORE.toMillis(), ACT));
        extend(MORE);

        final List<Answer> ticks = core.tickForMoney();

        assertThat(ticks).hasSize(1);
        assertThat(ticks.getFirst())
                .emitted(
                        "TransferPosted",
                        "PocketRestored",
                        "ProgrammeExtended",
                        "TransferPosted",
                        "PocketRestored",
                        "ProgrammeExtended");
        assertThat(ticks.getFirst().all(PocketRestoredDecoder.class))
                .extracting(PocketRestoredDecoder::programmeId)
                .containsExactly(programmeId, otherId);
    }

    @Test
    void shouldNotExtendBeyondWhatIsCommitted() {
        town.cardWith(programmeId, 500);
        end();
        town.decide(Proposal.commitFund(programmeId, -9501, 8));
        final Proposal extension = extension(MORE);
        final long proposalId = town.propose(town.social, extension);

        assertRefused(ResultCode.COMMITMENT_EXCEEDED, town.secondSocial, Commands.approve(proposalId, extension));
        town.decide(Proposal.commitFund(programmeId, 1, 9));

        assertThat(core.send(town.secondSocial, Commands.approve(proposalId, extension)))
                .emitted("ProposalDecided", "ExtensionBegun");
    }

    @Test
    void shouldRefuseANewEndThatIsNoLater() {
        final long untilMs = core.nowMs() + VALIDITY.toMillis();
        core.passUntil(untilMs - 1);
        assertRefused(
                ResultCode.EXTENSION_TOO_EARLY,
                town.social,
                Commands.propose(Proposal.extend(programmeId, untilMs, ACT)));
        core.passUntil(untilMs + 5);
        assertRefused(
                ResultCode.EXTENSION_TOO_EARLY,
                town.social,
                Commands.propose(Proposal.extend(programmeId, untilMs + 5, ACT)));

        assertThat(core.send(town.social, Commands.propose(Proposal.extend(programmeId, untilMs + 6, ACT))))
                .emitted("ProposalMade");
    }

    @Test
    void shouldPayFromTheFirstSixteenPocketsOfAWalletThatHasMore() {
        final Town.Card card = town.card();
        final List<Long> ended = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            ended.add(programmeWith(card, VALIDITY));
        }
        end();
        for (int i = 0; i < 16; i++) {
            programmeWith(card, Duration.ofDays(50 + i));
        }
        // The last to end of all, and two that end before all others.
        town.decide(
                Proposal.extend(ended.get(0), core.nowMs() + Duration.ofDays(90).toMillis(), ACT));
        town.decide(
                Proposal.extend(ended.get(1), core.nowMs() + Duration.ofDays(7).toMillis(), ACT));
        town.decide(
                Proposal.extend(ended.get(2), core.nowMs() + Duration.ofDays(8).toMillis(), ACT));
        core.tickUntilQuiet();

        final Answer refused = town.pay(shop, Pay.with(card, 161));
        assertThat(refused).refused(ResultCode.INSUFFICIENT_FUNDS);
        assertThat(refused.one(PaymentRejectedDecoder.class).remaining()).isEqualTo(160);

        final Answer paid = town.pay(shop, Pay.with(card, 160));
        assertThat(paid).executed();
        assertThat(Town.drawsOf(paid)).hasSize(16).containsOnly(10L);
        assertThat(town.pocketOf(card, ended.get(0))).isEqualTo(10);
        assertThat(town.pocketOf(card, ended.get(1))).isZero();

        assertThat(Town.drawsOf(town.pay(shop, Pay.with(card, 30)))).containsExactly(10L, 10L, 10L);
        assertRefused(
                ResultCode.POCKETS_EXHAUSTED,
                town.social,
                Commands.propose(
                        Proposal.topUp(card.walletId(), town.programme(Town.admitting(Town.GROCERIES), MORE, 10), 1)));
    }

    /** A programme of 10 cents, which the card has. */
    private long programmeWith(final Town.Card card, final Duration validity) {
        final long id = town.programme(Town.admitting(Town.GROCERIES), validity, 10);
        town.topUp(card, id, 10);
        return id;
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core;

import static it.socialies.engine.core.AnswerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import it.socialies.engine.core.Proposal.Row;
import it.socialies.engine.protocol.sbe.*;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is renounced, clawed back or credited by mistake goes back as far as it was not spent; the rest is listed, and no pocket goes below zero. */
class TakeBackTest extends CoreTest {
    private static final Duration VALIDITY = Duration.ofDays(10);
    private static final Duration MORE = Duration.ofDays(30);
    private static final long BECAUSE = Proposal.because(23, Proposal.CLAWBACK);

    private Town town;
    private Town.Shop shop;
    private long programmeId;
    private final List<Town.Card> cards = new ArrayList<>();

    @BeforeEach
    void openATown() {
        town = Town.open(core);
        shop = town.shop(Town.GROCERIES);
        programmeId = town.programme(Town.admitting(Town.GROCERIES), VALIDITY, 10_000, 1000);
        for (int i = 0; i < 3; i++) {
            cards.add(town.card());
        }
    }

    private Proposal proposalOf(final Town.Card card, final long amount) {
        return Proposal.takeBack(card.walletId(), programmeId, amount, BECAUSE);
    }

    private Answer takeBack(final Town.Card card, final long amount) {
        return town.decide(proposalOf(card, amount));
    }

    private static void assertTaken(
            final Answer answer, final long amount, final long forgone, final long recoverable) {
        final TakenBackDecoder taken = answer.one(TakenBackDecoder.class);
        assertThat(List.of(taken.amount(), taken.forgone(), taken.recoverable()))
                .as("%s", answer)
                .containsExactly(amount, forgone, recoverable);
    }

    private void end() {
        core.pass(VALIDITY);
        core.tickUntilQuiet();
    }

    private void extend() {
        town.decide(Proposal.extend(programmeId, core.nowMs() + MORE.toMillis(), 1));
        core.tickUntilQuiet();
    }

    @Test
    void shouldTakeBackWhatIsThere() {
        final Town.Card card = town.cardWith(programmeId, 500);

        final Answer answer = takeBack(card, 300);

        assertThat(answer).emitted("ProposalDecided", "TransferPosted", "TakenBack");
        final TakenBackDecoder taken = answer.one(TakenBackDecoder.class);
        assertThat(taken.walletId()).isEqualTo(card.walletId());
        assertThat(taken.programmeId()).isEqualTo(programmeId);
        assertThat(taken.proposalId())
                .isEqualTo(answer.one(ProposalDecidedDecoder.class).proposalId());
        assertTaken(answer, 300, 0, 0);
        assertThat(town.pocketOf(card, programmeId)).isEqualTo(200);
        assertThat(town.fundOf(programmeId)).isEqualTo(9800);
    }

    @Test
    void shouldMakeRoomForAnotherAward() {
        final Town.Card card = town.cardWith(programmeId, 1000);
        assertRefused(
                ResultCode.HOUSEHOLD_CAP_EXCEEDED,
                town.social,
                Commands.propose(Proposal.topUp(card.walletId(), programmeId, 1)));

        takeBack(card, 400);

        town.topUp(card, programmeId, 400);
        assertThat(town.pocketOf(card, programmeId)).isEqualTo(1000);
    }

    @Test
    void shouldListWhatWasSpentAsRecoverable() {
        final Town.Card card = town.cardWith(programmeId, 500);
        town.paid(shop, Pay.with(card, 350));

        assertTaken(takeBack(card, 500), 150, 0, 350);
        final Answer nothing = takeBack(card, 350);

        assertThat(nothing).emitted("ProposalDecided", "TakenBack");
        assertTaken(nothing, 0, 0, 0);
        assertThat(town.pocketOf(card, programmeId)).isZero();
        assertThat(town.fundOf(programmeId)).isEqualTo(9650);
        assertRefused(ResultCode.AMOUNT_EXCEEDS_CREDITED, town.social, Commands.propose(proposalOf(card, 351)));
    }

    @Test
    void shouldLeaveHeldMoneyToItsPayment() {
        final Town.Card card = town.cardWith(programmeId, 500);
        final long paymentId = town.paid(shop, Pay.with(card, 200).manual());

        assertTaken(takeBack(card, 500), 300, 0, 200);
        core.must(shop.terminal(), Commands.capture(paymentId, 120));

        assertThat(town.pocketOf(card, programmeId)).isEqualTo(80);
        assertTaken(takeBack(card, 200), 80, 0, 0);
    }

    @Test
    void shouldAskForWhatWasSpentOnce() {
        final Town.Card card = town.cardWith(programmeId, 500);
        town.paid(shop, Pay.with(card, 350));

        assertTaken(takeBack(card, 200), 150, 0, 50);
        assertTaken(takeBack(card, 200), 0, 0, 200);
        assertTaken(takeBack(card, 200), 0, 0, 100);
        assertTaken(takeBack(card, 200), 0, 0, 0);

        town.topUp(card, programmeId, 100);
        assertTaken(takeBack(card, 450), 100, 0, 0);
    }

    @Test
    void shouldOweLessWhenARefundIsTakenBack() {
        final Town.Card card = town.cardWith(programmeId, 500);
        final long paymentId = town.paid(shop, Pay.with(card, 350));
        assertTaken(takeBack(card, 500), 150, 0, 350);
        core.must(shop.terminal(), Commands.refund(paymentId, 120));

        assertTaken(takeBack(card, 350), 120, 0, 0);

        town.topUp(card, programmeId, 70);
        town.paid(shop, Pay.with(card, 70));
        assertTaken(takeBack(card, 300), 0, 0, 70);
    }

    @Test
    void shouldForgoWhatWasSweptBeforeAnythingIsRecovered() {
        final Town.Card card = town.cardWith(programmeId, 500);
        town.paid(shop, Pay.with(card, 150));
        end();

        final Answer answer = takeBack(card, 400);

        assertThat(answer).emitted("ProposalDecided", "TakenBack");
        assertTaken(answer, 0, 350, 50);
        assertThat(town.fundOf(programmeId)).isEqualTo(9850);
        extend();
        assertThat(town.pocketOf(card, programmeId)).isZero();
    }

    @Test
    void shouldRestoreOnlyWhatWasNotForgone() {
        final Town.Card card = town.cardWith(programmeId, 500);
        final Town.Card other = town.cardWith(programmeId, 100);
        end();
        assertTaken(takeBack(card, 200), 0, 200, 0);
        assertTaken(takeBack(other, 100), 0, 100, 0);

        final Answer begun = town.decide(Proposal.extend(programmeId, core.nowMs() + MORE.toMillis(), 1));
        assertThat(begun.one(ExtensionBegunDecoder.class).total()).isEqualTo(300);
        core.tickUntilQuiet();

        assertThat(town.pocketOf(card, programmeId)).isEqualTo(300);
        assertThat(town.pocketOf(other, programmeId)).isZero();
        town.topUp(other, programmeId, 1000);
    }

    @Test
    void shouldForgoWhatIsAboutToBeRestored() {
        final Town.Card card = town.cardWith(programmeId, 500);
        end();
        town.decide(Proposal.extend(programmeId, core.nowMs() + MORE.toMillis(), 1));

        assertTaken(takeBack(card, 500), 0, 500, 0);

        final List<Answer> ticks = core.tickForMoney();
        assertThat(ticks).hasSize(1);
        assertThat(ticks.getFirst()).emitted("ProgrammeExtended");
        assertThat(town.fundOf(programmeId)).isEqualTo(10_000);
        town.topUp(card, programmeId, 1000);
    }

    @Test
    void shouldTakeWhatIsThereBeforeWhatWasSwept() {
        final Town.Card card = town.cardWith(programmeId, 500);
        final long paymentId = town.paid(shop, Pay.with(card, 200));
        end();
        core.must(shop.terminal(), Commands.refund(paymentId, 50));

        assertTaken(takeBack(card, 100), 50, 50, 0);
        extend();

        assertThat(town.pocketOf(card, programmeId)).isEqualTo(250);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, 7, 8, 14, 15, 17 * 8, Long.MIN_VALUE + 9})
    void shouldRefuseWithoutAnActOrAReason(final long because) {
        final Town.Card card = town.cardWith(programmeId, 500);

        assertRefused(
                ResultCode.INVALID_FIELD,
                town.social,
                Commands.propose(Proposal.takeBack(card.walletId(), programmeId, 1, because)));
    }

    @Test
    void shouldFindNoPocketWhereThereIsNone() {
        final long otherId = town.programme(1, VALIDITY, 1);
        final Town.Card card = town.cardWith(programmeId, 500);
        final Town neighbour = town.neighbour();
        for (final Proposal wrong : List.of(
                proposalOf(town.card(), 1),
                Proposal.takeBack(card.walletId(), otherId, 1, BECAUSE),
                Proposal.takeBack(card.walletId(), 9999, 1, BECAUSE),
                Proposal.takeBack(9999, programmeId, 1, BECAUSE))) {
            assertRefused(ResultCode.NOT_FOUND, town.social, Commands.propose(wrong));
        }
        assertRefused(ResultCode.NOT_FOUND, neighbour.social, Commands.propose(proposalOf(card, 1)));
    }

    // ---------------------------------------------------------------- batches

    private List<Row> rowsOf(final long... amounts) {
        final List<Row> rows = new ArrayList<>();
        for (int i = 0; i < amounts.length; i++) {
            rows.add(new Row(cards.get(i).walletId(), amounts[i]));
        }
        return rows;
    }

    private long approved(final Proposal batch) {
        final Answer approval = town.decide(batch);
        assertThat(approval).emitted("ProposalDecided");
        assertThat(approval.one(ProposalDecidedDecoder.class).state()).isEqualTo(ProposalState.APPROVED);
        return approval.one(ProposalDecidedDecoder.class).proposalId();
    }

    private long credited(final List<Row> rows) {
        final long batchId = approved(Proposal.topUpBatch(programmeId, rows));
        core.must(town.social, Commands.executeTopUps(batchId, 0, rows));
        return batchId;
    }

    @Test
    void shouldReverseABatchRowByRow() {
        final List<Row> rows = rowsOf(100, 200, 300);
        final long batchId = credited(rows);
        town.paid(shop, Pay.with(cards.get(1), 150));
        final long reversalId = approved(Proposal.takeBackBatch(batchId, rows, BECAUSE));

        final Answer first = core.must(
                town.social, Commands.executeTakeBacks(reversalId, 0, rows.subList(0, 2), rows.subList(2, 3)));

        assertThat(first).emitted("TransferPosted", "TakenBack", "TransferPosted", "TakenBack", "ProposalProgressed");
        assertThat(first.all(TakenBackDecoder.class))
                .extracting(TakenBackDecoder::amount)
                .containsExactly(100L, 50L);
        assertThat(first.all(TakenBackDecoder.class))
                .extracting(TakenBackDecoder::recoverable)
                .containsExactly(0L, 150L);
        assertThat(first.all(TakenBackDecoder.class))
                .extracting(TakenBackDecoder::proposalId)
                .containsOnly(reversalId);
        assertProgress(first, 2, 150, ProposalState.APPROVED, Proposal.digestOf(rows.subList(2, 3)));

        final Answer last = core.must(town.treasurer, Commands.executeTakeBacks(reversalId, 2, rows.subList(2, 3)));
        assertProgress(last, 3, 450, ProposalState.EXECUTED, Digest.ZERO);
        assertThat(town.fundOf(programmeId)).isEqualTo(10_000 - 150);
    }

    private static void assertProgress(
            final Answer answer, final int rows, final long total, final ProposalState state, final Digest rest) {
        final ProposalProgressedDecoder progress = answer.one(ProposalProgressedDecoder.class);
        assertThat(progress.rowsDone()).isEqualTo(rows);
        assertThat(progress.totalDone()).isEqualTo(total);
        assertThat(progress.state()).isEqualTo(state);
        assertThat(Digest.of(progress.digest())).isEqualTo(rest);
    }

    @Test
    void shouldGoOnPastARowOfWhichNothingCanBeTakenBack() {
        final long batchId = credited(rowsOf(100, 200, 300));
        takeBack(cards.get(2), 250);
        final List<Row> rows = List.of(
                new Row(9999, 50),
                new Row(town.card().walletId(), 60),
                new Row(cards.get(2).walletId(), 51),
                new Row(cards.get(0).walletId(), 100));
        final long reversalId = approved(Proposal.takeBackBatch(batchId, rows, BECAUSE));

        final Answer answer = core.must(town.social, Commands.executeTakeBacks(reversalId, 0, rows));

        assertThat(answer)
                .emitted(
                        "TakeBackRefused",
                        "TakeBackRefused",
                        "TakeBackRefused",
                        "TransferPosted",
                        "TakenBack",
                        "ProposalProgressed");
        final List<TakeBackRefusedDecoder> refused = answer.all(TakeBackRefusedDecoder.class);
        assertThat(refused).extracting(TakeBackRefusedDecoder::row).containsExactly(0, 1, 2);
        assertThat(refused).extracting(TakeBackRefusedDecoder::amount).containsExactly(50L, 60L, 51L);
        assertThat(refused)
                .extracting(TakeBackRefusedDecoder::code)
                .containsExactly(ResultCode.NOT_FOUND, ResultCode.NOT_FOUND, ResultCode.AMOUNT_EXCEEDS_CREDITED);
        assertProgress(answer, 4, 100, ProposalState.EXECUTED, Digest.ZERO);
    }

    @Test
    void shouldReverseAfterTheEndToo() {
        final List<Row> rows = rowsOf(100, 200, 300);
        final long batchId = credited(rows);
        end();
        final long reversalId = approved(Proposal.takeBackBatch(batchId, rows, BECAUSE));

        final Answer answer = core.must(town.admin, Commands.executeTakeBacks(reversalId, 0, rows));

        assertThat(answer).emitted("TakenBack", "TakenBack", "TakenBack", "ProposalProgressed");
        assertProgress(answer, 3, 600, ProposalState.EXECUTED, Digest.ZERO);
        assertThat(town.decide(Proposal.extend(programmeId, core.nowMs() + 1000, 1)))
                .emitted("ProposalDecided", "ProgrammeExtended");
    }

    @Test
    void shouldNeverAskBackMoreThanABatchCredited() {
        final List<Row> rows = rowsOf(100, 200, 1001);
        final long batchId = credited(rows);
        approved(Proposal.takeBackBatch(batchId, rowsOf(100, 100), BECAUSE));

        assertRefused(
                ResultCode.AMOUNT_EXCEEDS_CREDITED,
                town.social,
                Commands.propose(Proposal.takeBackBatch(batchId, rowsOf(1, 100), BECAUSE)));
        approved(Proposal.takeBackBatch(batchId, rowsOf(0, 100).subList(1, 2), BECAUSE));
    }

    @Test
    void shouldReverseWhatACancelledReversalLeft() {
        final List<Row> rows = rowsOf(100, 200, 300);
        final long batchId = credited(rows);
        town.paid(shop, Pay.with(cards.getFirst(), 40));
        final long firstId = approved(Proposal.takeBackBatch(batchId, rows, BECAUSE));
        core.must(town.social, Commands.executeTakeBacks(firstId, 0, rows.subList(0, 1), rows.subList(1, 3)));
        core.must(town.social, Commands.cancelBatch(firstId));

        assertRefused(
                ResultCode.AMOUNT_EXCEEDS_CREDITED,
                town.social,
                Commands.propose(Proposal.takeBackBatch(batchId, rowsOf(41, 200, 300), BECAUSE)));
        final List<Row> left = rowsOf(40, 200, 300);
        final long secondId = approved(Proposal.takeBackBatch(batchId, left, BECAUSE));
        core.must(town.social, Commands.executeTakeBacks(secondId, 0, left));

        assertThat(town.fundOf(programmeId)).isEqualTo(10_000 - 40);
    }

    @Test
    void shouldReverseOnlyWhatIsOver() {
        final List<Row> rows = rowsOf(100);
        final Proposal batch = Proposal.topUpBatch(programmeId, rows);
        final long batchId = town.propose(town.social, batch);
        final Command reverse = Commands.propose(Proposal.takeBackBatch(batchId, rows, BECAUSE));
        assertRefused(ResultCode.PROPOSAL_STATE_CONFLICT, town.social, reverse);
        core.must(town.secondSocial, Commands.approve(batchId, batch));
        assertRefused(ResultCode.PROPOSAL_STATE_CONFLICT, town.social, reverse);
        core.must(town.social, Commands.executeTopUps(batchId, 0, rows));

        assertThat(core.send(town.social, reverse)).emitted("ProposalMade");
    }

    // ---------------------------------------------------------------- cancelled batches

    @Test
    void shouldCreditNoFurtherRowOfACancelledBatch() {
        final List<Row> rows = rowsOf(100, 200, 300);
        final long batchId = approved(Proposal.topUpBatch(programmeId, rows));
        core.must(town.social, Commands.executeTopUps(batchId, 0, rows.subList(0, 1), rows.subList(1, 3)));

        final Answer cancelled = core.must(town.treasurer, Commands.cancelBatch(batchId));

        assertThat(cancelled).emitted("ProposalProgressed");
        assertProgress(cancelled, 1, 100, ProposalState.CANCELLED, Proposal.digestOf(rows.subList(1, 3)));
        assertRefused(
                ResultCode.PROPOSAL_STATE_CONFLICT,
                town.social,
                Commands.executeTopUps(batchId, 1, rows.subList(1, 3)));
        assertRefused(ResultCode.PROPOSAL_STATE_CONFLICT, town.social, Commands.cancelBatch(batchId));
        assertThat(town.fundOf(programmeId)).isEqualTo(9900);

        approved(Proposal.takeBackBatch(batchId, rows.subList(0, 1), BECAUSE));
    }

    @Test
    void shouldSayOfABatchCancelledBeforeItsFirstRowThatAllWasToCome() {
        final List<Row> rows = rowsOf(100, 200, 300);
        final long batchId = approved(Proposal.topUpBatch(programmeId, rows));

        final Answer cancelled = core.must(town.admin, Commands.cancelBatch(batchId));

        assertProgress(cancelled, 0, 0, ProposalState.CANCELLED, Proposal.digestOf(rows));
        assertRefused(
                ResultCode.AMOUNT_EXCEEDS_CREDITED,
                town.social,
                Commands.propose(Proposal.takeBackBatch(batchId, rowsOf(1), BECAUSE)));
    }

    @Test
    void shouldCancelNothingThatIsNotApproved() {
        final Proposal batch = Proposal.topUpBatch(programmeId, rowsOf(100));
        final long proposedId = town.propose(town.social, batch);
        assertRefused(ResultCode.PROPOSAL_STATE_CONFLICT, town.social, Commands.cancelBatch(proposedId));
        core.must(town.secondSocial, Commands.reject(proposedId));
        assertRefused(ResultCode.PROPOSAL_STATE_CONFLICT, town.social, Commands.cancelBatch(proposedId));
        assertRefused(ResultCode.PROPOSAL_STATE_CONFLICT, town.social, Commands.cancelBatch(credited(rowsOf(100))));
        assertRefused(ResultCode.FORBIDDEN, town.auditor, Commands.cancelBatch(proposedId));
        assertRefused(
                ResultCode.NOT_FOUND,
                town.social,
                Commands.cancelBatch(town.propose(town.social, proposalOf(cards.getFirst(), 1))));
    }
}

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

/** A batch is approved as a whole and executed chunk by chunk: never a row more, less or other than was approved. */
class TopUpBatchTest extends CoreTest {
    private Town town;
    private long programmeId;
    private final List<Town.Card> cards = new ArrayList<>();
    private List<Row> rows;
    private List<Row> approvedRows = List.of();

    @BeforeEach
    void openATown() {
        town = Town.open(core);
        programmeId = town.programme(Town.admitting(Town.GROCERIES), Duration.ofDays(30), 100_000, 500);
        for (int i = 0; i < 5; i++) {
            cards.add(town.card());
        }
        rows = rowsOf(100, 200, 300, 400, 500);
    }

    private List<Row> rowsOf(final long... amounts) {
        final List<Row> all = new ArrayList<>();
        for (int i = 0; i < amounts.length; i++) {
            all.add(new Row(cards.get(i).walletId(), amounts[i]));
        }
        return all;
    }

    private long approved(final List<Row> batch) {
        approvedRows = batch;
        final Proposal proposal = Proposal.topUpBatch(programmeId, batch);
        final long proposalId = town.propose(town.social, proposal);
        final Answer approval = core.send(town.secondSocial, Commands.approve(proposalId, proposal));
        assertThat(approval).emitted("ProposalDecided");
        assertThat(approval.one(ProposalDecidedDecoder.class).state()).isEqualTo(ProposalState.APPROVED);
        return proposalId;
    }

    private List<Row> restAfter(final int row) {
        return approvedRows.subList(Math.clamp(row, 0, approvedRows.size()), approvedRows.size());
    }

    private Answer execute(final long proposalId, final int firstRow, final List<Row> chunk) {
        return core.send(
                town.social, Commands.executeTopUps(proposalId, firstRow, chunk, restAfter(firstRow + chunk.size())));
    }

    private void assertRefused(
            final ResultCode code, final long proposalId, final int firstRow, final List<Row> chunk) {
        assertRefused(
                code,
                town.social,
                Commands.executeTopUps(proposalId, firstRow, chunk, restAfter(firstRow + chunk.size())));
    }

    @Test
    void shouldCreditEachRowInItsTurn() {
        final long proposalId = approved(rows);

        final Answer first = execute(proposalId, 0, rows.subList(0, 2));
        assertThat(first)
                .emitted(
                        "AccountOpened",
                        "TransferPosted",
                        "ToppedUp",
                        "AccountOpened",
                        "TransferPosted",
                        "ToppedUp",
                        "ProposalProgressed");
        final ProposalProgressedDecoder progress = first.one(ProposalProgressedDecoder.class);
        assertThat(progress.rowsDone()).isEqualTo(2);
        assertThat(progress.totalDone()).isEqualTo(300);
        assertThat(progress.state()).isEqualTo(ProposalState.APPROVED);

        final Answer last = execute(proposalId, 2, rows.subList(2, 5));
        assertThat(last.one(ProposalProgressedDecoder.class).state()).isEqualTo(ProposalState.EXECUTED);
        for (int i = 0; i < 5; i++) {
            assertThat(town.pocketOf(cards.get(i), programmeId))
                    .isEqualTo(rows.get(i).amount());
        }
        assertThat(town.fundOf(programmeId)).isEqualTo(100_000 - 1500);
        assertRefused(ResultCode.PROPOSAL_STATE_CONFLICT, proposalId, 5, rows.subList(0, 1));
    }

    @Test
    void shouldRefuseAGapAndARepetition() {
        final long proposalId = approved(rows);
        assertRefused(ResultCode.BATCH_GAP, proposalId, 1, rows.subList(1, 2));
        execute(proposalId, 0, rows.subList(0, 2));

        assertRefused(ResultCode.BATCH_GAP, proposalId, 0, rows.subList(0, 2));
        assertRefused(ResultCode.BATCH_GAP, proposalId, 3, rows.subList(3, 5));
        assertRefused(ResultCode.BATCH_GAP, proposalId, -1, rows.subList(3, 5));
        assertThat(town.pocketOf(cards.get(0), programmeId)).isEqualTo(100);
    }

    @Test
    void shouldRefuseMoreRowsOrMoreMoneyThanApproved() {
        final long proposalId = approved(rows);
        final List<Row> tooMany = new ArrayList<>(rows);
        tooMany.add(new Row(cards.getFirst().walletId(), 1));
        assertRefused(ResultCode.BATCH_EXCESS, proposalId, 0, tooMany);
        assertRefused(ResultCode.BATCH_EXCESS, proposalId, 0, rowsOf(100, 200, 300, 400, 501));
        assertRefused(ResultCode.BATCH_EXCESS, proposalId, 0, rowsOf(1501));
        assertThat(town.fundOf(programmeId)).isEqualTo(100_000);
    }

    @Test
    void shouldRefuseRowsThatAreNotTheApprovedOnes() {
        final long proposalId = approved(rows);
        final List<Row> swapped = List.of(
                new Row(cards.get(0).walletId(), 500),
                rows.get(1),
                rows.get(2),
                rows.get(3),
                new Row(cards.get(4).walletId(), 100));

        assertRefused(ResultCode.BATCH_DIGEST_MISMATCH, proposalId, 0, swapped);
        assertRefused(ResultCode.BATCH_DIGEST_MISMATCH, proposalId, 0, rowsOf(100, 200, 300, 400, 499));
        assertThat(town.fundOf(programmeId)).isEqualTo(100_000);

        assertThat(execute(proposalId, 0, rows)).executed();
    }

    @Test
    void shouldPayNoRowThatWasNotApprovedHoweverTheBatchIsCut() {
        final long proposalId = approved(rows);
        final List<Row> diverted = List.of(new Row(cards.get(4).walletId(), 300), rows.get(1));

        assertRefused(ResultCode.BATCH_DIGEST_MISMATCH, proposalId, 0, diverted);
        execute(proposalId, 0, rows.subList(0, 2));
        assertRefused(ResultCode.BATCH_DIGEST_MISMATCH, proposalId, 2, rowsOf(300, 400));
        final List<Row> third = rows.subList(2, 3);
        assertRefused(
                ResultCode.BATCH_DIGEST_MISMATCH, town.social, Commands.executeTopUps(proposalId, 2, third, third));

        assertThat(town.fundOf(programmeId)).isEqualTo(100_000 - 300);
        assertThat(execute(proposalId, 2, rows.subList(2, 5))).executed();
    }

    @Test
    void shouldGoOnPastARowThatCannotBeCredited() {
        final List<Row> batch = List.of(
                new Row(cards.get(0).walletId(), 100),
                new Row(999_999, 200),
                new Row(cards.get(1).walletId(), 501),
                new Row(cards.get(2).walletId(), 400));
        final long proposalId = approved(batch);

        final Answer executed = execute(proposalId, 0, batch);

        assertThat(executed)
                .emitted(
                        "AccountOpened",
                        "TransferPosted",
                        "ToppedUp",
                        "TopUpRefused",
                        "TopUpRefused",
                        "AccountOpened",
                        "TransferPosted",
                        "ToppedUp",
                        "ProposalProgressed");
        final List<TopUpRefusedDecoder> refused = executed.all(TopUpRefusedDecoder.class);
        assertThat(refused).extracting(TopUpRefusedDecoder::row).containsExactly(1, 2);
        assertThat(refused)
                .extracting(TopUpRefusedDecoder::code)
                .containsExactly(ResultCode.NOT_FOUND, ResultCode.HOUSEHOLD_CAP_EXCEEDED);
        assertThat(executed.one(ProposalProgressedDecoder.class).state()).isEqualTo(ProposalState.EXECUTED);
        assertThat(town.fundOf(programmeId)).isEqualTo(100_000 - 500);
    }

    @Test
    void shouldHoldTheCapWithinOneChunk() {
        final List<Row> batch = List.of(
                new Row(cards.get(0).walletId(), 300),
                new Row(cards.get(0).walletId(), 300),
                new Row(cards.get(0).walletId(), 200));

        final Answer executed = execute(approved(batch), 0, batch);

        assertThat(executed.all(ToppedUpDecoder.class))
                .extracting(ToppedUpDecoder::amount)
                .containsExactly(300L, 200L);
        assertThat(town.pocketOf(cards.getFirst(), programmeId)).isEqualTo(500);
    }

    @Test
    void shouldExecuteNothingBeforeTheApproval() {
        final long proposalId = town.propose(town.social, Proposal.topUpBatch(programmeId, rows));

        assertRefused(ResultCode.PROPOSAL_STATE_CONFLICT, proposalId, 0, rows);
        assertRefused(ResultCode.NOT_FOUND, proposalId + 1, 0, rows);
    }

    @Test
    void shouldExecuteNothingThatIsNoBatch() {
        final long proposalId =
                town.propose(town.social, Proposal.topUp(cards.getFirst().walletId(), programmeId, 100));

        assertRefused(ResultCode.NOT_FOUND, proposalId, 0, rowsOf(100));
    }

    @Test
    void shouldStopWhenTheCommitmentIsFreedMeanwhile() {
        final long proposalId = approved(rows);
        town.giveBack(programmeId, 100_000 - 350);

        execute(proposalId, 0, rows.subList(0, 2));
        assertRefused(ResultCode.COMMITMENT_EXCEEDED, proposalId, 2, rows.subList(2, 5));

        town.assign(programmeId, 1150);
        assertThat(execute(proposalId, 2, rows.subList(2, 5))).executed();
        assertThat(town.fundOf(programmeId)).isZero();
    }

    @Test
    void shouldStopWhileTheProgrammeIsSuspendedAndAfterItsEnd() {
        final long proposalId = approved(rows);
        core.must(town.social, Commands.setProgrammeStatus(programmeId, ProgrammeStatus.SUSPENDED));
        assertRefused(ResultCode.PROGRAMME_STATE_CONFLICT, proposalId, 0, rows);
        core.must(town.social, Commands.setProgrammeStatus(programmeId, ProgrammeStatus.ACTIVE));
        core.pass(Duration.ofDays(30));
        assertRefused(ResultCode.PROGRAMME_EXPIRED, proposalId, 0, rows);
    }

    @Test
    void shouldNotApproveABatchBeyondWhatIsCommitted() {
        final List<Row> batch = List.of(new Row(cards.getFirst().walletId(), 100_001));
        final Proposal proposal = Proposal.topUpBatch(programmeId, batch);
        final long proposalId = town.propose(town.social, proposal);

        assertRefused(ResultCode.COMMITMENT_EXCEEDED, town.secondSocial, Commands.approve(proposalId, proposal));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 100_001})
    void shouldRefuseABatchOfNoRowsOrTooMany(final int rowCount) {
        assertRefused(
                ResultCode.INVALID_FIELD,
                town.social,
                Commands.propose(Proposal.topUpBatch(programmeId, rows).withRowCount(rowCount)));
    }

    @Test
    void shouldRefuseAChunkThatIsMalformed() {
        final long proposalId = approved(rows);
        final List<Row> sixtyFive = new ArrayList<>();
        for (int i = 0; i < 65; i++) {
            sixtyFive.add(rows.getFirst());
        }

        assertThat(execute(proposalId, 0, List.of()).code()).isIn(ResultCode.MALFORMED, ResultCode.INVALID_FIELD);
        assertThat(execute(proposalId, 0, sixtyFive).code()).isIn(ResultCode.MALFORMED, ResultCode.INVALID_FIELD);
        assertRefused(ResultCode.INVALID_AMOUNT, proposalId, 0, rowsOf(100, 0));
        assertRefused(ResultCode.INVALID_AMOUNT, proposalId, 0, rowsOf(100, -5));
        assertRefused(ResultCode.INVALID_AMOUNT, proposalId, 0, rowsOf(100, Long.MAX_VALUE));
    }

    @Test
    void shouldCreditSixtyFourRowsInOneRecord() {
        final List<Row> batch = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
            batch.add(new Row(town.blankCard().walletId(), 10));
        }

        final Answer executed = execute(approved(batch), 0, batch);

        assertThat(executed.all(ToppedUpDecoder.class)).hasSize(64);
        assertThat(town.fundOf(programmeId)).isEqualTo(100_000 - 640);
    }
}

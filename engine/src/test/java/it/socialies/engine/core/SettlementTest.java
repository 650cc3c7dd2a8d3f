// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core;

import static it.socialies.engine.core.AnswerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import it.socialies.engine.protocol.sbe.*;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What shops are owed is drawn, approved by another person, ordered and paid, once; what is refunded behind the cut-off they owe. */
class SettlementTest extends CoreTest {
    private static final long PAYEE = 501;
    private static final long ORDER = 71;
    private static final long MANDATE = 81;

    private Town town;
    private Town.Shop grocer;
    private Town.Shop bookshop;
    private long food;
    private long books;
    private Town.Card card;

    @BeforeEach
    void openATown() {
        town = Town.open(core);
        grocer = town.shop(Town.GROCERIES);
        bookshop = town.shop(Town.BOOKS);
        food = town.programme(Town.admitting(Town.GROCERIES), Duration.ofDays(1000), 100_000);
        books = town.programme(Town.admitting(Town.GROCERIES, Town.BOOKS), Duration.ofDays(1100), 100_000);
        card = town.cardWith(food, 1_000);
        town.topUp(card, books, 5_000);
    }

    private long settled(final Proposal settlement) {
        town.decide(settlement);
        return settlement.subjectId();
    }

    private static Commands.Outcome paid(final long line) {
        return new Commands.Outcome(line, LineOutcome.PAID);
    }

    private static Commands.Outcome bounced(final long line) {
        return new Commands.Outcome(line, LineOutcome.BOUNCED);
    }

    private static Commands.Outcome rejected(final long line) {
        return new Commands.Outcome(line, LineOutcome.REJECTED);
    }

    private Answer order(final Long... lines) {
        return core.send(town.treasurer, Commands.orderLines(ORDER, List.of(lines)));
    }

    private Answer outcome(final Commands.Outcome... outcomes) {
        return core.send(town.treasurer, Commands.recordOutcomes(MANDATE, List.of(outcomes)));
    }

    /** A line of the grocer for {@code amount}, approved, with an account to pay it to. */
    private long approvedLine(final long amount) {
        town.paid(grocer, Pay.with(card, amount));
        return approvedLineOf(grocer, food);
    }

    /** All that a shop is owed of a programme, approved. */
    private long approvedLineOf(final Town.Shop shop, final long programmeId) {
        settled(town.drawn(programmeId, shop));
        return town.lastLine();
    }

    // ---------------------------------------------------------------- drawing

    @Test
    void shouldDrawWhatAShopIsOwedByProgramme() {
        town.paid(grocer, Pay.with(card, 1_300));
        town.paid(bookshop, Pay.with(card, 400));
        final long settlement = town.settlement();

        final Answer drawn = core.must(
                town.treasurer,
                Commands.drawLines(
                        settlement,
                        0,
                        List.of(
                                new Commands.Draw(grocer.merchantId(), food, Town.ALL),
                                new Commands.Draw(grocer.merchantId(), books, 120),
                                new Commands.Draw(bookshop.merchantId(), books, Town.ALL))));

        assertThat(drawn)
                .emitted(
                        "AccountOpened",
                        "TransferPosted",
                        "LineDrawn",
                        "AccountOpened",
                        "TransferPosted",
                        "LineDrawn",
                        "AccountOpened",
                        "TransferPosted",
                        "LineDrawn");
        final List<LineDrawnDecoder> lines = drawn.all(LineDrawnDecoder.class);
        assertThat(lines).extracting(LineDrawnDecoder::lineId).containsExactly(1L, 2L, 3L);
        assertThat(lines).extracting(LineDrawnDecoder::amount).containsExactly(1_000L, 120L, 400L);
        assertThat(lines).extracting(LineDrawnDecoder::netted).containsOnly(0L);
        assertThat(Digest.of(lines.getLast().digest()))
                .isEqualTo(Digest.ZERO
                        .thenLine(1, grocer.merchantId(), food, 1_000, 0)
                        .thenLine(2, grocer.merchantId(), books, 120, 0)
                        .thenLine(3, bookshop.merchantId(), books, 400, 0));
        final TransferPostedDecoder moved =
                drawn.all(TransferPostedDecoder.class).getFirst();
        assertThat(moved.reason()).isEqualTo(TransferReason.SETTLED);
        assertThat(moved.referenceId()).isEqualTo(1);
        assertThat(town.payableOf(grocer, food)).isZero();
        assertThat(town.payableOf(grocer, books)).isEqualTo(180);
        assertThat(town.settlingOf(grocer, books)).isEqualTo(120);
    }

    @Test
    void shouldDrawNoLineWhereNothingIsOwed() {
        final long paymentId = town.paid(grocer, Pay.with(card, 10));
        core.must(grocer.terminal(), Commands.refund(paymentId, 10));

        final Proposal empty = town.drawn(food, grocer);

        assertThat(empty.rowCount()).isZero();
        assertRefused(ResultCode.SETTLEMENT_CHANGED, town.treasurer, Commands.propose(empty));
    }

    @Test
    void shouldDrawInChunksWithoutAGap() {
        town.paid(grocer, Pay.with(card, 1_300));
        final long settlement = town.settlement();
        final List<Commands.Draw> first = List.of(new Commands.Draw(grocer.merchantId(), food, Town.ALL));
        final List<Commands.Draw> second = List.of(new Commands.Draw(grocer.merchantId(), books, Town.ALL));
        core.must(town.treasurer, Commands.drawLines(settlement, 0, first));

        assertRefused(ResultCode.BATCH_GAP, town.treasurer, Commands.drawLines(settlement, 0, second));
        assertRefused(ResultCode.BATCH_GAP, town.treasurer, Commands.drawLines(settlement, 2, second));
        assertThat(core.must(town.treasurer, Commands.drawLines(settlement, 1, second))
                        .one(LineDrawnDecoder.class)
                        .lineId())
                .isEqualTo(2);
    }

    @Test
    void shouldBindWhatIsApprovedToTheLinesThatWereSeen() {
        town.paid(grocer, Pay.with(card, 600));
        town.paid(bookshop, Pay.with(card, 400));
        final Proposal seen = town.drawn(food, grocer);
        final long proposalId = town.propose(town.treasurer, seen);
        core.must(
                town.treasurer,
                Commands.drawLines(
                        seen.subjectId(), 1, List.of(new Commands.Draw(bookshop.merchantId(), books, Town.ALL))));

        assertRefused(ResultCode.SETTLEMENT_CHANGED, town.secondTreasurer, Commands.approve(proposalId, seen));
        assertRefused(
                ResultCode.SETTLEMENT_CHANGED,
                town.treasurer,
                Commands.propose(Proposal.settle(seen.subjectId(), 1_000, 2, seen.digest())));
    }

    @Test
    void shouldApproveASettlementOnce() {
        town.paid(grocer, Pay.with(card, 600));
        final Proposal seen = town.drawn(food, grocer);
        final long first = town.propose(town.treasurer, seen);
        final long second = town.propose(town.treasurer, seen);

        assertThat(core.must(town.admin, Commands.approve(first, seen)))
                .emitted("ProposalDecided", "SettlementDecided");
        assertRefused(ResultCode.SETTLEMENT_STATE_CONFLICT, town.admin, Commands.approve(second, seen));
        assertRefused(
                ResultCode.SETTLEMENT_STATE_CONFLICT, town.treasurer, Commands.cancelSettlement(seen.subjectId()));
    }

    // ---------------------------------------------------------------- ordering and paying

    @Test
    void shouldOrderToTheAccountInForceAndPay() {
        final long line = approvedLine(600);
        town.payee(grocer, PAYEE);

        final LineOrderedDecoder ordered = order(line).one(LineOrderedDecoder.class);
        assertThat(ordered.payee()).isEqualTo(PAYEE);
        assertThat(ordered.reference()).isEqualTo(ORDER);
        final Answer paid = outcome(paid(line));

        assertThat(paid).emitted("AccountOpened", "TransferPosted", "CashRecorded", "LinePaid");
        assertThat(paid.one(TransferPostedDecoder.class).referenceId()).isEqualTo(line);
        assertThat(paid.one(CashRecordedDecoder.class).cashed()).isEqualTo(600);
        assertThat(paid.one(CashRecordedDecoder.class).reference()).isEqualTo(MANDATE);
        assertThat(town.settlingOf(grocer, food)).isZero();
        assertThat(town.paidOutOf(food)).isEqualTo(600);
        assertThat(outcome(paid(line))).refused(ResultCode.SETTLEMENT_STATE_CONFLICT);
        assertThat(order(line)).refused(ResultCode.SETTLEMENT_STATE_CONFLICT);
        assertRefused(ResultCode.SETTLEMENT_STATE_CONFLICT, town.treasurer, Commands.returnLines(List.of(line)));
    }

    @Test
    void shouldOpenALineAgainWhosePaymentCameBack() {
        final long line = approvedLine(600);
        town.payee(grocer, PAYEE);
        assertThat(outcome(bounced(line))).refused(ResultCode.SETTLEMENT_STATE_CONFLICT);
        order(line);
        assertThat(outcome(bounced(line))).refused(ResultCode.SETTLEMENT_STATE_CONFLICT);
        outcome(paid(line));

        final Answer back = outcome(bounced(line));

        assertThat(back).emitted("TransferPosted", "CashRecorded", "LineReopened");
        assertThat(back.one(TransferPostedDecoder.class).reason()).isEqualTo(TransferReason.PAYMENT_BOUNCED);
        assertThat(back.one(CashRecordedDecoder.class).cashed()).isZero();
        assertThat(town.settlingOf(grocer, food)).isEqualTo(600);
        assertThat(town.paidOutOf(food)).isZero();
        assertThat(outcome(bounced(line))).refused(ResultCode.SETTLEMENT_STATE_CONFLICT);
        order(line);
        assertThat(outcome(paid(line))).executed();
        assertThat(town.paidOutOf(food)).isEqualTo(600);
    }

    @Test
    void shouldTakeAPaymentThatCameBackByItself() {
        town.paid(bookshop, Pay.with(card, 400));
        final long other = approvedLineOf(bookshop, books);
        final long line = approvedLine(600);
        town.payee(grocer, PAYEE);
        town.payee(bookshop, PAYEE + 1);
        order(other, line);
        outcome(paid(other), paid(line));

        assertThat(outcome(bounced(other), bounced(line))).refused(ResultCode.INVALID_FIELD);
        assertThat(outcome(bounced(line))).executed();
    }

    @Test
    void shouldForgetAPaidLineOnceItCannotComeBack() {
        final long line = approvedLine(600);
        town.payee(grocer, PAYEE);
        order(line);
        outcome(paid(line));
        core.pass(Duration.ofDays(120).minusMillis(1));
        town.settlement();
        assertThat(outcome(bounced(line))).executed();
        order(line);
        outcome(paid(line));

        core.pass(Duration.ofDays(120));
        town.settlement();

        assertThat(outcome(bounced(line))).refused(ResultCode.NOT_FOUND);
    }

    @Test
    void shouldNotTakeBackWhatThePaymentsOfTheProgrammeNoLongerCover() {
        final long line = approvedLine(600);
        town.payee(grocer, PAYEE);
        order(line);
        outcome(paid(line));
        core.must(town.treasurer, Commands.recordCash(food, -1, 9));

        assertThat(outcome(bounced(line))).refused(ResultCode.INSUFFICIENT_FUNDS);
    }

    @Test
    void shouldOrderALineThatIsInNoOrder() {
        final long line = approvedLine(600);
        town.payee(grocer, PAYEE);
        order(line);

        assertThat(order(line)).refused(ResultCode.SETTLEMENT_STATE_CONFLICT);
        assertRefused(ResultCode.SETTLEMENT_STATE_CONFLICT, town.treasurer, Commands.returnLines(List.of(line)));
        assertThat(outcome(rejected(line)).one(LineReopenedDecoder.class).outcome())
                .isEqualTo(LineOutcome.REJECTED);
        assertThat(outcome(paid(line))).refused(ResultCode.SETTLEMENT_STATE_CONFLICT);
        assertThat(order(line)).executed();
        assertThat(outcome(paid(line))).executed();
    }

    @Test
    void shouldOrderNothingOfASettlementThatNobodyApproved() {
        town.paid(grocer, Pay.with(card, 600));
        town.payee(grocer, PAYEE);
        final Proposal settlement = town.drawn(food, grocer);

        assertThat(order(town.lastLine())).refused(ResultCode.SETTLEMENT_STATE_CONFLICT);
        core.must(town.treasurer, Commands.cancelSettlement(settlement.subjectId()));
        assertThat(order(town.lastLine())).refused(ResultCode.SETTLEMENT_STATE_CONFLICT);
    }

    @Test
    void shouldOrderNothingToNobodyNorToAnAccountThatWasNotConfirmed() {
        final long line = approvedLine(600);

        assertThat(order(line)).refused(ResultCode.PAYEE_MISSING);
        town.payee(grocer, PAYEE);
        town.payee(grocer, PAYEE + 1);
        assertThat(order(line)).refused(ResultCode.PAYEE_HELD);
        assertRefused(ResultCode.PAYEE_STATE_CONFLICT, town.social, Commands.confirmPayee(grocer.merchantId(), PAYEE));
        core.must(town.social, Commands.confirmPayee(grocer.merchantId(), PAYEE + 1));
        assertRefused(
                ResultCode.PAYEE_STATE_CONFLICT, town.social, Commands.confirmPayee(grocer.merchantId(), PAYEE + 1));
        assertThat(order(line).one(LineOrderedDecoder.class).payee()).isEqualTo(PAYEE + 1);
    }

    @Test
    void shouldNotSetTheAccountThatIsInForce() {
        town.payee(grocer, PAYEE);

        assertRefused(
                ResultCode.PAYEE_STATE_CONFLICT,
                town.social,
                Commands.propose(Proposal.setPayee(grocer.merchantId(), PAYEE, Digest.ZERO)));
    }

    @Test
    void shouldRefuseAListWholeWhenOneLineIsRefused() {
        town.paid(grocer, Pay.with(card, 600));
        town.paid(bookshop, Pay.with(card, 400));
        town.payee(grocer, PAYEE);
        final long settlement = town.settlement();
        Digest digest = Digest.ZERO;
        for (final LineDrawnDecoder each : core.must(
                        town.treasurer,
                        Commands.drawLines(
                                settlement,
                                0,
                                List.of(
                                        new Commands.Draw(grocer.merchantId(), food, Town.ALL),
                                        new Commands.Draw(bookshop.merchantId(), books, Town.ALL))))
                .all(LineDrawnDecoder.class)) {
            digest = Digest.of(each.digest());
        }
        settled(Proposal.settle(settlement, 1_000, 2, digest));

        assertThat(order(1L, 2L)).refused(ResultCode.PAYEE_MISSING);
        assertThat(order(2L, 1L)).refused(ResultCode.INVALID_FIELD);
        assertThat(order(1L, 1L)).refused(ResultCode.INVALID_FIELD);
        assertThat(order(1L)).executed();
        assertThat(outcome(paid(1), paid(2))).refused(ResultCode.SETTLEMENT_STATE_CONFLICT);
        assertThat(outcome(paid(1))).executed();
    }

    @Test
    void shouldRefuseAnOutcomeThatHasNoWord() {
        final long line = approvedLine(600);
        town.payee(grocer, PAYEE);
        order(line);
        final Command said = Commands.recordOutcomes(MANDATE, List.of(paid(line)));

        assertRefused(ResultCode.INVALID_FIELD, town.treasurer, (buffer, offset) -> {
            final int length = said.write(buffer, offset);
            buffer.putByte(offset + length - 1, (byte) 9);
            return length;
        });
        assertThat(outcome(paid(line))).executed();
    }

    @Test
    void shouldTakeLinesUpToTheMostAndNoMore() {
        final List<Long> tooMany = LongStream.rangeClosed(1, 65).boxed().toList();

        assertRefused(ResultCode.MALFORMED, town.treasurer, Commands.orderLines(ORDER, tooMany));
        assertRefused(ResultCode.MALFORMED, town.treasurer, Commands.returnLines(tooMany));
        assertRefused(ResultCode.MALFORMED, town.treasurer, Commands.orderLines(ORDER, List.of()));
        assertRefused(ResultCode.NOT_FOUND, town.treasurer, Commands.orderLines(ORDER, tooMany.subList(0, 64)));
        final List<Commands.Draw> draws = new ArrayList<>();
        for (int i = 0; i < 33; i++) {
            draws.add(new Commands.Draw(grocer.merchantId(), food, 1));
        }
        town.paid(grocer, Pay.with(card, 40));
        final long settlement = town.settlement();
        assertRefused(ResultCode.MALFORMED, town.treasurer, Commands.drawLines(settlement, 0, draws));
        assertThat(core.must(town.treasurer, Commands.drawLines(settlement, 0, draws.subList(0, 32)))
                        .all(LineDrawnDecoder.class))
                .hasSize(32);
    }

    // ---------------------------------------------------------------- giving back

    @Test
    void shouldReturnTheLinesOfASettlementThatWasGivenUp() {
        town.paid(grocer, Pay.with(card, 600));
        final Proposal settlement = town.drawn(food, grocer);
        final long line = town.lastLine();
        assertRefused(ResultCode.SETTLEMENT_STATE_CONFLICT, town.treasurer, Commands.returnLines(List.of(line)));
        core.must(town.treasurer, Commands.cancelSettlement(settlement.subjectId()));

        assertThat(core.must(town.treasurer, Commands.returnLines(List.of(line))))
                .emitted("TransferPosted", "LineReturned");

        assertThat(town.payableOf(grocer, food)).isEqualTo(600);
        assertRefused(ResultCode.NOT_FOUND, town.treasurer, Commands.cancelSettlement(settlement.subjectId()));
        assertThat(town.drawn(food, grocer).amount()).isEqualTo(600);
    }

    @Test
    void shouldReturnALineOfAnApprovedSettlement() {
        final long line = approvedLine(600);

        core.must(town.treasurer, Commands.returnLines(List.of(line)));

        assertThat(town.payableOf(grocer, food)).isEqualTo(600);
        assertThat(town.settlingOf(grocer, food)).isZero();
    }

    // ---------------------------------------------------------------- debts

    @Test
    void shouldNetRefundsUntilTheCutOffAndOweThemAfterIt() {
        final long paymentId = town.paid(grocer, Pay.with(card, 600));
        core.must(grocer.terminal(), Commands.refund(paymentId, 100));
        assertThat(town.drawn(food, grocer).amount()).isEqualTo(500);
        final Answer late = core.must(grocer.terminal(), Commands.refund(paymentId, 200));

        assertThat(late).emitted("PaymentChanged", "AccountOpened", "TransferPosted", "HoldRefunded");
        final TransferPostedDecoder owed = late.one(TransferPostedDecoder.class);
        assertThat(owed.reason()).isEqualTo(TransferReason.DEBT_INCURRED);
        assertThat(owed.amount()).isEqualTo(200);
        assertThat(owed.referenceId()).isEqualTo(paymentId);
        assertThat(town.debtOf(grocer, food)).isEqualTo(200);
        assertThat(town.pocketOf(card, food)).isEqualTo(700);
    }

    @Test
    void shouldOweOnlyWhatThePayableDoesNotCover() {
        final long paymentId = town.paid(grocer, Pay.with(card, 600));
        town.drawn(food, grocer);
        town.paid(grocer, Pay.with(card, 50));

        core.must(grocer.terminal(), Commands.refund(paymentId, 200));

        assertThat(town.debtOf(grocer, food)).isEqualTo(150);
        assertThat(town.payableOf(grocer, food)).isZero();
    }

    @Test
    void shouldNetADebtOfTheNextLines() {
        final long paymentId = town.paid(grocer, Pay.with(card, 600));
        town.drawn(food, grocer);
        core.must(grocer.terminal(), Commands.refund(paymentId, 250));
        town.paid(grocer, Pay.with(card, 100));
        final long settlement = town.settlement();
        final List<Commands.Draw> draw = List.of(new Commands.Draw(grocer.merchantId(), food, Town.ALL));

        final Answer whole = core.must(town.treasurer, Commands.drawLines(settlement, 0, draw));
        assertThat(whole).emitted("TransferPosted", "LineDrawn");
        assertThat(whole.one(LineDrawnDecoder.class).netted()).isEqualTo(100);
        town.paid(grocer, Pay.with(card, 400));
        final LineDrawnDecoder part = core.must(town.treasurer, Commands.drawLines(settlement, 1, draw))
                .one(LineDrawnDecoder.class);

        assertThat(part.amount()).isEqualTo(400);
        assertThat(part.netted()).isEqualTo(150);
        assertThat(town.debtOf(grocer, food)).isZero();
        final Digest digest = Digest.of(part.digest());
        town.payee(grocer, PAYEE);
        settled(Proposal.settle(settlement, 250, 2, digest));
        assertThat(order(whole.one(LineDrawnDecoder.class).lineId()))
                .as("a line that paid nothing is not there")
                .refused(ResultCode.NOT_FOUND);
        assertThat(order(part.lineId())).executed();
    }

    @Test
    void shouldLetAShopPayItsDebtBack() {
        final long paymentId = town.paid(grocer, Pay.with(card, 600));
        final Proposal settlement = town.drawn(food, grocer);
        final long line = town.lastLine();
        settled(settlement);
        core.must(grocer.terminal(), Commands.refund(paymentId, 250));
        final Proposal back = Proposal.settleDebt(grocer.merchantId(), food, 250, 9);
        assertRefused(ResultCode.AMOUNT_EXCEEDS_DEBT, town.treasurer, Commands.propose(back));
        town.payee(grocer, PAYEE);
        order(line);
        outcome(paid(line));
        assertRefused(
                ResultCode.AMOUNT_EXCEEDS_DEBT,
                town.treasurer,
                Commands.propose(Proposal.settleDebt(grocer.merchantId(), food, 251, 9)));

        final Answer settled = town.decide(back);

        assertThat(settled).emitted("ProposalDecided", "TransferPosted", "CashRecorded", "DebtSettled");
        assertThat(settled.one(CashRecordedDecoder.class).amount()).isEqualTo(-250);
        assertThat(settled.one(CashRecordedDecoder.class).cashed()).isEqualTo(350);
        assertThat(town.debtOf(grocer, food)).isZero();
        assertThat(town.paidOutOf(food)).isEqualTo(350);
    }

    // ---------------------------------------------------------------- shops that leave

    @Test
    void shouldSettleAShopThatHasLeftAndLetOnlyDesksRefund() {
        final long paymentId = town.paid(grocer, Pay.with(card, 600));
        core.must(town.admin, Commands.setMerchantStatus(grocer.merchantId(), MerchantStatus.CLOSED));

        assertRefused(ResultCode.FORBIDDEN, grocer.terminal(), Commands.refund(paymentId, 1));
        assertRefused(ResultCode.FORBIDDEN, grocer.terminal(), Pay.with(card, 1));
        assertRefused(
                ResultCode.MERCHANT_STATE_CONFLICT,
                town.admin,
                Commands.setMerchantStatus(grocer.merchantId(), MerchantStatus.ACTIVE));
        assertRefused(ResultCode.MERCHANT_STATE_CONFLICT, town.admin, Commands.openOutlet(grocer.merchantId()));
        assertRefused(
                ResultCode.MERCHANT_STATE_CONFLICT,
                town.admin,
                Commands.registerTerminal(grocer.outletId(), Digest.of("code")));
        assertThat(town.drawn(food, grocer).amount()).isEqualTo(600);
        core.must(town.social, Commands.refund(paymentId, 70));
        assertThat(town.debtOf(grocer, food)).isEqualTo(70);
    }

    @Test
    void shouldGoOnPayingASuspendedShop() {
        final long line = approvedLine(600);
        town.payee(grocer, PAYEE);
        core.must(town.admin, Commands.setMerchantStatus(grocer.merchantId(), MerchantStatus.SUSPENDED));

        assertThat(order(line)).executed();
        assertThat(outcome(paid(line))).executed();
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core;

import static org.assertj.core.api.Assertions.assertThat;

import it.socialies.engine.protocol.sbe.*;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The standalone verifier knows how shops are paid: a history in which one got more, or something else than two persons said, is named at that record. */
class SettlementBooksTest extends CoreTest {
    /** Fields by their offset behind the message header, as {@code ops/docs/format.md} lists them. */
    private static final int TRANSFER_CREDIT = 8;

    private static final int TRANSFER_AMOUNT = 16;
    private static final int TRANSFER_REFERENCE = 24;
    private static final int LINE_SETTLEMENT = 8;
    private static final int LINE_MERCHANT = 16;
    private static final int LINE_PROGRAMME = 24;
    private static final int LINE_AMOUNT = 32;
    private static final int LINE_NETTED = 40;
    private static final int LINE_DIGEST = 48;
    private static final int PROPOSAL_SUBJECT = 8;
    private static final int PROPOSAL_TARGET = 16;
    private static final int PROPOSAL_AMOUNT = 24;
    private static final int PROPOSAL_EXTRA = 32;
    private static final int PROPOSAL_ROWS = 56;
    private static final int PROPOSAL_DIGEST = 61;
    private static final int PAYEE_HELD = 24;
    private static final int PAYEE_DIGEST = 25;

    private Town town;
    private Town.Shop grocer;
    private long food;
    private long drawn;
    private long approved;
    private long payeeSet;
    private long ordered;
    private long rejected;
    private long orderedAgain;
    private long paid;
    private long bounced;
    private long orderedOnceMore;
    private long refunded;
    private long netting;
    private long payeeChanged;
    private long confirmed;
    private long orderedNext;
    private long repaid;
    private long cancelled;
    private long returned;

    /** A line that was rejected and then paid, one that nets a debt and goes to a new account, a debt paid back, and a line that was returned. */
    @BeforeEach
    void settle() {
        town = Town.open(core);
        grocer = town.shop(Town.GROCERIES);
        food = town.programme(Town.admitting(Town.GROCERIES), Duration.ofDays(1000), 100_000);
        final Town.Card card = town.cardWith(food, 5_000);
        final long first = town.paid(grocer, Pay.with(card, 600));
        final Proposal settlement = town.drawn(food, grocer);
        drawn = core.records().size();
        approved = town.decide(settlement).sequence();
        town.payee(grocer, 501);
        payeeSet = core.records().size();
        ordered = order(1);
        rejected = outcome(1, LineOutcome.REJECTED);
        orderedAgain = order(1);
        paid = outcome(1, LineOutcome.PAID);
        bounced = outcome(1, LineOutcome.BOUNCED);
        orderedOnceMore = order(1);
        outcome(1, LineOutcome.PAID);
        refunded = core.must(grocer.terminal(), Commands.refund(first, 200)).sequence();
        town.paid(grocer, Pay.with(card, 500));
        final Proposal next = town.drawn(food, grocer);
        netting = core.records().size();
        town.decide(next);
        town.payee(grocer, 502);
        payeeChanged = core.records().size();
        confirmed = core.must(town.social, Commands.confirmPayee(grocer.merchantId(), 502))
                .sequence();
        orderedNext = order(2);
        outcome(2, LineOutcome.PAID);
        core.must(grocer.terminal(), Commands.refund(first, 300));
        repaid = town.decide(Proposal.settleDebt(grocer.merchantId(), food, 300, 9))
                .sequence();
        town.paid(grocer, Pay.with(card, 100));
        final Proposal last = town.drawn(food, grocer);
        cancelled = core.must(town.treasurer, Commands.cancelSettlement(last.subjectId()))
                .sequence();
        returned = core.must(town.treasurer, Commands.returnLines(List.of(3L))).sequence();
    }

    private long order(final long line) {
        return core.must(town.treasurer, Commands.orderLines(71, List.of(line))).sequence();
    }

    private long outcome(final long line, final LineOutcome outcome) {
        return core.must(town.treasurer, Commands.recordOutcomes(81, List.of(new Commands.Outcome(line, outcome))))
                .sequence();
    }

    private ForgedJournal forged() {
        return new ForgedJournal(core.records());
    }

    @Test
    void shouldFindNothingWrongWithWhatTheCoreAllowed() {
        assertThat(town.debtOf(grocer, food)).isZero();
        assertThat(town.paidOutOf(food)).isEqualTo(600 + 300 - 300);
        assertThat(VerifierBooks.firstWrong(core.records())).isNull();
    }

    @Test
    void shouldNameALineThatSaysOtherThanWhatMoved() {
        for (final int field :
                new int[] {0, LINE_SETTLEMENT, LINE_MERCHANT, LINE_PROGRAMME, LINE_AMOUNT, LINE_NETTED}) {
            forged().add(drawn, LineDrawnDecoder.TEMPLATE_ID, field, 1).isNamedAt(drawn);
        }
        forged().add(drawn, TransferPostedDecoder.TEMPLATE_ID, TRANSFER_AMOUNT, -1)
                .isNamedAt(drawn);
        forged().add(drawn, TransferPostedDecoder.TEMPLATE_ID, TRANSFER_REFERENCE, 1)
                .isNamedAt(drawn);
        forged().add(returned, TransferPostedDecoder.TEMPLATE_ID, TRANSFER_AMOUNT, -1)
                .isNamedAt(returned);
        forged().add(paid, TransferPostedDecoder.TEMPLATE_ID, TRANSFER_REFERENCE, 1)
                .isNamedAt(paid);
    }

    @Test
    void shouldNameALineWhoseDigestIsNotThatOfTheLines() {
        forged().add(drawn, LineDrawnDecoder.TEMPLATE_ID, LINE_DIGEST, 1).isNamedAt(drawn);
        forged().add(netting, LineDrawnDecoder.TEMPLATE_ID, LINE_DIGEST + 24, 1).isNamedAt(netting);
    }

    @Test
    void shouldNameASettlementThatIsNotWhatTwoPersonsSaw() {
        final long proposed = approved - 1;
        for (final int field : new int[] {PROPOSAL_SUBJECT, PROPOSAL_AMOUNT, PROPOSAL_DIGEST}) {
            forged().add(proposed, ProposalMadeDecoder.TEMPLATE_ID, field, 1).isNamedAt(approved);
        }
        forged().put(proposed, ProposalMadeDecoder.TEMPLATE_ID, PROPOSAL_ROWS, 2)
                .isNamedAt(approved);
        forged().add(approved, SettlementDecidedDecoder.TEMPLATE_ID, 8, -1).isNamedAt(approved);
        forged().repeat(cancelled).isNamedAt(cancelled);
    }

    @Test
    void shouldNameAnOrderOfALineThatNobodyApproved() {
        forged().drop(approved).isNamedAt(ordered);
    }

    @Test
    void shouldNameAnOrderOfALineThatIsUnderWayOrPaid() {
        forged().drop(rejected).isNamedAt(orderedAgain);
        forged().repeat(orderedAgain).isNamedAt(orderedAgain);
    }

    @Test
    void shouldNameALineThatIsPaidWithoutAnOrderOrTwice() {
        forged().drop(orderedAgain).isNamedAt(paid);
        forged().repeat(paid).isNamedAt(paid);
        forged().repeat(rejected).isNamedAt(rejected);
    }

    @Test
    void shouldNameAnAccountThatTwoPersonsDidNotSet() {
        forged().add(ordered, LineOrderedDecoder.TEMPLATE_ID, 8, 1).isNamedAt(ordered);
        forged().add(payeeSet, PayeeSetDecoder.TEMPLATE_ID, 8, 1).isNamedAt(payeeSet);
        forged().add(payeeSet, PayeeSetDecoder.TEMPLATE_ID, PAYEE_DIGEST, 1).isNamedAt(payeeSet);
        forged().drop(payeeSet).isNamedAt(ordered);
    }

    @Test
    void shouldNameMoneyOrderedToAnAccountThatIsHeld() {
        forged().drop(confirmed).isNamedAt(orderedNext);
        forged().put(payeeChanged, PayeeSetDecoder.TEMPLATE_ID, PAYEE_HELD, 0).isNamedAt(payeeChanged);
        forged().repeat(confirmed).isNamedAt(confirmed);
    }

    @Test
    void shouldNameALineThatPaysAShopThatStillOwes() {
        forged().add(netting, TransferPostedDecoder.TEMPLATE_ID, 0, TRANSFER_AMOUNT, -1)
                .add(netting, TransferPostedDecoder.TEMPLATE_ID, 1, TRANSFER_AMOUNT, 1)
                .add(netting, LineDrawnDecoder.TEMPLATE_ID, LINE_NETTED, -1)
                .put(
                        netting,
                        LineDrawnDecoder.TEMPLATE_ID,
                        LINE_DIGEST,
                        Digest.ZERO.thenLine(2, grocer.merchantId(), food, 500, 199))
                .isNamedAt(netting);
    }

    @Test
    void shouldNameADebtThatTheRefundDidNotAskFor() {
        forged().add(refunded, TransferPostedDecoder.TEMPLATE_ID, TRANSFER_AMOUNT, 1)
                .isNamedAt(refunded);
        forged().add(refunded, TransferPostedDecoder.TEMPLATE_ID, TRANSFER_REFERENCE, 1)
                .isNamedAt(refunded);
    }

    @Test
    void shouldNameADebtThatWasSettledOtherwiseThanTwoPersonsSaid() {
        final long proposed = repaid - 1;
        for (final int field : new int[] {PROPOSAL_SUBJECT, PROPOSAL_TARGET, PROPOSAL_AMOUNT, PROPOSAL_EXTRA}) {
            forged().add(proposed, ProposalMadeDecoder.TEMPLATE_ID, field, 1).isNamedAt(repaid);
        }
        for (final int field : new int[] {0, 8, 16, 24}) {
            forged().add(repaid, DebtSettledDecoder.TEMPLATE_ID, field, 1).isNamedAt(repaid);
        }
    }

    @Test
    void shouldNameWhatWasPaidAndNotCashed() {
        forged().add(paid, CashRecordedDecoder.TEMPLATE_ID, 16, 1).isNamedAt(paid);
        forged().add(paid, CashRecordedDecoder.TEMPLATE_ID, 8, 1)
                .add(paid, CashRecordedDecoder.TEMPLATE_ID, 16, 1)
                .isNamedAt(paid);
        forged().add(paid, LinePaidDecoder.TEMPLATE_ID, 8, 1).isNamedAt(paid);
        forged().add(repaid, CashRecordedDecoder.TEMPLATE_ID, 8, -1)
                .add(repaid, CashRecordedDecoder.TEMPLATE_ID, 16, -1)
                .isNamedAt(repaid);
    }

    @Test
    void shouldNameAPaymentThatCameBackAndWasNotMadeOrTwice() {
        forged().repeat(bounced).repeat(bounced).isNamedAt(bounced);
        forged().drop(bounced).isNamedAt(orderedOnceMore);
        forged().add(bounced, LineReopenedDecoder.TEMPLATE_ID, 8, 1).isNamedAt(bounced);
        forged().add(bounced, CashRecordedDecoder.TEMPLATE_ID, 8, 1)
                .add(bounced, CashRecordedDecoder.TEMPLATE_ID, 16, 1)
                .isNamedAt(bounced);
        forged().add(bounced, TransferPostedDecoder.TEMPLATE_ID, TRANSFER_AMOUNT, -1)
                .isNamedAt(bounced);
        forged().add(bounced, TransferPostedDecoder.TEMPLATE_ID, TRANSFER_REFERENCE, 1)
                .isNamedAt(bounced);
    }

    @Test
    void shouldNameALineThatIsReturnedWhileItMayStillBeApprovedOrTwice() {
        forged().drop(cancelled).isNamedAt(returned);
        forged().repeat(returned).isNamedAt(returned);
    }

    @Test
    void shouldNameMoneyThatGoesToAnotherShop() {
        final Town.Shop other = town.shop(Town.GROCERIES);
        final Town.Card card = town.cardWith(food, 100);
        town.paid(other, Pay.with(card, 50));
        town.drawn(food, other);
        town.paid(grocer, Pay.with(card, 50));
        final long settlementId = town.settlement();
        final Answer line = core.must(
                town.treasurer,
                Commands.drawLines(settlementId, 0, List.of(new Commands.Draw(grocer.merchantId(), food, 10))));
        final long mine = line.one(TransferPostedDecoder.class).creditAccountId();
        final long theirs = core.records().stream()
                .flatMap(record -> Messages.read(record, 80, record.capacity() - 80).stream())
                .filter(AccountOpenedDecoder.class::isInstance)
                .map(AccountOpenedDecoder.class::cast)
                .filter(account -> account.kind() == AccountKind.SETTLING && account.ownerId() == other.merchantId())
                .findFirst()
                .orElseThrow()
                .accountId();

        forged().add(line.sequence(), TransferPostedDecoder.TEMPLATE_ID, TRANSFER_CREDIT, theirs - mine)
                .isNamedAt(line.sequence());
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.verifier.money;

import org.jspecify.annotations.Nullable;

/** What shops owe: it comes only from refunds that what they are owed does not cover, and goes only into lines or back into the till. One thread. */
final class DebtBook {
    private record Incurred(Account payable, long paymentId) {}

    private record Repaid(Account debt, long proposalId, long amount) {}

    private final PaymentBook payments;
    private final ProposalBook proposals;
    private final CashBook cash;
    private @Nullable Incurred incurred;
    private @Nullable Repaid repaid;

    DebtBook(PaymentBook payments, ProposalBook proposals, CashBook cash) {
        this.payments = payments;
        this.proposals = proposals;
        this.cash = cash;
    }

    void onTransfer(Account credit, long reference, long amount, int reason) throws BooksWrong {
        if (reason == Routes.DEBT_INCURRED) {
            requireNothingOpen();
            incurred = new Incurred(credit, reference);
        } else if (reason == Routes.DEBT_SETTLED) {
            requireNothingOpen();
            repaid = new Repaid(credit, reference, amount);
        }
    }

    /** Behind a refund: what it was a debt for is of this payment, and no more than the shop's own money did not cover. */
    void onRefunded(long holdId) throws BooksWrong {
        if (incurred == null) {
            return;
        }
        boolean isForThis = payments.hold(holdId).credit == incurred.payable
                && payments.payment(incurred.paymentId).holds.contains(holdId);
        if (!isForThis || incurred.payable.available() != 0) {
            throw new BooksWrong(
                    "un debito per il pagamento " + incurred.paymentId + " che la resa non chiedeva",
                    "a debt for payment " + incurred.paymentId + " that the refund did not ask for");
        }
        incurred = null;
    }

    void onSettled(Event event) throws BooksWrong {
        long merchantId = event.i64At(0);
        long programmeId = event.i64At(8);
        long amount = event.i64At(16);
        long reference = event.i64At(24);
        long proposalId = event.i64At(32);
        Proposal approved = proposals.executed(proposalId, Proposal.SETTLE_DEBT);
        boolean isApproved = approved.subjectId == merchantId
                && approved.targetId == programmeId
                && approved.amount == amount
                && approved.extra == reference;
        boolean isMoved = repaid != null
                && repaid.proposalId == proposalId
                && repaid.amount == amount
                && repaid.debt.isOfShop(merchantId, programmeId);
        if (!isMoved || !isApproved) {
            throw new BooksWrong(
                    "il debito dell'esercente " + merchantId + " non si salda così",
                    "the debt of merchant " + merchantId + " is not settled like this");
        }
        cash.requireLast(programmeId, -amount, reference);
        repaid = null;
    }

    void endRecord() throws BooksWrong {
        requireNothingOpen();
    }

    private void requireNothingOpen() throws BooksWrong {
        if (incurred != null || repaid != null) {
            throw new BooksWrong("un debito si muove senza dire perché", "a debt moves without saying why");
        }
    }
}

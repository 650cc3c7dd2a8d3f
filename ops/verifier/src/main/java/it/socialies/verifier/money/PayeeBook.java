// SPDX-License-Identifier: EUPL-1.2
package it.socialies.verifier.money;

import java.util.HashMap;
import java.util.Map;

/** Where each merchant is paid to: what two persons said, and nothing to an account that took the place of another before somebody has confirmed it. One thread. */
final class PayeeBook {
    private record Payee(long payee, boolean isHeld) {}

    private final ProposalBook proposals;
    private final Map<Long, Payee> payees = new HashMap<>();

    PayeeBook(ProposalBook proposals) {
        this.proposals = proposals;
    }

    void onSet(Event event) throws BooksWrong {
        long merchantId = event.i64At(0);
        long payee = event.i64At(8);
        Proposal approved = proposals.executed(event.i64At(16), Proposal.SET_PAYEE);
        Payee before = payees.get(merchantId);
        boolean isHeld = event.u8At(24) != 0;
        boolean isApproved = approved.subjectId == merchantId
                && approved.targetId == payee
                && approved.digest.equals(Digest.at(event, 25));
        if (!isApproved) {
            throw new BooksWrong(
                    "il conto dell'esercente " + merchantId + " non è quello approvato",
                    "the account of merchant " + merchantId + " is not the one that was approved");
        }
        if (isHeld != (before != null) || (before != null && before.payee == payee)) {
            throw new BooksWrong(
                    "il conto dell'esercente " + merchantId + " ne sostituisce un altro, e andava trattenuto",
                    "the account of merchant " + merchantId + " takes the place of another, and was to be held");
        }
        payees.put(merchantId, new Payee(payee, isHeld));
    }

    void onConfirmed(long merchantId) throws BooksWrong {
        Payee payee = payees.get(merchantId);
        if (payee == null || !payee.isHeld) {
            throw new BooksWrong(
                    "il conto dell'esercente " + merchantId + " non aspettava una conferma",
                    "the account of merchant " + merchantId + " waited for no confirmation");
        }
        payees.put(merchantId, new Payee(payee.payee, false));
    }

    /** An order names the account in force, which is not held. */
    void requireMayBePaid(long merchantId, long payee) throws BooksWrong {
        if (!new Payee(payee, false).equals(payees.get(merchantId))) {
            throw new BooksWrong(
                    "l'esercente " + merchantId + " non si paga sul conto " + payee + ", o non ancora",
                    "merchant " + merchantId + " is not paid to account " + payee + ", or not yet");
        }
    }
}

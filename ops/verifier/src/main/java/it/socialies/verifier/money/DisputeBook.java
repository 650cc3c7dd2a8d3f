// SPDX-License-Identifier: EUPL-1.2
package it.socialies.verifier.money;

import java.util.HashMap;
import java.util.Map;

/**
 * Disputed payments: what is disputed stays with what the shop is owed until two persons have decided, and comes back to the holder exactly as they said. Keeps the
 * disputes that nobody decided. One thread.
 */
final class DisputeBook {
    private record Dispute(long paymentId, long amount, Map<Long, Long> ofPayable) {}

    private final PaymentBook payments;
    private final ProposalBook proposals;
    private final Map<Long, Dispute> open = new HashMap<>();
    /** Dispute by payment. */
    private final Map<Long, Long> disputed = new HashMap<>();
    /** In this record: what the payment must have refunded in all behind it. */
    private final Map<Long, Long> decided = new HashMap<>();

    private final Map<Long, Long> disputedOf = new HashMap<>();
    private long lastId;

    DisputeBook(PaymentBook payments, ProposalBook proposals) {
        this.payments = payments;
        this.proposals = proposals;
    }

    void onOpened(long id, long paymentId, long amount) throws BooksWrong {
        Payment payment = payments.payment(paymentId);
        if (id != lastId + 1 || amount <= 0 || amount > payment.captured - payment.refunded) {
            throw new BooksWrong(
                    "la contestazione " + id + " è di " + amount + ", il pagamento " + paymentId + " non li ha",
                    "dispute " + id + " is of " + amount + ", which payment " + paymentId + " does not have");
        }
        if (disputed.putIfAbsent(paymentId, id) != null) {
            throw new BooksWrong(
                    "il pagamento " + paymentId + " è già contestato", "payment " + paymentId + " is disputed already");
        }
        Map<Long, Long> ofPayable = new HashMap<>();
        long rest = amount;
        for (long holdId : payment.holds.reversed()) {
            Hold hold = payments.hold(holdId);
            long part = Math.min(rest, hold.captured - hold.refunded);
            ofPayable.merge(hold.credit.id, part, Math::addExact);
            rest -= part;
        }
        ofPayable.forEach((payable, part) -> disputedOf.merge(payable, part, Math::addExact));
        open.put(id, new Dispute(paymentId, amount, ofPayable));
        lastId = id;
    }

    void onDecided(long id, long refunded, long reference, long proposalId) throws BooksWrong {
        Dispute dispute = open.remove(id);
        Proposal approved = proposals.executed(proposalId, Proposal.DECIDE_DISPUTE);
        boolean isApproved = approved.subjectId == id && approved.amount == refunded && approved.extra == reference;
        if (dispute == null || refunded > dispute.amount || !isApproved) {
            throw new BooksWrong(
                    "la contestazione " + id + " non è da decidere, o non così",
                    "dispute " + id + " is not to be decided, or not like this");
        }
        disputed.remove(dispute.paymentId);
        dispute.ofPayable.forEach((payable, part) -> disputedOf.merge(payable, -part, Math::addExact));
        decided.put(dispute.paymentId, payments.payment(dispute.paymentId).refunded + refunded);
    }

    /** A disputed payment neither changes nor leaves. */
    void requireUndisputed(long paymentId) throws BooksWrong {
        if (disputed.containsKey(paymentId)) {
            throw new BooksWrong(
                    "il pagamento " + paymentId + " cambia mentre è contestato",
                    "payment " + paymentId + " changes while it is disputed");
        }
    }

    /** What was just taken out of what a shop is owed has left what is disputed of it. */
    void requireLeft(Account payable) throws BooksWrong {
        long held = disputedOf.getOrDefault(payable.id, 0L);
        if (payable.available() < held) {
            throw new BooksWrong(
                    "nel conto " + payable.id + " restano " + payable.available() + ", ne sono contestati " + held,
                    "account " + payable.id + " is left with " + payable.available() + ", " + held
                            + " of it is disputed");
        }
    }

    /** Before the payments end their record. */
    void endRecord() throws BooksWrong {
        for (Map.Entry<Long, Long> payment : decided.entrySet()) {
            if (payments.payment(payment.getKey()).refunded != payment.getValue()) {
                throw new BooksWrong(
                        "il pagamento " + payment.getKey() + " non restituisce quanto deciso",
                        "payment " + payment.getKey() + " does not give back what was decided");
            }
        }
        decided.clear();
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.verifier.money;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Payments and their holds, until a payment can no longer change: the totals that the events name are what the holds come to. One thread. */
final class PaymentBook {
    private static final int CAPTURED = 2;

    private final Ledger ledger;
    private final Map<Long, Payment> payments = new HashMap<>();
    private final Map<Long, Hold> holds = new HashMap<>();
    private final Set<Long> touched = new HashSet<>();

    PaymentBook(Ledger ledger) {
        this.ledger = ledger;
    }

    void apply(Event event) throws BooksWrong {
        switch (event.template()) {
            case Event.PAYMENT_MADE -> made(event.i64At(0), event.i64At(48), event.i64At(64), event.u8At(88));
            case Event.PAYMENT_CHANGED -> changed(event.i64At(0), event.i64At(16), event.i64At(24));
            case Event.PAYMENT_CLOSED -> closed(event.i64At(0));
            case Event.HOLD_PLACED -> placed(event, false);
            case Event.HOLD_POSTED -> placed(event, true);
            case Event.HOLD_CAPTURED -> captured(event);
            case Event.HOLD_RELEASED -> released(event);
            case Event.HOLD_REFUNDED -> refunded(event);
            default -> {
                // Moves no money.
            }
        }
    }

    private void made(long id, long billTotal, long drawn, int state) throws BooksWrong {
        Ledger.requirePositive(drawn);
        if (drawn > billTotal) {
            throw new BooksWrong(
                    "il pagamento " + id + " prende " + drawn + " per uno scontrino di " + billTotal,
                    "payment " + id + " draws " + drawn + " for a bill of " + billTotal);
        }
        if (id <= 0 || payments.putIfAbsent(id, new Payment(drawn, state == CAPTURED ? drawn : 0)) != null) {
            throw new BooksWrong("il pagamento " + id + " c'è già", "payment " + id + " is there already");
        }
        touched.add(id);
    }

    private void changed(long id, long capturedTotal, long refundedTotal) throws BooksWrong {
        Payment payment = payment(id);
        payment.captured = capturedTotal;
        payment.refunded = refundedTotal;
        touched.add(id);
    }

    private void closed(long id) throws BooksWrong {
        payment(id).holds.forEach(holds::remove);
        payments.remove(id);
        touched.remove(id);
    }

    private void placed(Event event, boolean posted) throws BooksWrong {
        long id = event.i64At(0);
        long paymentId = event.i64At(8);
        Account debit = ledger.account(event.i64At(16));
        Account credit = ledger.account(event.i64At(24));
        long amount = event.i64At(32);
        ledger.requireSameBook(debit, credit);
        boolean isDraw = (debit.kind == AccountKind.POCKET || debit.kind == AccountKind.IES_WALLET)
                && credit.kind == AccountKind.PAYABLE
                && debit.programmeId == credit.programmeId;
        if (!isDraw) {
            throw new BooksWrong(
                    "un pagamento non può prendere da " + debit.kind + " " + debit.id + " per " + credit.kind + " "
                            + credit.id,
                    "a payment may not draw from " + debit.kind + " " + debit.id + " for " + credit.kind + " "
                            + credit.id);
        }
        Ledger.requirePositive(amount);
        Hold hold = new Hold(debit, credit, amount);
        if (holds.putIfAbsent(id, hold) != null) {
            throw new BooksWrong("l'impegno " + id + " c'è già", "hold " + id + " is there already");
        }
        payment(paymentId).holds.add(id);
        touched.add(paymentId);
        if (posted) {
            ledger.post(debit, credit, amount);
            hold.captured = amount;
        } else {
            ledger.pend(debit, credit, amount);
            hold.held = true;
        }
    }

    private void captured(Event event) throws BooksWrong {
        long captured = event.i64At(24);
        Hold hold = ended(event, Math.addExact(captured, event.i64At(32)));
        hold.captured = captured;
        ledger.post(hold.debit, hold.credit, captured);
    }

    private void released(Event event) throws BooksWrong {
        ended(event, event.i64At(24));
    }

    /** A hold ends once, over its whole amount, between the accounts it began with. */
    private Hold ended(Event event, long amount) throws BooksWrong {
        Hold hold = hold(event);
        if (!hold.held || hold.amount != amount) {
            throw new BooksWrong(
                    "l'impegno " + event.i64At(0) + " di " + hold.amount + " finisce con " + amount,
                    "hold " + event.i64At(0) + " of " + hold.amount + " ends with " + amount);
        }
        hold.held = false;
        ledger.pend(hold.debit, hold.credit, -amount);
        return hold;
    }

    private void refunded(Event event) throws BooksWrong {
        Hold hold = hold(event);
        long amount = event.i64At(24);
        hold.refunded = Math.addExact(hold.refunded, amount);
        if (hold.held || hold.refunded > hold.captured) {
            throw new BooksWrong(
                    "l'impegno " + event.i64At(0) + " restituisce più di quanto fu preso",
                    "hold " + event.i64At(0) + " gives back more than was taken");
        }
        ledger.post(/* debit= */ hold.credit, /* credit= */ hold.debit, amount);
    }

    private Hold hold(Event event) throws BooksWrong {
        long id = event.i64At(0);
        Hold hold = holds.get(id);
        if (hold == null || hold.debit.id != event.i64At(8) || hold.credit.id != event.i64At(16)) {
            throw new BooksWrong(
                    "l'impegno " + id + " non c'è, o è tra altri conti",
                    "hold " + id + " is not there, or between other accounts");
        }
        return hold;
    }

    Hold hold(long id) throws BooksWrong {
        Hold hold = holds.get(id);
        if (hold == null) {
            throw new BooksWrong("l'impegno " + id + " non c'è", "hold " + id + " is not there");
        }
        return hold;
    }

    Payment payment(long id) throws BooksWrong {
        Payment payment = payments.get(id);
        if (payment == null) {
            throw new BooksWrong("il pagamento " + id + " non c'è", "payment " + id + " is not there");
        }
        return payment;
    }

    /** Behind every record the payments that it touched are what their holds come to. */
    void endRecord() throws BooksWrong {
        for (long id : touched) {
            Payment payment = payment(id);
            long drawn = 0;
            long captured = 0;
            long refunded = 0;
            for (long holdId : payment.holds) {
                Hold hold = Objects.requireNonNull(holds.get(holdId));
                drawn += hold.amount;
                captured += hold.captured;
                refunded += hold.refunded;
            }
            if (drawn != payment.drawn || captured != payment.captured || refunded != payment.refunded) {
                throw new BooksWrong(
                        "il pagamento " + id + " dice " + payment.drawn + "/" + payment.captured + "/"
                                + payment.refunded
                                + " (prelevato/incassato/reso), i suoi impegni danno " + drawn + "/" + captured + "/"
                                + refunded,
                        "payment " + id + " says " + payment.drawn + "/" + payment.captured + "/" + payment.refunded
                                + " (drawn/captured/refunded), its holds come to " + drawn + "/" + captured + "/"
                                + refunded);
            }
        }
        touched.clear();
    }
}

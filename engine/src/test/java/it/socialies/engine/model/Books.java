// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.model;

import it.socialies.engine.protocol.sbe.AccountKind;
import it.socialies.engine.protocol.sbe.TransferReason;
import it.socialies.engine.protocol.sbe.UnitCode;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** All accounts. Money moves from a debit to a credit account of the same circuit and unit, and no account goes below zero. */
final class Books {
    final List<Account> accounts = new ArrayList<>();

    Account open(long ownerId, long programmeId, int circuitId, AccountKind kind, UnitCode unit) {
        Account account = new Account(accounts.size() + 1L, ownerId, programmeId, circuitId, kind, unit);
        accounts.add(account);
        return account;
    }

    /** Posts money and gives the event of it. */
    Message post(Account debit, Account credit, BigInteger amount, TransferReason reason, long referenceId) {
        move(debit, credit, amount);
        return new Message("TransferPosted")
                .with("debitAccountId", debit.id)
                .with("creditAccountId", credit.id)
                .with("amount", amount)
                .with("referenceId", referenceId)
                .with("reason", reason);
    }

    void move(Account debit, Account credit, BigInteger amount) {
        requireSameBook(debit, credit);
        require(amount.signum() > 0, "a movement of " + amount);
        debit.debitsPosted = debit.debitsPosted.add(amount);
        credit.creditsPosted = credit.creditsPosted.add(amount);
        requireSound(debit);
        requireSound(credit);
    }

    /** Holds money, or with a negative amount lets it go. */
    void pend(Account debit, Account credit, BigInteger amount) {
        requireSameBook(debit, credit);
        debit.debitsPending = debit.debitsPending.add(amount);
        credit.creditsPending = credit.creditsPending.add(amount);
        requireSound(debit);
        requireSound(credit);
    }

    private static void requireSameBook(Account debit, Account credit) {
        require(
                debit.circuitId == credit.circuitId && debit.unit == credit.unit && debit != credit,
                "money out of its book: " + debit + " to " + credit);
    }

    private static void requireSound(Account account) {
        require(
                account.available().signum() >= 0
                        && account.debitsPending.signum() >= 0
                        && account.creditsPending.signum() >= 0,
                "below zero: " + account);
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new AuditFailed("the model's own books: " + otherwise);
        }
    }
}

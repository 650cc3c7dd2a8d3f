// SPDX-License-Identifier: EUPL-1.2
package it.socialies.verifier.money;

/** One draw of a payment, in minor units. One thread. */
final class Hold {
    final Account debit;
    final Account credit;
    final long amount;
    long captured;
    long refunded;
    boolean held;

    Hold(Account debit, Account credit, long amount) {
        this.debit = debit;
        this.credit = credit;
        this.amount = amount;
    }
}

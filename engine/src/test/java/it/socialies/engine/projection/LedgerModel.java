// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.projection;

import it.socialies.engine.protocol.EntityHash;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.agrona.concurrent.UnsafeBuffer;

/** The same events as plain maps of plain objects: what the rows are compared with. */
final class LedgerModel {
    final TreeMap<Long, Account> accounts = new TreeMap<>();
    final TreeMap<Long, Hold> holds = new TreeMap<>();
    final TreeMap<Long, Wallet> wallets = new TreeMap<>();
    final TreeMap<Long, Card> cards = new TreeMap<>();
    final TreeMap<Long, Payment> payments = new TreeMap<>();
    final TreeMap<Long, Long> outlets = new TreeMap<>();
    final TreeMap<Long, Integer> merchants = new TreeMap<>();
    final TreeMap<Long, Terminal> terminals = new TreeMap<>();
    final TreeMap<Long, Integer> programmes = new TreeMap<>();

    long cashed = 12_345;

    void post(final long debit, final long credit, final long amount) {
        accounts.get(debit).debitsPosted += amount;
        accounts.get(credit).creditsPosted += amount;
    }

    void pend(final long debit, final long credit, final long amount) {
        accounts.get(debit).debitsPending += amount;
        accounts.get(credit).creditsPending += amount;
    }

    long available(final long accountId) {
        final Account a = accounts.get(accountId);
        return a.creditsPosted - a.debitsPosted - a.debitsPending;
    }

    long ledgerHash() {
        long sum = 0;
        for (final var e : accounts.entrySet()) {
            final Account a = e.getValue();
            sum += EntityHash.account(
                    e.getKey(),
                    a.owner,
                    a.programme,
                    a.circuit,
                    a.kind,
                    a.unit,
                    a.debitsPending,
                    a.debitsPosted,
                    a.creditsPending,
                    a.creditsPosted);
        }
        for (final var e : holds.entrySet()) {
            final Hold h = e.getValue();
            sum += EntityHash.hold(e.getKey(), h.payment, h.debit, h.credit, h.amount, h.captured, h.refunded, h.state);
        }
        for (final var e : wallets.entrySet()) {
            sum += EntityHash.wallet(e.getKey(), e.getValue().circuit, e.getValue().holder, e.getValue().household);
        }
        for (final var e : cards.entrySet()) {
            final Card c = e.getValue();
            sum += EntityHash.card(e.getKey(), c.wallet, c.tokenHi, c.tokenLo, c.replaces, c.status);
        }
        for (final var e : programmes.entrySet()) {
            sum += EntityHash.programme(
                    e.getKey(),
                    TownScript.CIRCUIT,
                    -1,
                    TownScript.FROM_MS,
                    TownScript.UNTIL_MS,
                    300,
                    400,
                    600,
                    700,
                    800,
                    e.getValue());
            sum += EntityHash.commitment(e.getKey(), 900_000_000, cashed);
        }
        for (final var e : merchants.entrySet()) {
            sum += EntityHash.merchant(e.getKey(), TownScript.CIRCUIT, 7, e.getValue());
        }
        for (final var e : outlets.entrySet()) {
            sum += EntityHash.outlet(e.getKey(), e.getValue());
        }
        for (final var e : terminals.entrySet()) {
            final Terminal t = e.getValue();
            final long keyHash = t.key == null ? 0 : EntityHash.publicKey(new UnsafeBuffer(t.key), 0);
            sum += EntityHash.terminal(e.getKey(), t.outlet, t.status, keyHash);
        }
        return sum;
    }

    static final class Account {
        final long owner;
        final long programme;
        final int circuit;
        final int kind;
        final int unit;
        long debitsPending;
        long debitsPosted;
        long creditsPending;
        long creditsPosted;

        Account(final long owner, final long programme, final int circuit, final int kind, final int unit) {
            this.owner = owner;
            this.programme = programme;
            this.circuit = circuit;
            this.kind = kind;
            this.unit = unit;
        }
    }

    static final class Hold {
        final long payment;
        final long debit;
        final long credit;
        final long amount;
        long captured;
        long refunded;
        int state;

        Hold(
                final long payment,
                final long debit,
                final long credit,
                final long amount,
                final long captured,
                final int state) {
            this.payment = payment;
            this.debit = debit;
            this.credit = credit;
            this.amount = amount;
            this.captured = captured;
            this.state = state;
        }
    }

    static final class Wallet {
        final int circuit;
        long holder;
        int household;
        long pocket;
        long iesAccount;

        Wallet(final int circuit) {
            this.circuit = circuit;
        }
    }

    static final class Card {
        final long wallet;
        final long tokenHi;
        final long tokenLo;
        final long replaces;
        int status = 1;

        Card(final long wallet, final long tokenHi, final long tokenLo, final long replaces) {
            this.wallet = wallet;
            this.tokenHi = tokenHi;
            this.tokenLo = tokenLo;
            this.replaces = replaces;
        }
    }

    static final class Payment {
        final long drawn;
        final List<Long> holds = new ArrayList<>();
        long captured;
        long refunded;
        int state;

        Payment(final long drawn, final int state) {
            this.drawn = drawn;
            this.state = state;
        }
    }

    static final class Terminal {
        final long outlet;
        int status = 1;
        byte[] key;

        Terminal(final long outlet) {
            this.outlet = outlet;
        }
    }
}

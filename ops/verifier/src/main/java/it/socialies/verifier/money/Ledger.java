// SPDX-License-Identifier: EUPL-1.2
package it.socialies.verifier.money;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Accounts and what one record does to them: money goes from one to another of the same circuit and unit, on a way that its reason allows. One thread. */
final class Ledger {
    private record OfCircuit(int circuit, AccountKind kind) {}

    private record OfShop(long merchantId, long programmeId) {}

    private final Map<Long, Account> accounts = new HashMap<>();
    /** FUND account by programme; a payment never touches it. */
    private final Map<Long, Account> funds = new HashMap<>();
    /** Reserve, issuance and other single accounts of a circuit, by circuit and kind. */
    private final Map<OfCircuit, Account> ofCircuit = new HashMap<>();

    /** What shops owe. */
    private final Map<OfShop, Account> debts = new HashMap<>();

    private final Set<Account> touched = new HashSet<>();
    private int circuitId;
    private long lastCreditedId;
    private long lastDebitedId;
    private long lastAmount;
    private long amountBefore;

    /** @param recordCircuitId 0 for ticks, which may touch any circuit */
    void begin(int recordCircuitId) {
        circuitId = recordCircuitId;
        touched.clear();
        lastCreditedId = 0;
        lastAmount = 0;
        amountBefore = 0;
        lastDebitedId = 0;
    }

    void open(long id, long ownerId, long programmeId, int circuit, int kindCode, int unit) throws BooksWrong {
        AccountKind kind = AccountKind.of(kindCode);
        if (id <= 0 || kind == null || unit < 1 || accounts.containsKey(id)) {
            throw new BooksWrong("il conto " + id + " non si può aprire", "account " + id + " cannot be opened");
        }
        Account account = new Account(id, ownerId, programmeId, circuit, unit, kind);
        accounts.put(id, account);
        switch (kind) {
            case RECEIVABLE -> debts.put(new OfShop(ownerId, programmeId), account);
            case FUND -> funds.put(programmeId, account);
            case RESERVE, ISSUANCE, RESERVE_BANK, FEES -> ofCircuit.put(key(circuit, kind), account);
            default -> {
                // Found by their number.
            }
        }
    }

    private static OfCircuit key(int circuit, AccountKind kind) {
        return new OfCircuit(circuit, kind);
    }

    Account account(long id) throws BooksWrong {
        Account account = accounts.get(id);
        if (account == null) {
            throw new BooksWrong("il conto " + id + " non è mai stato aperto", "account " + id + " was never opened");
        }
        return account;
    }

    Collection<Account> accounts() {
        return accounts.values();
    }

    void transfer(long debitId, long creditId, long amount, int reason) throws BooksWrong {
        Account debit = account(debitId);
        Account credit = account(creditId);
        requireSameBook(debit, credit);
        if (!Routes.isAllowed(reason, debit.kind, credit.kind)
                || debit.programmeId != credit.programmeId
                || (Routes.staysWithAShop(reason) && debit.ownerId != credit.ownerId)) {
            throw new BooksWrong(
                    "il denaro non può andare da " + debit.kind + " " + debitId + " a " + credit.kind + " " + creditId,
                    "money may not go from " + debit.kind + " " + debitId + " to " + credit.kind + " " + creditId);
        }
        post(debit, credit, amount);
        lastCreditedId = creditId;
        amountBefore = lastAmount;
        lastAmount = amount;
        lastDebitedId = debitId;
    }

    void requireSameBook(Account debit, Account credit) throws BooksWrong {
        if (debit == credit || !debit.isSameBook(credit) || (circuitId != 0 && debit.circuitId != circuitId)) {
            throw new BooksWrong(
                    "i conti " + debit.id + " e " + credit.id + " sono di circuiti o unità diversi",
                    "accounts " + debit.id + " and " + credit.id + " are of different circuits or units");
        }
    }

    void post(Account debit, Account credit, long amount) throws BooksWrong {
        requirePositive(amount);
        debit.debitsPosted = Math.addExact(debit.debitsPosted, amount);
        credit.creditsPosted = Math.addExact(credit.creditsPosted, amount);
        touched.add(debit);
        touched.add(credit);
    }

    /** @param amount negative frees */
    void pend(Account debit, Account credit, long amount) {
        debit.debitsPending = Math.addExact(debit.debitsPending, amount);
        credit.creditsPending = Math.addExact(credit.creditsPending, amount);
        touched.add(debit);
        touched.add(credit);
    }

    static void requirePositive(long amount) throws BooksWrong {
        if (amount <= 0) {
            throw new BooksWrong("un importo di " + amount, "an amount of " + amount);
        }
    }

    /** What a shop owes of a programme, in minor units. */
    long debtOf(long merchantId, long programmeId) {
        Account debt = debts.get(new OfShop(merchantId, programmeId));
        return debt == null ? 0 : debt.available();
    }

    long availableInCircuit(AccountKind kind, int unit) {
        Account account = ofCircuit.get(key(circuitId, kind));
        return account == null || account.unit != unit ? 0 : account.available();
    }

    void requireFund(long programmeId, long claimed) throws BooksWrong {
        Account fund = funds.get(programmeId);
        if (fund == null || fund.available() != claimed) {
            throw new BooksWrong(
                    "l'evento dice che il fondo ha " + claimed + ", dai movimenti risulta altro",
                    "the event says that the fund has " + claimed + ", the movements come to something else");
        }
    }

    /** An event repeats what the transfer before it credited. */
    void requireMoved(long accountId, long amount) throws BooksWrong {
        requireEqual(accountId, amount, lastCreditedId == accountId ? lastAmount : 0);
    }

    /** An event repeats the amount of the transfer before it. */
    void requireLast(long amount) throws BooksWrong {
        if (amount != lastAmount) {
            throw new BooksWrong(
                    "l'evento dice " + amount + ", il movimento è di " + lastAmount,
                    "the event says " + amount + ", " + lastAmount + " moved");
        }
    }

    /** An event repeats a transfer and, when there is one, the fee behind it. */
    void requireTransferred(long amount, long fee) throws BooksWrong {
        requireLast(fee == 0 ? amount : fee);
        if (fee != 0 && amountBefore != amount) {
            throw new BooksWrong(
                    "l'evento dice " + amount + ", il movimento è di " + amountBefore,
                    "the event says " + amount + ", " + amountBefore + " moved");
        }
    }

    /** An event repeats what the transfer before it took away. */
    void requireSwept(long accountId, long amount) throws BooksWrong {
        requireEqual(accountId, amount, lastDebitedId == accountId ? lastAmount : 0);
    }

    private static void requireEqual(long accountId, long said, long moved) throws BooksWrong {
        if (said != moved) {
            throw new BooksWrong(
                    "l'evento dice " + said + " per il conto " + accountId + ", il movimento è di " + moved,
                    "the event says " + said + " for account " + accountId + ", " + moved + " moved");
        }
    }

    /** What must hold behind every record. */
    void end() throws BooksWrong {
        for (Account account : touched) {
            if (account.isBelowZero()) {
                throw new BooksWrong(
                        "il conto " + account.id + " (" + account.kind + ") scende sotto zero: " + account.available(),
                        "account " + account.id + " (" + account.kind + ") goes below zero: " + account.available());
            }
            if (account.kind == AccountKind.ISSUANCE || account.kind == AccountKind.RESERVE) {
                requireBacked(account.circuitId);
            }
        }
    }

    private void requireBacked(int circuit) throws BooksWrong {
        Account issuance = ofCircuit.get(key(circuit, AccountKind.ISSUANCE));
        Account reserve = ofCircuit.get(key(circuit, AccountKind.RESERVE));
        long outstanding = issuance == null ? 0 : issuance.debitsPosted - issuance.creditsPosted;
        long backing = reserve == null ? 0 : reserve.available();
        if (outstanding > backing) {
            throw new BooksWrong(
                    "circuito " + circuit + ": " + outstanding + " IES in circolazione su una riserva di " + backing,
                    "circuit " + circuit + ": " + outstanding + " IES in circulation on a reserve of " + backing);
        }
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.verifier.money;

import it.socialies.verifier.history.Entry;
import it.socialies.verifier.history.HistoryCheck;
import it.socialies.verifier.history.NotAsWritten;
import it.socialies.verifier.history.Place;
import it.socialies.verifier.history.Why;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Replays what the records moved, from the first one on: double entry inside one circuit and unit, no account below zero, holds that end as they began, amounts that a
 * second person approved, what single operators gave in an emergency, what shops were paid, owe and are accused of, running sums that the events name, and no IES without its euro. Keeps accounts and what may still change; what is closed is let go. One
 * thread.
 */
public final class Books implements HistoryCheck.RecordCheck {
    private static final int EUR = 1;
    private static final int IES = 2;

    private final Ledger ledger = new Ledger();
    private final PaymentBook payments = new PaymentBook(ledger);
    private final ProposalBook proposals = new ProposalBook();
    private final ExtensionBook extensions = new ExtensionBook();
    private final EmergencyBook emergencies = new EmergencyBook();
    private final CashBook cash = new CashBook();
    private final PayeeBook payees = new PayeeBook(proposals);
    private final SettlementBook settlements = new SettlementBook(ledger, proposals, payees, cash);
    private final DebtBook debts = new DebtBook(payments, proposals, cash);
    private final DisputeBook disputes = new DisputeBook(payments, proposals);

    @Override
    public void onRecord(Entry entry, Place place) throws NotAsWritten {
        List<Event> events = Event.of(entry);
        if (events == null) {
            throw new NotAsWritten(
                    entry.sequence(),
                    place,
                    new Why("il corpo non è una fila di eventi", "its body is not a row of events"));
        }
        try {
            ledger.begin(entry.circuitId());
            settlements.begin(entry.circuitId());
            cash.begin();
            for (Event event : events) {
                apply(event, entry);
            }
            disputes.endRecord();
            payments.endRecord();
            settlements.endRecord();
            debts.endRecord();
            proposals.endRecord();
            emergencies.endRecord();
            ledger.end();
        } catch (BooksWrong wrong) {
            throw new NotAsWritten(entry.sequence(), place, wrong.why());
        } catch (ArithmeticException | IllegalStateException e) {
            throw new NotAsWritten(
                    entry.sequence(),
                    place,
                    new Why(
                            "un evento che non può essere: " + e.getMessage(),
                            "an event that cannot be: " + e.getMessage()));
        }
    }

    private void apply(Event event, Entry entry) throws BooksWrong {
        switch (event.template()) {
            case Event.ACCOUNT_OPENED ->
                ledger.open(
                        event.i64At(0),
                        event.i64At(8),
                        event.i64At(16),
                        event.i32At(24),
                        event.u8At(28),
                        event.u8At(29));
            case Event.TRANSFER_POSTED -> transfer(event);
            case Event.PROPOSAL_MADE -> proposals.onMade(event);
            case Event.PROPOSAL_DECIDED -> proposals.onDecided(event.i64At(0), event.u8At(24));
            case Event.PROPOSAL_PROGRESSED -> proposals.onProgressed(event.i64At(0), event.i64At(8), event.u8At(20));
            case Event.RESERVE_MOVED -> {
                ledger.requireLast(Math.absExact(event.i64At(0)));
                requireRunningSum(AccountKind.RESERVE, EUR, event.i64At(8));
            }
            case Event.IES_ISSUED, Event.IES_REDEEMED -> {
                ledger.requireLast(event.i64At(8));
                requireRunningSum(AccountKind.ISSUANCE, IES, event.i64At(16));
            }
            case Event.FUND_MOVED -> {
                ledger.requireLast(Math.absExact(event.i64At(8)));
                ledger.requireFund(event.i64At(0), event.i64At(16));
            }
            case Event.TRANSFER_MADE -> ledger.requireTransferred(event.i64At(24), event.i64At(32));
            case Event.EXTENSION_BEGUN -> extensions.onBegun(event.i64At(0), event.i64At(16));
            case Event.PROGRAMME_EXTENDED -> extensions.onExtended(event.i64At(0));
            case Event.POCKET_INHERITED -> ledger.requireMoved(event.i64At(8), event.i64At(24));
            case Event.TOPPED_UP -> {
                ledger.requireMoved(event.i64At(16), event.i64At(24));
                emergencies.onToppedUp(event.i64At(0));
            }
            case Event.OPERATOR_APPOINTED -> emergencies.onAppointed(event.i64At(0), event.i64At(8));
            case Event.EMERGENCY_FUND_SET -> {
                proposals.requireExecuted(event.i64At(24), Proposal.SET_EMERGENCY_FUND, event.i64At(8));
                emergencies.onFundSet(event.i64At(0), event.i64At(8), event.i32At(32));
            }
            case Event.EMERGENCY_AWARDED -> emergencies.onAwarded(event, entry.timestampMs(), entry.epochDay());
            case Event.EMERGENCY_REVIEWED -> emergencies.onReviewed(event.i64At(0), event.i64At(8));
            case Event.POCKET_RESTORED -> ledger.requireMoved(event.i64At(16), event.i64At(24));
            case Event.POCKET_SWEPT, Event.TAKEN_BACK -> {
                if (event.i64At(24) != 0) {
                    ledger.requireSwept(event.i64At(16), event.i64At(24));
                }
            }
            case Event.PAYEE_SET -> payees.onSet(event);
            case Event.PAYEE_CONFIRMED -> payees.onConfirmed(event.i64At(0));
            case Event.CASH_RECORDED ->
                cash.onRecorded(event.i64At(0), event.i64At(8), event.i64At(16), event.i64At(24));
            case Event.SETTLEMENT_DRAWN -> settlements.onDrawn(event.i64At(0));
            case Event.LINE_DRAWN -> settlements.onLineDrawn(event);
            case Event.SETTLEMENT_DECIDED -> settlements.onDecided(event.i64At(0), event.i64At(8), event.u8At(16));
            case Event.LINE_RETURNED -> settlements.onReturned(event.i64At(0));
            case Event.LINE_ORDERED -> settlements.onOrdered(event.i64At(0), event.i64At(8));
            case Event.LINE_PAID -> settlements.onPaid(event.i64At(0), event.i64At(8));
            case Event.LINE_REOPENED -> settlements.onReopened(event.i64At(0), event.u8At(24), event.i64At(8));
            case Event.DEBT_SETTLED -> debts.onSettled(event);
            case Event.DISPUTE_OPENED -> disputes.onOpened(event.i64At(0), event.i64At(8), event.i64At(16));
            case Event.DISPUTE_DECIDED ->
                disputes.onDecided(event.i64At(0), event.i64At(8), event.i64At(16), event.i64At(24));
            case Event.PAYMENT_CHANGED, Event.PAYMENT_CLOSED -> {
                disputes.requireUndisputed(event.i64At(0));
                payments.apply(event);
            }
            case Event.HOLD_REFUNDED -> {
                payments.apply(event);
                debts.onRefunded(event.i64At(0));
            }
            default -> payments.apply(event);
        }
    }

    private void transfer(Event event) throws BooksWrong {
        long amount = event.i64At(16);
        long reference = event.i64At(24);
        int reason = event.u8At(32);
        ledger.transfer(event.i64At(0), event.i64At(8), amount, reason);
        Account debit = ledger.account(event.i64At(0));
        proposals.onTransfer(reference, amount, reason);
        extensions.onTransfer(reference, amount, reason);
        emergencies.onTransfer(debit.programmeId, reference, amount, reason);
        settlements.onTransfer(debit, ledger.account(event.i64At(8)), reference, amount, reason);
        debts.onTransfer(ledger.account(event.i64At(8)), reference, amount, reason);
        if (Routes.takesFromPayable(reason) && debit.kind == AccountKind.PAYABLE) {
            disputes.requireLeft(debit);
        }
    }

    /** An event names what the account comes to behind it. */
    private void requireRunningSum(AccountKind kind, int unit, long claimed) throws BooksWrong {
        long booked = ledger.availableInCircuit(kind, unit);
        if (booked != claimed) {
            throw new BooksWrong(
                    "l'evento dice " + kind + " = " + claimed + ", dai movimenti risulta " + booked,
                    "the event says " + kind + " = " + claimed + ", the movements come to " + booked);
        }
    }

    /** Totals of every circuit, by its number. */
    public List<CircuitTotals> totals() {
        Map<Integer, List<Account>> circuits = new TreeMap<>();
        for (Account account : ledger.accounts()) {
            circuits.computeIfAbsent(account.circuitId, none -> new ArrayList<>())
                    .add(account);
        }
        List<CircuitTotals> totals = new ArrayList<>();
        circuits.forEach((circuit, accounts) -> totals.add(totals(circuit, accounts)));
        return totals;
    }

    private static CircuitTotals totals(int circuit, List<Account> accounts) {
        long reserve = 0;
        long outstanding = 0;
        Map<Integer, long[]> units = new TreeMap<>();
        for (Account account : accounts) {
            reserve += account.kind == AccountKind.RESERVE ? account.available() : 0;
            outstanding += account.kind == AccountKind.ISSUANCE ? account.debitsPosted - account.creditsPosted : 0;
            long[] sums = units.computeIfAbsent(account.unit, none -> new long[4]);
            sums[0] += account.debitsPosted;
            sums[1] += account.creditsPosted;
            sums[2] += account.debitsPending;
            sums[3] += account.creditsPending;
        }
        List<CircuitTotals.UnitTotals> moved = new ArrayList<>();
        units.forEach((unit, sums) -> {
            if (sums[0] != 0 || sums[2] != 0) {
                moved.add(new CircuitTotals.UnitTotals(Unit.code(unit), sums[0], sums[1], sums[2], sums[3]));
            }
        });
        return new CircuitTotals(circuit, reserve, outstanding, moved);
    }
}

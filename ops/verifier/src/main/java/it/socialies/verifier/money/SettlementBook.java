// SPDX-License-Identifier: EUPL-1.2
package it.socialies.verifier.money;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Settlements and their lines: a line moves what it says, nets what the shop owes first, and is ordered only once a second person approved exactly these lines; it is
 * in one order at a time, is paid once, and again only when the payment came back. Keeps what is under way or was paid. One thread.
 */
final class SettlementBook {
    private static final int DRAWN = 1;
    private static final int APPROVED = 2;
    private static final int CANCELLED = 3;

    private static final int BOUNCED = 4;

    private static final class Settlement {
        final int circuitId;
        int state = DRAWN;
        int lines;
        int underWay;
        long total;
        Digest digest = Digest.ZERO;

        Settlement(int circuitId) {
            this.circuitId = circuitId;
        }
    }

    private static final class Line {
        final long settlementId;
        final long merchantId;
        final long programmeId;
        final long toPay;
        boolean isOrdered;
        boolean isPaid;

        Line(long settlementId, long merchantId, long programmeId, long toPay) {
            this.settlementId = settlementId;
            this.merchantId = merchantId;
            this.programmeId = programmeId;
            this.toPay = toPay;
        }
    }

    /** Money that a line moved, and no event has said yet for which. */
    private record Moved(Account from, Account to, long lineId, long amount) {}

    private final Ledger ledger;
    private final ProposalBook proposals;
    private final PayeeBook payees;
    private final CashBook cash;
    private final Map<Long, Settlement> settlements = new HashMap<>();
    private final Map<Long, Line> lines = new HashMap<>();
    /** By the reason of the transfer. */
    private final Map<Integer, Moved> moved = new HashMap<>();

    private int circuitId;
    private long lastSettlementId;
    private long lastLineId;

    SettlementBook(Ledger ledger, ProposalBook proposals, PayeeBook payees, CashBook cash) {
        this.ledger = ledger;
        this.proposals = proposals;
        this.payees = payees;
        this.cash = cash;
    }

    void begin(int recordCircuitId) {
        circuitId = recordCircuitId;
    }

    void onTransfer(Account from, Account to, long reference, long amount, int reason) throws BooksWrong {
        if (Routes.isOfALine(reason) && moved.put(reason, new Moved(from, to, reference, amount)) != null) {
            throw unsaid();
        }
    }

    void onDrawn(long id) throws BooksWrong {
        if (id != lastSettlementId + 1) {
            throw new BooksWrong("la liquidazione " + id + " è fuori posto", "settlement " + id + " is out of place");
        }
        settlements.put(id, new Settlement(circuitId));
        lastSettlementId = id;
    }

    void onLineDrawn(Event event) throws BooksWrong {
        long id = event.i64At(0);
        long settlementId = event.i64At(8);
        long merchantId = event.i64At(16);
        long programmeId = event.i64At(24);
        long amount = event.i64At(32);
        long netted = event.i64At(40);
        Settlement settlement = settlement(settlementId);
        long toPay = amount - netted;
        if (id != lastLineId + 1 || settlement.state != DRAWN || amount <= 0 || netted < 0 || toPay < 0) {
            throw new BooksWrong(
                    "la riga " + id + " non può stare nella liquidazione " + settlementId,
                    "line " + id + " cannot be in settlement " + settlementId);
        }
        requireMoved(Routes.DEBT_NETTED, id, merchantId, programmeId, netted);
        requireMoved(Routes.SETTLED, id, merchantId, programmeId, toPay);
        if (toPay > 0 && ledger.debtOf(merchantId, programmeId) > 0) {
            throw new BooksWrong(
                    "la riga " + id + " paga un esercente che deve ancora del denaro",
                    "line " + id + " pays a merchant that still owes money");
        }
        settlement.digest = settlement.digest.thenLine(id, merchantId, programmeId, amount, netted);
        if (!settlement.digest.equals(Digest.at(event, 48))) {
            throw new BooksWrong(
                    "l'impronta della riga " + id + " non è quella delle righe fin qui",
                    "the digest of line " + id + " is not that of the lines so far");
        }
        settlement.lines++;
        settlement.total = Math.addExact(settlement.total, toPay);
        if (toPay > 0) {
            settlement.underWay++;
            lines.put(id, new Line(settlementId, merchantId, programmeId, toPay));
        }
        lastLineId = id;
    }

    void onDecided(long id, long proposalId, int state) throws BooksWrong {
        Settlement settlement = settlement(id);
        boolean isRight = settlement.state == DRAWN && state == CANCELLED && proposalId == 0;
        if (settlement.state == DRAWN && state == APPROVED) {
            Proposal approved = proposals.executed(proposalId, Proposal.SETTLE);
            isRight = approved.subjectId == id
                    && approved.amount == settlement.total
                    && settlement.lines > 0
                    && approved.rowCount == settlement.lines
                    && approved.digest.equals(settlement.digest);
        }
        if (!isRight) {
            throw new BooksWrong(
                    "la liquidazione " + id + " non è quella approvata, o è già decisa",
                    "settlement " + id + " is not what was approved, or is decided already");
        }
        settlement.state = state;
        letGo(id, settlement);
    }

    void onReturned(long id) throws BooksWrong {
        Line line = line(id);
        if (line.isOrdered || line.isPaid || settlement(line.settlementId).state == DRAWN) {
            throw wrongLine(id);
        }
        requireMoved(Routes.SETTLEMENT_RETURNED, id, line.merchantId, line.programmeId, line.toPay);
        end(id, line);
    }

    void onOrdered(long id, long payee) throws BooksWrong {
        Line line = line(id);
        if (line.isOrdered || line.isPaid || settlement(line.settlementId).state != APPROVED) {
            throw wrongLine(id);
        }
        payees.requireMayBePaid(line.merchantId, payee);
        line.isOrdered = true;
    }

    void onPaid(long id, long reference) throws BooksWrong {
        Line line = line(id);
        if (!line.isOrdered) {
            throw wrongLine(id);
        }
        requireMoved(Routes.PAID_OUT, id, line.merchantId, line.programmeId, line.toPay);
        cash.requireLast(line.programmeId, line.toPay, reference);
        line.isOrdered = false;
        line.isPaid = true;
    }

    void onReopened(long id, int outcome, long reference) throws BooksWrong {
        Line line = line(id);
        boolean isBounced = outcome == BOUNCED;
        if (isBounced ? !line.isPaid : !line.isOrdered) {
            throw wrongLine(id);
        }
        if (isBounced) {
            requireMoved(Routes.PAYMENT_BOUNCED, id, line.merchantId, line.programmeId, line.toPay);
            cash.requireLast(line.programmeId, -line.toPay, reference);
        }
        line.isOrdered = false;
        line.isPaid = false;
    }

    void endRecord() throws BooksWrong {
        if (!moved.isEmpty()) {
            throw unsaid();
        }
    }

    private void requireMoved(int reason, long id, long merchantId, long programmeId, long amount) throws BooksWrong {
        Moved money = moved.remove(reason);
        boolean isThis = money == null
                ? amount == 0
                : money.lineId == id
                        && money.amount == amount
                        && (reason == Routes.PAYMENT_BOUNCED ? money.to : money.from).isOfShop(merchantId, programmeId);
        if (!isThis) {
            throw new BooksWrong(
                    "la riga " + id + " dice " + amount + ", il movimento dice altro",
                    "line " + id + " says " + amount + ", the movement says something else");
        }
    }

    private void end(long id, Line line) throws BooksWrong {
        lines.remove(id);
        Settlement settlement = settlement(line.settlementId);
        settlement.underWay--;
        letGo(line.settlementId, settlement);
    }

    private void letGo(long id, Settlement settlement) {
        if (settlement.state != DRAWN && settlement.underWay == 0) {
            settlements.remove(id);
        }
    }

    private Settlement settlement(long id) throws BooksWrong {
        @Nullable Settlement settlement = settlements.get(id);
        if (settlement == null || settlement.circuitId != circuitId) {
            throw new BooksWrong("la liquidazione " + id + " non c'è", "settlement " + id + " is not there");
        }
        return settlement;
    }

    private Line line(long id) throws BooksWrong {
        @Nullable Line line = lines.get(id);
        if (line == null) {
            throw new BooksWrong(
                    "la riga " + id + " non c'è, o è già pagata o restituita",
                    "line " + id + " is not there, or is paid or returned already");
        }
        return line;
    }

    private static BooksWrong wrongLine(long id) {
        return new BooksWrong(
                "la riga " + id + " non è nello stato che serve", "line " + id + " is not in the state that it takes");
    }

    private static BooksWrong unsaid() {
        return new BooksWrong(
                "si muove del denaro di una riga che nessun evento dice",
                "money of a line moves that no event speaks of");
    }
}

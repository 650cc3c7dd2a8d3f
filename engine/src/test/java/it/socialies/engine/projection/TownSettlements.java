// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.projection;

import it.socialies.engine.projection.LedgerModel.Hold;
import it.socialies.engine.projection.LedgerModel.Payment;
import it.socialies.engine.protocol.sbe.AccountKind;
import it.socialies.engine.protocol.sbe.CashRecordedEncoder;
import it.socialies.engine.protocol.sbe.DebtSettledEncoder;
import it.socialies.engine.protocol.sbe.DisputeDecidedEncoder;
import it.socialies.engine.protocol.sbe.DisputeOpenedEncoder;
import it.socialies.engine.protocol.sbe.LineDrawnEncoder;
import it.socialies.engine.protocol.sbe.LineOrderedEncoder;
import it.socialies.engine.protocol.sbe.LineOutcome;
import it.socialies.engine.protocol.sbe.LinePaidEncoder;
import it.socialies.engine.protocol.sbe.LineReopenedEncoder;
import it.socialies.engine.protocol.sbe.LineReturnedEncoder;
import it.socialies.engine.protocol.sbe.PayeeConfirmedEncoder;
import it.socialies.engine.protocol.sbe.PayeeSetEncoder;
import it.socialies.engine.protocol.sbe.PaymentState;
import it.socialies.engine.protocol.sbe.ProposalKind;
import it.socialies.engine.protocol.sbe.SettlementDecidedEncoder;
import it.socialies.engine.protocol.sbe.SettlementDrawnEncoder;
import it.socialies.engine.protocol.sbe.SettlementState;
import it.socialies.engine.protocol.sbe.TransferReason;
import it.socialies.engine.protocol.sbe.UnitCode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** What the town's shops are paid, give back and are accused of: records of settlements, payees and disputes, as a core would emit them. */
final class TownSettlements {
    private static final long PROGRAMME = 1;

    /** A line whose money is on its way. */
    private static final class Line {
        final long merchant;
        final long toPay;
        final boolean isApproved;
        boolean isOrdered;

        Line(final long merchant, final long toPay, final boolean isApproved) {
            this.merchant = merchant;
            this.toPay = toPay;
            this.isApproved = isApproved;
        }
    }

    private record Dispute(long paymentId, long amount, long payable, Map<Long, Long> ofHold) {}

    final PartsModel parts;
    /** State of each line that ever was, as the rows name it. */
    final TreeMap<Long, Integer> states = new TreeMap<>();

    private final TownScript town;
    private final LedgerModel model;
    private final Random random;
    private final TreeMap<Long, Line> lines = new TreeMap<>();
    private final TreeMap<Long, Line> paid = new TreeMap<>();
    private final TreeMap<Long, Dispute> disputes = new TreeMap<>();
    private final Map<Long, Long> settlingOf = new HashMap<>();
    private final Map<Long, Long> debtOf = new HashMap<>();
    private final Map<Long, Long> payeeOf = new HashMap<>();
    private long paidOut;
    private long lastSettlement;
    private long lastLine;
    private long lastDispute;
    private long lastPayee;

    TownSettlements(final TownScript town, final Random random) {
        this.town = town;
        this.model = town.model;
        this.random = random;
        parts = new PartsModel(model);
    }

    /** Something happens, if it can. */
    void happen() {
        switch (random.nextInt(9)) {
            case 0, 1 -> draw();
            case 2 -> order();
            case 3 -> tellOutcomes();
            case 4 -> giveBack();
            case 5 -> dispute();
            case 6 -> decideDispute();
            case 7 -> repay();
            default -> {
                changePayee();
                comeBack();
            }
        }
    }

    boolean isDisputed(final long paymentId) {
        return disputes.values().stream().anyMatch(dispute -> dispute.paymentId == paymentId);
    }

    /** What a refund takes from a payable that has less becomes a debt, in the same record. */
    void owe(final long payable, final long back, final long paymentId) {
        final long missing = back - model.available(payable);
        if (missing > 0) {
            final long merchant = model.accounts.get(payable).owner;
            final long debt = debtOf.computeIfAbsent(merchant, shop -> open(shop, AccountKind.RECEIVABLE));
            town.post(debt, payable, missing, paymentId, TransferReason.DEBT_INCURRED);
        }
    }

    private long open(final long merchant, final AccountKind kind) {
        return town.openAccount(merchant, PROGRAMME, kind, UnitCode.EUR);
    }

    private long debt(final long merchant) {
        final Long account = debtOf.get(merchant);
        return account == null ? 0 : -model.available(account);
    }

    /** A settlement of up to three lines, two of which may be of one shop; most are approved. */
    private void draw() {
        final long id = ++lastSettlement;
        town.begin();
        town.event(
                new SettlementDrawnEncoder(),
                e -> e.settlementId(id)
                        .periodEndMs(TownScript.FROM_MS)
                        .reference(21)
                        .operatorId(3));
        town.end();
        final boolean isApproved = random.nextInt(4) > 0;
        town.begin();
        for (int i = random.nextInt(3); i >= 0; i--) {
            drawLine(id, 1L + random.nextInt(TownScript.SHOPS), isApproved);
        }
        town.end();
        if (isApproved) {
            town.propose(ProposalKind.SETTLE);
        } else {
            town.begin();
        }
        town.event(
                new SettlementDecidedEncoder(),
                e -> e.settlementId(id)
                        .proposalId(isApproved ? town.lastProposal() : 0)
                        .state(isApproved ? SettlementState.APPROVED : SettlementState.CANCELLED));
        town.end();
    }

    private void drawLine(final long settlementId, final long merchant, final boolean isApproved) {
        final long payable = town.payable(merchant);
        long amount = model.available(payable);
        final Map<Long, Long> disputedOfHold = new HashMap<>();
        for (final Dispute dispute : disputes.values()) {
            if (dispute.payable == payable) {
                amount -= dispute.amount;
                disputedOfHold.putAll(dispute.ofHold);
            }
        }
        if (amount <= 0) {
            return;
        }
        final long taken = random.nextBoolean() ? amount : 1 + random.nextLong(amount);
        final long netted = Math.min(taken, debt(merchant));
        final long toPay = taken - netted;
        final long lineId = ++lastLine;
        if (netted > 0) {
            town.post(payable, debtOf.get(merchant), netted, lineId, TransferReason.DEBT_NETTED);
        }
        if (toPay > 0) {
            final long settling = settlingOf.computeIfAbsent(merchant, shop -> open(shop, AccountKind.SETTLING));
            town.post(payable, settling, toPay, lineId, TransferReason.SETTLED);
            lines.put(lineId, new Line(merchant, toPay, isApproved));
        }
        states.put(lineId, (toPay > 0 ? LineState.OPEN : LineState.NETTED).code());
        town.event(new LineDrawnEncoder(), e -> {
            e.lineId(lineId)
                    .settlementId(settlementId)
                    .merchantId(merchant)
                    .programmeId(PROGRAMME)
                    .amount(taken)
                    .netted(netted);
            e.digest().w0(-settlementId).w1(lineId).w2(-3).w3(4);
        });
        parts.draw(lineId, payable, toPay, debt(merchant), disputedOfHold);
    }

    private List<Long> some(final boolean isOrdered, final boolean isOnlyApproved) {
        final List<Long> some = new ArrayList<>();
        lines.forEach((id, line) -> {
            if (line.isOrdered == isOrdered && (line.isApproved || !isOnlyApproved) && random.nextBoolean()) {
                some.add(id);
            }
        });
        return some;
    }

    private void order() {
        final List<Long> ordered = some(false, true);
        if (ordered.isEmpty()) {
            return;
        }
        town.begin();
        for (final long id : ordered) {
            lines.get(id).isOrdered = true;
            states.put(id, LineState.ORDERED.code());
            town.event(
                    new LineOrderedEncoder(),
                    e -> e.lineId(id).payee(501).reference(31).operatorId(3));
        }
        town.end();
    }

    private void tellOutcomes() {
        final List<Long> told = some(true, true);
        if (told.isEmpty()) {
            return;
        }
        town.begin();
        for (final long id : told) {
            if (random.nextInt(3) > 0) {
                pay(id, lines.remove(id));
            } else {
                lines.get(id).isOrdered = false;
                states.put(id, LineState.OPEN.code());
                town.event(
                        new LineReopenedEncoder(),
                        e -> e.lineId(id).reference(41).operatorId(3).outcome(LineOutcome.REJECTED));
            }
        }
        town.end();
    }

    private void pay(final long id, final Line line) {
        if (paidOut == 0) {
            paidOut = open(0, AccountKind.PAID_OUT);
        }
        town.post(settlingOf.get(line.merchant), paidOut, line.toPay, id, TransferReason.PAID_OUT);
        cash(line.toPay);
        town.event(new LinePaidEncoder(), e -> e.lineId(id).reference(42).operatorId(3));
        states.put(id, LineState.PAID.code());
        line.isOrdered = false;
        paid.put(id, line);
    }

    private void comeBack() {
        if (paid.isEmpty() || paid.lastEntry().getValue().toPay > Math.min(model.available(paidOut), model.cashed)) {
            return;
        }
        final long id = paid.lastKey();
        final Line line = paid.remove(id);
        town.begin();
        town.post(paidOut, settlingOf.get(line.merchant), line.toPay, id, TransferReason.PAYMENT_BOUNCED);
        cash(-line.toPay);
        town.event(
                new LineReopenedEncoder(),
                e -> e.lineId(id).reference(43).operatorId(3).outcome(LineOutcome.BOUNCED));
        town.end();
        lines.put(id, line);
        states.put(id, LineState.OPEN.code());
    }

    private void cash(final long amount) {
        model.cashed += amount;
        town.event(
                new CashRecordedEncoder(),
                e -> e.programmeId(PROGRAMME)
                        .amount(amount)
                        .cashed(model.cashed)
                        .reference(42));
    }

    private void giveBack() {
        final List<Long> returned = some(false, false);
        if (returned.isEmpty()) {
            return;
        }
        town.begin();
        for (final long id : returned) {
            final Line line = lines.remove(id);
            town.post(
                    settlingOf.get(line.merchant),
                    town.payable(line.merchant),
                    line.toPay,
                    id,
                    TransferReason.SETTLEMENT_RETURNED);
            town.event(new LineReturnedEncoder(), e -> e.lineId(id));
            parts.giveUp(id);
            states.put(id, LineState.RETURNED.code());
        }
        town.end();
    }

    private void dispute() {
        final long paymentId = town.anyOpenPayment();
        final Payment payment = model.payments.get(paymentId);
        final boolean isCaptured = payment != null
                && (payment.state == PaymentState.CAPTURED.value()
                        || payment.state == PaymentState.PARTIALLY_REFUNDED.value());
        if (!isCaptured || isDisputed(paymentId)) {
            return;
        }
        final long amount = 1 + random.nextLong(payment.captured - payment.refunded);
        final long id = ++lastDispute;
        town.begin();
        town.event(
                new DisputeOpenedEncoder(),
                e -> e.disputeId(id)
                        .paymentId(paymentId)
                        .amount(amount)
                        .reference(51)
                        .operatorId(3));
        town.end();
        final Map<Long, Long> ofHold = new HashMap<>();
        long rest = amount;
        long payable = 0;
        for (final long holdId : payment.holds.reversed()) {
            final Hold hold = model.holds.get(holdId);
            final long part = Math.min(rest, hold.captured - hold.refunded);
            if (part > 0) {
                ofHold.put(holdId, part);
            }
            rest -= part;
            payable = hold.credit;
        }
        disputes.put(id, new Dispute(paymentId, amount, payable, ofHold));
    }

    /** The holder gets nothing, a part or all of it back. */
    private void decideDispute() {
        if (disputes.isEmpty()) {
            return;
        }
        final Map.Entry<Long, Dispute> decided = disputes.pollFirstEntry();
        final long refunded = random.nextLong(decided.getValue().amount + 1);
        town.propose(ProposalKind.DECIDE_DISPUTE);
        town.event(
                new DisputeDecidedEncoder(),
                e -> e.disputeId(decided.getKey())
                        .refunded(refunded)
                        .reference(52)
                        .proposalId(town.lastProposal()));
        if (refunded > 0) {
            town.refund(decided.getValue().paymentId, refunded);
        }
        town.end();
    }

    private void repay() {
        for (final Map.Entry<Long, Long> owing : debtOf.entrySet()) {
            final long merchant = owing.getKey();
            final long most = paidOut == 0 ? 0 : Math.min(debt(merchant), model.available(paidOut));
            if (most > 0) {
                final long amount = 1 + random.nextLong(most);
                town.propose(ProposalKind.SETTLE_DEBT);
                town.post(paidOut, owing.getValue(), amount, town.lastProposal(), TransferReason.DEBT_SETTLED);
                cash(-amount);
                town.event(
                        new DebtSettledEncoder(),
                        e -> e.merchantId(merchant)
                                .programmeId(PROGRAMME)
                                .amount(amount)
                                .reference(61)
                                .proposalId(town.lastProposal()));
                parts.repay(town.lastProposal(), town.payable(merchant), amount);
                town.end();
                return;
            }
        }
    }

    private void changePayee() {
        final long merchant = 1L + random.nextInt(TownScript.SHOPS);
        final boolean isFirst = payeeOf.put(merchant, ++lastPayee) == null;
        town.propose(ProposalKind.SET_PAYEE);
        town.event(new PayeeSetEncoder(), e -> {
            e.merchantId(merchant)
                    .payee(lastPayee)
                    .proposalId(town.lastProposal())
                    .held((short) (isFirst ? 0 : 1));
            e.digest().w0(-1).w1(lastPayee);
        });
        town.end();
        if (!isFirst) {
            town.begin();
            town.event(new PayeeConfirmedEncoder(), e -> e.merchantId(merchant).operatorId(3));
            town.end();
        }
    }
}

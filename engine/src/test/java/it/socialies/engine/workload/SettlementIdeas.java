// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.workload;

import it.socialies.engine.core.Command;
import it.socialies.engine.core.Commands;
import it.socialies.engine.core.Principal;
import it.socialies.engine.core.Proposal;
import it.socialies.engine.core.Town;
import it.socialies.engine.protocol.sbe.LineOutcome;
import it.socialies.engine.protocol.sbe.PaymentState;
import it.socialies.engine.protocol.sbe.ProposalKind;
import it.socialies.engine.protocol.sbe.SettlementState;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Settlements from the first line to the outcome, accounts of shops, debts and disputes. Null when what it takes is not there. */
final class SettlementIdeas {
    private static final int DESK = Town.SOCIAL | Town.ADMIN | Town.TREASURER;
    private static final List<LineOutcome> OUTCOMES =
            List.of(LineOutcome.PAID, LineOutcome.PAID, LineOutcome.REJECTED, LineOutcome.WITHDRAWN);

    private final Known known;
    private final Dice dice;
    private final OfficeIdeas offices;

    SettlementIdeas(Known known, Dice dice, OfficeIdeas offices) {
        this.known = known;
        this.dice = dice;
        this.offices = offices;
    }

    private @Nullable Step by(int circuitId, int roles, Command command) {
        Principal who = offices.official(circuitId, roles);
        return who == null ? null : new Step(who, command);
    }

    private long reference() {
        return dice.oneIn(60) ? dice.edge() : dice.between(1, 999);
    }

    /** Where something is owed, and no other is being drawn. */
    @Nullable
    Step draw() {
        Known.Due due = dice.any(known.payables);
        boolean isDrawing = due != null
                && known.settlements.stream()
                        .anyMatch(s -> s.circuitId == due.circuitId() && s.state == SettlementState.DRAWN);
        return due == null || (isDrawing && !dice.oneIn(30))
                ? null
                : by(
                        due.circuitId(),
                        Town.TREASURER,
                        Commands.drawSettlement(
                                dice.oneIn(20) ? dice.edge() : known.nowMs - dice.below(1_000_000), reference()));
    }

    private Known.@Nullable Settlement settlement(Predicate<Known.Settlement> which) {
        return dice.any(known.settlements, s -> which.test(s) || dice.oneIn(80));
    }

    @Nullable
    Step drawLines() {
        Known.Settlement settlement = settlement(s -> s.state == SettlementState.DRAWN);
        if (settlement == null) {
            return null;
        }
        List<Commands.Draw> draws = new ArrayList<>();
        for (int left = dice.oneIn(10) ? dice.below(40) : 1 + dice.below(4); left > 0; left--) {
            Known.Due due = dice.any(known.payables, d -> d.circuitId() == settlement.circuitId || dice.oneIn(60));
            if (due != null) {
                long most = dice.oneIn(40) ? dice.edge() : dice.oneIn(4) ? dice.amount() : Town.ALL;
                draws.add(new Commands.Draw(due.merchantId(), due.programmeId(), most));
            }
        }
        return by(
                settlement.circuitId,
                Town.TREASURER,
                Commands.drawLines(settlement.id, dice.oneIn(15) ? dice.below(5) : settlement.lines, draws));
    }

    @Nullable
    Step settle() {
        Known.Settlement settlement = settlement(s -> s.state == SettlementState.DRAWN && s.lines > 0);
        if (settlement == null) {
            return null;
        }
        return by(
                settlement.circuitId,
                Town.TREASURER,
                Commands.propose(Proposal.settle(
                        settlement.id,
                        dice.oneIn(30) ? dice.amount() : settlement.total,
                        settlement.lines,
                        dice.oneIn(30) ? dice.digest() : settlement.digest)));
    }

    @Nullable
    Step cancel() {
        Known.Settlement settlement = settlement(s -> s.state == SettlementState.DRAWN);
        return settlement == null
                ? null
                : by(settlement.circuitId, Town.TREASURER, Commands.cancelSettlement(settlement.id));
    }

    /** Lines of one circuit in ascending order, but for the odd one. */
    private List<Known.Line> lines(Predicate<Known.Line> which) {
        Known.Line first = dice.any(known.lines, which);
        if (first == null) {
            return List.of();
        }
        List<Known.Line> chosen = new ArrayList<>();
        for (Known.Line line : known.lines) {
            boolean fits = line.settlement.circuitId == first.settlement.circuitId && which.test(line);
            if (line == first || (fits && dice.oneIn(2)) || dice.oneIn(150)) {
                chosen.add(line);
            }
        }
        return dice.oneIn(40) ? chosen.reversed() : chosen;
    }

    private static List<Long> ids(List<Known.Line> lines) {
        return lines.stream().map(line -> line.id).toList();
    }

    @Nullable
    Step giveBack() {
        List<Known.Line> lines =
                lines(line -> line.isOpen() && (line.settlement.state == SettlementState.CANCELLED || dice.oneIn(12)));
        return lines.isEmpty()
                ? null
                : by(lines.getFirst().settlement.circuitId, Town.TREASURER, Commands.returnLines(ids(lines)));
    }

    @Nullable
    Step order() {
        List<Known.Line> lines =
                lines(line -> line.isOpen() && line.settlement.state == SettlementState.APPROVED && isPayable(line));
        return lines.isEmpty()
                ? null
                : by(
                        lines.getFirst().settlement.circuitId,
                        Town.TREASURER,
                        Commands.orderLines(reference(), ids(lines)));
    }

    private boolean isPayable(Known.Line line) {
        return dice.oneIn(20)
                || known.merchants.stream().anyMatch(m -> m.id == line.merchantId && m.payee != 0 && !m.isPayeeHeld);
    }

    @Nullable
    Step recordOutcomes() {
        List<Known.Line> lines = lines(line -> line.isOrdered || dice.oneIn(60));
        List<Commands.Outcome> outcomes = lines.stream()
                .map(line -> new Commands.Outcome(line.id, OUTCOMES.get(dice.below(OUTCOMES.size()))))
                .toList();
        return lines.isEmpty()
                ? null
                : by(
                        lines.getFirst().settlement.circuitId,
                        Town.TREASURER,
                        Commands.recordOutcomes(reference(), outcomes));
    }

    /** One that was paid, mostly. */
    @Nullable
    Step bounce() {
        Known.Line line = dice.any(known.lines, each -> each.isPaid || dice.oneIn(60));
        return line == null
                ? null
                : by(
                        line.settlement.circuitId,
                        Town.TREASURER,
                        Commands.recordOutcomes(
                                reference(), List.of(new Commands.Outcome(line.id, LineOutcome.BOUNCED))));
    }

    @Nullable
    Step setPayee() {
        Known.Merchant merchant = dice.any(known.merchants, m -> m.payee == 0 || dice.oneIn(8));
        return merchant == null
                ? null
                : by(
                        merchant.circuitId,
                        DESK,
                        Commands.propose(Proposal.setPayee(
                                merchant.id, dice.oneIn(40) ? dice.edge() : dice.between(1, 9), dice.digest())));
    }

    @Nullable
    Step confirmPayee() {
        Known.Merchant merchant = dice.any(known.merchants, m -> m.isPayeeHeld || dice.oneIn(40));
        return merchant == null
                ? null
                : by(
                        merchant.circuitId,
                        DESK,
                        Commands.confirmPayee(merchant.id, dice.oneIn(10) ? dice.between(1, 9) : merchant.payee));
    }

    @Nullable
    Step settleDebt() {
        Known.Due debt = dice.any(known.debts);
        return debt == null
                ? null
                : by(
                        debt.circuitId(),
                        Town.TREASURER,
                        Commands.propose(Proposal.settleDebt(
                                debt.merchantId(), debt.programmeId(), 1L + dice.below(20), reference())));
    }

    @Nullable
    Step openDispute() {
        Known.Payment payment = dice.any(
                known.payments,
                p -> p.state == PaymentState.CAPTURED || p.state == PaymentState.PARTIALLY_REFUNDED || dice.oneIn(40));
        if (payment == null) {
            return null;
        }
        long amount = 1L + dice.below((int) Math.max(1, Math.min(100_000, payment.captured - payment.refunded)));
        return by(
                payment.terminal.outlet.merchant().circuitId,
                DESK,
                Commands.openDispute(payment.id, dice.oneIn(40) ? dice.edge() : amount, reference()));
    }

    /** Mostly such as nobody has a proposal for. */
    @Nullable
    Step decideDispute() {
        Known.Dispute dispute = dice.any(
                known.disputes,
                d -> dice.oneIn(10)
                        || known.undecided.stream()
                                .noneMatch(p -> p.proposal.kind() == ProposalKind.DECIDE_DISPUTE
                                        && p.proposal.subjectId() == d.id()));
        if (dispute == null) {
            return null;
        }
        long refunded = dice.oneIn(3) ? 0 : 1L + dice.below((int) Math.min(100_000, dispute.amount()));
        return by(
                dispute.circuitId(),
                Town.SOCIAL | Town.ADMIN,
                Commands.propose(
                        Proposal.decideDispute(dispute.id(), dice.oneIn(40) ? dice.edge() : refunded, reference())));
    }
}

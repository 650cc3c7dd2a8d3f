// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.workload;

import it.socialies.engine.core.Command;
import it.socialies.engine.core.Commands;
import it.socialies.engine.core.Digest;
import it.socialies.engine.core.Principal;
import it.socialies.engine.core.Proposal;
import it.socialies.engine.core.Town;
import it.socialies.engine.protocol.sbe.ProgrammeStatus;
import it.socialies.engine.protocol.sbe.ProposalKind;
import it.socialies.engine.protocol.sbe.ProposalState;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What two persons decide together, and what one tries alone. Null when what it takes is not there. */
final class ProposalIdeas {
    private static final int[] ROLES = {Town.ADMIN, Town.SOCIAL, Town.TREASURER, Town.AUDITOR};
    private static final int WANTED_OF_EACH_ROLE = 2;
    private static final long PERSONS = 12;
    private static final long DAY_MS = 24L * 60 * 60 * 1000;

    private final Known known;
    private final Dice dice;
    private final OfficeIdeas offices;

    ProposalIdeas(Known known, Dice dice, OfficeIdeas offices) {
        this.known = known;
        this.dice = dice;
        this.offices = offices;
    }

    private @Nullable Step propose(@Nullable Principal who, Proposal proposal) {
        return who == null ? null : new Step(who, Commands.propose(proposal));
    }

    /** A role that a circuit has too few of: the installers and the managers see to it. */
    @Nullable
    Step appointWhoIsMissing() {
        int circuitId = offices.anyCircuit();
        for (int role : ROLES) {
            long there = known.operators.stream()
                    .filter(o -> o.circuitId == circuitId && (o.roles & role) != 0)
                    .count();
            if (circuitId != 0 && there < WANTED_OF_EACH_ROLE) {
                Principal admin = offices.official(circuitId, Town.ADMIN);
                Principal installer = offices.official(0, 1);
                Principal who =
                        admin != null && dice.oneIn(2) ? admin : installer == null ? null : installer.in(circuitId);
                return propose(who, Proposal.appoint(2 + dice.between(1, PERSONS), role));
            }
        }
        return null;
    }

    @Nullable
    Step appoint() {
        int circuitId = offices.anyCircuit();
        Principal who = offices.official(circuitId, Town.ADMIN);
        int roles = 2 * dice.below(16);
        Known.Operator operator = dice.any(known.operators, o -> o.circuitId == circuitId);
        if (operator != null && dice.oneIn(2)) {
            // Seldom less than before, or a town would soon have nobody left.
            int kept = dice.oneIn(6) ? roles : roles | operator.roles;
            return propose(who, Proposal.changeRoles(operator.id, operator.personId, kept));
        }
        return propose(who, Proposal.appoint(2 + dice.between(1, PERSONS), dice.oneIn(10) ? dice.below(64) : roles));
    }

    /** A substitute: mostly for some days from about now on. */
    @Nullable
    Step grant() {
        int circuitId = offices.anyCircuit();
        Principal admin = offices.official(circuitId, Town.ADMIN);
        Principal installer = offices.official(0, 1);
        Principal who = installer == null || (admin != null && !dice.oneIn(4)) ? admin : installer.in(circuitId);
        Known.Operator operator = dice.any(known.operators, o -> o.circuitId == circuitId);
        long fromMs = dice.oneIn(3) ? 0 : known.nowMs + dice.between(-DAY_MS, 2 * DAY_MS);
        long untilMs = dice.oneIn(4) ? 0 : known.nowMs + dice.between(DAY_MS / 2, 4 * DAY_MS);
        int roles = dice.oneIn(20) ? dice.below(64) : ROLES[dice.below(ROLES.length)];
        boolean isOdd = dice.oneIn(20);
        return propose(
                who,
                Proposal.grant(
                        operator == null || dice.oneIn(4) ? 0 : operator.id,
                        operator == null || dice.oneIn(8) ? 2 + dice.between(1, PERSONS) : operator.personId,
                        roles,
                        isOdd ? dice.edge() : fromMs,
                        isOdd ? dice.edge() : untilMs,
                        dice.oneIn(20) ? dice.edge() : dice.between(1, 99)));
    }

    @Nullable
    Step publish() {
        Known.Programme programme = dice.any(
                known.programmes,
                p -> p.status == ProgrammeStatus.DRAFT && (p.validUntilMs > known.nowMs || dice.oneIn(20)));
        return programme == null
                ? null
                : propose(
                        offices.official(programme.circuitId, Town.ADMIN | Town.SOCIAL),
                        Proposal.publish(programme.id));
    }

    private Known.@Nullable Programme openProgramme() {
        Known.Programme open = dice.recent(known.programmes, 12);
        return open != null && (isOpen(open) || dice.oneIn(20)) ? open : dice.any(known.programmes, this::isOpen);
    }

    private boolean isOpen(Known.Programme programme) {
        return programme.status == ProgrammeStatus.ACTIVE && programme.validUntilMs > known.nowMs;
    }

    @Nullable
    Step moveFund() {
        Known.Programme programme = openProgramme();
        long amount = dice.oneIn(4) ? -dice.amount() : 150 * dice.amount();
        return programme == null
                ? null
                : propose(
                        offices.official(programme.circuitId, Town.TREASURER),
                        Proposal.moveFund(programme.id, dice.oneIn(60) ? dice.edge() : amount));
    }

    @Nullable
    Step commitFund() {
        Known.Programme programme = openProgramme();
        if (programme == null) {
            return null;
        }
        long amount = switch (dice.below(8)) {
            case 0, 1 -> -dice.amount();
            case 2 -> 150 * dice.amount();
            default -> dice.between(1, Math.max(1, programme.fund));
        };
        return propose(
                offices.official(programme.circuitId, Town.TREASURER),
                Proposal.commitFund(programme.id, dice.oneIn(60) ? dice.edge() : amount, dice.below(100)));
    }

    @Nullable
    Step topUp() {
        Known.Programme programme = openProgramme();
        if (programme == null || (programme.isEmergencyFund && !dice.oneIn(10))) {
            return null;
        }
        Known.Card card = dice.any(known.cards, c -> c.circuitId == programme.circuitId);
        return card == null
                ? null
                : propose(
                        offices.official(programme.circuitId, Town.SOCIAL),
                        Proposal.topUp(card.walletId, programme.id, dice.oneIn(60) ? dice.edge() : dice.amount()));
    }

    @Nullable
    Step topUpBatch() {
        Known.Programme programme = openProgramme();
        if (programme == null || known.cards.isEmpty() || (programme.isEmergencyFund && !dice.oneIn(10))) {
            return null;
        }
        List<Proposal.Row> rows = new ArrayList<>();
        for (int left = dice.oneIn(5) ? dice.below(150) + 1 : dice.below(8) + 1; left > 0; left--) {
            Known.Card card = dice.any(known.cards, c -> c.circuitId == programme.circuitId || dice.oneIn(30));
            long walletId = card == null || dice.oneIn(30) ? dice.edge() : card.walletId;
            rows.add(new Proposal.Row(walletId, dice.amount()));
        }
        Proposal batch = Proposal.topUpBatch(programme.id, rows);
        known.rowsByDigest.put(batch.digest(), rows);
        return propose(offices.official(programme.circuitId, Town.SOCIAL), batch);
    }

    @Nullable
    Step moveReserve() {
        long amount = dice.oneIn(4) ? -dice.amount() : 20 * dice.amount();
        return propose(
                offices.official(offices.anyCircuit(), Town.TREASURER),
                Proposal.moveReserve(dice.oneIn(60) ? dice.edge() : amount, dice.below(100)));
    }

    @Nullable
    Step issueIes() {
        Known.Card card = dice.any(known.cards);
        return card == null
                ? null
                : propose(
                        offices.official(card.circuitId, Town.TREASURER),
                        Proposal.issueIes(card.walletId, dice.amount()));
    }

    @Nullable
    Step redeemIes() {
        Known.Card card = dice.any(known.cards);
        Known.Merchant merchant = dice.any(known.merchants);
        if (merchant != null && dice.oneIn(2)) {
            return propose(
                    offices.official(merchant.circuitId, Town.TREASURER),
                    Proposal.redeemMerchant(merchant.id, dice.amount()));
        }
        return card == null
                ? null
                : propose(
                        offices.official(card.circuitId, Town.TREASURER),
                        Proposal.redeemWallet(card.walletId, dice.amount()));
    }

    @Nullable
    Step resetPin() {
        Known.Card card = dice.any(known.cards);
        return card == null
                ? null
                : propose(
                        offices.official(card.circuitId, Town.SOCIAL),
                        Proposal.resetPin(card.id, dice.oneIn(20) ? Digest.ZERO : dice.digest()));
    }

    @Nullable
    Step setTariff() {
        return propose(
                offices.official(offices.anyCircuit(), Town.ADMIN),
                Proposal.tariff(
                        dice.oneIn(10) ? dice.edge() : dice.below(10), dice.oneIn(10) ? dice.edge() : dice.below(500)));
    }

    @Nullable
    Step configure() {
        boolean isOdd = dice.oneIn(5);
        return propose(
                offices.official(offices.anyCircuit(), Town.ADMIN),
                Proposal.configure(
                        isOdd ? dice.edge() : dice.oneIn(5) ? dice.below(4) : 3,
                        isOdd ? dice.edge() : dice.between(1, 50)));
    }

    // ---------------------------------------------------------------- decisions

    @Nullable
    Step cancelBatch() {
        Known.Pending batch = dice.any(known.batches, p -> p.state == ProposalState.APPROVED);
        if (batch == null || dice.oneIn(5)) {
            batch = dice.recent(known.proposals, 20);
        }
        if (batch == null) {
            return null;
        }
        Principal who = offices.official(batch.circuitId, Town.SOCIAL | Town.TREASURER | Town.ADMIN);
        return who == null ? null : new Step(who, Commands.cancelBatch(batch.id));
    }

    /** Mostly one of the last: what could not be approved at once seldom can be later. */
    private Known.@Nullable Pending undecided() {
        return dice.oneIn(8) ? dice.any(known.undecided) : dice.recent(known.undecided, 6);
    }

    private static int approversOf(ProposalKind kind) {
        return switch (kind) {
            case MOVE_FUND, COMMIT_FUND, MOVE_RESERVE, ISSUE_IES, REDEEM_IES -> Town.TREASURER;
            case SETTLE, SETTLE_DEBT -> Town.TREASURER | Town.ADMIN;
            case TOP_UP, TOP_UP_BATCH, TAKE_BACK, TAKE_BACK_BATCH, CLOSE_WALLET, SET_PAYEE, DECIDE_DISPUTE ->
                Town.SOCIAL | Town.TREASURER | Town.ADMIN;
            case PUBLISH_PROGRAMME, EXTEND_PROGRAMME, CHANGE_RULES, SET_EMERGENCY_FUND, RESET_PIN ->
                Town.SOCIAL | Town.ADMIN;
            default -> Town.ADMIN;
        };
    }

    private @Nullable Principal approver(Known.Pending pending) {
        int roles = approversOf(pending.proposal.kind());
        Known.Operator operator = dice.any(
                known.operators,
                o -> o.circuitId == pending.circuitId && (o.roles & roles) != 0 && o.personId != pending.personId);
        boolean isAppointment = pending.proposal.kind() == ProposalKind.APPOINT_OPERATOR
                || pending.proposal.kind() == ProposalKind.GRANT_ROLES;
        if (isAppointment && (operator == null || dice.oneIn(2))) {
            Known.Operator installer =
                    dice.any(known.operators, o -> o.circuitId == 0 && o.personId != pending.personId);
            return installer == null ? null : installer.principal().in(pending.circuitId);
        }
        return operator == null ? null : operator.principal();
    }

    @Nullable
    Step approve() {
        Known.Pending pending = dice.oneIn(30) ? dice.recent(known.proposals, 10) : undecided();
        if (pending == null) {
            return null;
        }
        Principal who = dice.oneIn(15) ? offices.official(pending.circuitId, ~0) : approver(pending);
        Proposal seen = switch (dice.below(200)) {
            case 0 -> pending.proposal.withAmount(dice.edge());
            case 1 -> pending.proposal.withRowCount(dice.below(5));
            case 2 -> pending.proposal.withDigest(dice.digest());
            default ->
                pending.proposal.kind() == ProposalKind.RESET_PIN
                        ? pending.proposal.withDigest(Digest.ZERO)
                        : pending.proposal;
        };
        return who == null ? null : new Step(who, Commands.approve(pending.id, seen));
    }

    @Nullable
    Step reject() {
        Known.Pending pending = known.undecided.isEmpty() ? null : known.undecided.getFirst();
        if (pending == null) {
            return null;
        }
        Principal who = dice.oneIn(5)
                ? offices.official(pending.circuitId, ~0)
                : offices.official(pending.circuitId, approversOf(pending.proposal.kind()));
        return who == null ? null : new Step(who, Commands.reject(pending.id));
    }

    @Nullable
    Step executeTopUps() {
        return executeRows(ProposalKind.TOP_UP_BATCH, Commands::executeTopUps);
    }

    @Nullable
    Step executeTakeBacks() {
        return executeRows(ProposalKind.TAKE_BACK_BATCH, Commands::executeTakeBacks);
    }

    private interface ChunkCommand {
        Command of(long batchId, int from, List<Proposal.Row> chunk, List<Proposal.Row> rest);
    }

    private Known.@Nullable Pending batch(ProposalKind kind) {
        return dice.any(
                known.batches,
                p -> (p.state == ProposalState.APPROVED && p.proposal.kind() == kind) || dice.oneIn(200));
    }

    private @Nullable Step executeRows(ProposalKind kind, ChunkCommand command) {
        Known.Pending batch = batch(kind);
        List<Proposal.Row> rows = batch == null ? null : known.rowsByDigest.get(batch.proposal.digest());
        if (batch == null || rows == null) {
            return null;
        }
        int from = Math.min(batch.rowsDone, rows.size());
        if (dice.oneIn(20)) {
            from = dice.below(rows.size());
        }
        int to = Math.min(rows.size(), from + (dice.oneIn(4) ? dice.below(70) : 1 + dice.below(20)));
        List<Proposal.Row> chunk = new ArrayList<>(rows.subList(from, to));
        if (dice.oneIn(15) && !chunk.isEmpty()) {
            chunk.set(
                    dice.below(chunk.size()),
                    new Proposal.Row(dice.between(1, 9), dice.oneIn(4) ? dice.edge() : dice.amount()));
        }
        List<Proposal.Row> rest = dice.oneIn(30) ? List.of() : rows.subList(to, rows.size());
        Principal who = offices.official(batch.circuitId, Town.SOCIAL | Town.TREASURER | Town.ADMIN);
        return who == null ? null : new Step(who, command.of(batch.id, from, chunk, rest));
    }
}

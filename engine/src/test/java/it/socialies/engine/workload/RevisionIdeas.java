// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.workload;

import it.socialies.engine.core.Commands;
import it.socialies.engine.core.Principal;
import it.socialies.engine.core.Proposal;
import it.socialies.engine.core.Town;
import it.socialies.engine.protocol.sbe.ProgrammeStatus;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is set right afterwards: programmes extended, money taken back, wallets closed. Null when what it takes is not there. */
final class RevisionIdeas {
    private static final long MINUTE_MS = 60_000;
    private static final long DAY_MS = 24 * 60 * MINUTE_MS;

    private final Known known;
    private final Dice dice;
    private final OfficeIdeas offices;

    RevisionIdeas(Known known, Dice dice, OfficeIdeas offices) {
        this.known = known;
        this.dice = dice;
        this.offices = offices;
    }

    private @Nullable Step propose(int circuitId, int roles, Proposal proposal) {
        Principal who = offices.official(circuitId, roles);
        return who == null ? null : new Step(who, Commands.propose(proposal));
    }

    private long because() {
        return dice.oneIn(40) ? dice.edge() : Proposal.because(dice.between(1, 50), dice.below(5) + 1);
    }

    boolean isSomethingToRestore() {
        return known.programmes.stream().anyMatch(RevisionIdeas::isToRestore);
    }

    private static boolean isToRestore(Known.Programme programme) {
        return (programme.isSwept || programme.isInGrace) && programme.status != ProgrammeStatus.DRAFT;
    }

    /** Mostly one whose pockets were swept; seldom one that goes on, or none would end. */
    private Known.@Nullable Programme programmeToExtend() {
        return dice.any(
                known.programmes,
                p -> isToRestore(p) || (p.validUntilMs <= known.nowMs && dice.oneIn(20)) || dice.oneIn(100));
    }

    @Nullable
    Step extend() {
        Known.Programme programme = programmeToExtend();
        if (programme == null) {
            return null;
        }
        long fromMs = Math.max(programme.validUntilMs, known.nowMs);
        long untilMs = switch (dice.below(24)) {
            case 0 -> dice.edge();
            case 1 -> known.nowMs - dice.between(0, DAY_MS);
            case 2 -> programme.validUntilMs + dice.between(-1, 1);
            case 3, 4, 5 -> fromMs + dice.between(1, MINUTE_MS);
            case 6, 7, 8, 9, 10, 11, 12, 13, 14 -> fromMs + dice.between(MINUTE_MS, 20 * MINUTE_MS);
            default -> fromMs + dice.between(MINUTE_MS, programme.isInGrace ? 900 * DAY_MS : 20 * DAY_MS);
        };
        return propose(
                programme.circuitId,
                Town.ADMIN | Town.SOCIAL,
                Proposal.extend(programme.id, untilMs, dice.between(0, 50)));
    }

    @Nullable
    Step takeBack() {
        Known.Pocket pocket = dice.oneIn(3) ? dice.recent(known.pockets, 10) : dice.any(known.pockets);
        if (pocket == null) {
            return null;
        }
        Known.Programme other = dice.oneIn(20) ? dice.any(known.programmes) : null;
        return propose(
                pocket.circuitId(),
                Town.SOCIAL,
                Proposal.takeBack(
                        pocket.walletId(),
                        other == null ? pocket.programmeId() : other.id,
                        dice.oneIn(40) ? dice.edge() : dice.amount() / (1 + dice.below(6)) + 1,
                        because()));
    }

    /** Rows of a batch that was credited, some of them with less than that; seldom ones that it never had. */
    @Nullable
    Step takeBackBatch() {
        Known.Pending batch = dice.oneIn(20) ? dice.recent(known.proposals, 10) : dice.any(known.credited);
        List<Proposal.Row> credited = batch == null ? null : known.rowsByDigest.get(batch.proposal.digest());
        if (batch == null || credited == null) {
            return null;
        }
        List<Proposal.Row> rows = new ArrayList<>();
        for (Proposal.Row row : credited.subList(0, Math.max(1, Math.min(batch.rowsDone, credited.size())))) {
            if (dice.oneIn(3)) {
                rows.add(row);
            } else if (dice.oneIn(2)) {
                rows.add(new Proposal.Row(
                        dice.oneIn(30) ? dice.between(1, 60) : row.walletId(), dice.between(1, row.amount())));
            }
        }
        Proposal reversal = Proposal.takeBackBatch(batch.id, rows.isEmpty() ? credited : rows, because());
        known.rowsByDigest.put(reversal.digest(), rows.isEmpty() ? credited : rows);
        return propose(batch.circuitId, Town.SOCIAL, reversal);
    }

    /** Mostly a wallet with something in it, and mostly for somebody who goes on. */
    @Nullable
    Step closeWallet() {
        Known.Card card = dice.any(known.cards, c -> (c.hasVouchers && !c.isClosed) || dice.oneIn(30));
        if (card == null) {
            return null;
        }
        Known.Card heir = dice.oneIn(3)
                ? null
                : dice.any(
                        known.cards,
                        c -> (c.circuitId == card.circuitId && c.walletId != card.walletId && !c.isClosed)
                                || dice.oneIn(60));
        long heirId = heir == null ? dice.oneIn(20) ? dice.edge() : 0 : heir.walletId;
        return propose(card.circuitId, Town.SOCIAL, Proposal.closeWallet(card.walletId, heirId, because()));
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.workload;

import it.socialies.engine.core.Commands;
import it.socialies.engine.core.Principal;
import it.socialies.engine.core.Proposal;
import it.socialies.engine.core.RulesDraft;
import it.socialies.engine.core.Town;
import it.socialies.engine.protocol.sbe.ProgrammeStatus;
import org.jspecify.annotations.Nullable;

/** What offices change of the rules of programmes, with limits so low that tills meet them. Null when what it takes is not there. */
final class RulesIdeas {
    private static final long MINUTE_MS = 60_000;
    private static final long DAY_MS = 24 * 60 * MINUTE_MS;

    private final Known known;
    private final Dice dice;
    private final OfficeIdeas offices;

    RulesIdeas(Known known, Dice dice, OfficeIdeas offices) {
        this.known = known;
        this.dice = dice;
        this.offices = offices;
    }

    @Nullable
    Step draft() {
        Known.Programme programme = dice.any(
                known.programmes,
                p -> (p.validUntilMs > known.nowMs && (p.status == ProgrammeStatus.DRAFT || dice.oneIn(2)))
                        || dice.oneIn(20));
        Principal who = programme == null ? null : offices.official(programme.circuitId, Town.SOCIAL | Town.ADMIN);
        if (programme == null || who == null) {
            return null;
        }
        RulesDraft draft = RulesDraft.of(programme.id, effectiveMs(programme), categories(programme))
                .caps(dice.oneIn(3) ? dice.between(-1, 20_000) : 0)
                .grace(dice.oneIn(30) ? dice.below(400) - 10 : dice.below(5));
        return new Step(who, withLimits(draft));
    }

    /** Mostly soon, since what is drafted is to be approved before; at once where nobody relies on anything yet. */
    private long effectiveMs(Known.Programme programme) {
        if (programme.status == ProgrammeStatus.DRAFT && dice.oneIn(2)) {
            return known.nowMs;
        }
        return switch (dice.below(20)) {
            case 0 -> dice.edge();
            case 1, 2 -> known.nowMs - dice.between(0, DAY_MS);
            case 3, 4 -> known.nowMs + dice.between(1, 10 * DAY_MS);
            default -> known.nowMs + dice.between(MINUTE_MS, 30 * MINUTE_MS);
        };
    }

    private long categories(Known.Programme programme) {
        return switch (dice.below(12)) {
            case 0 -> dice.number();
            case 1, 2 -> dice.between(0, 15);
            default -> programme.categories;
        };
    }

    /** A few of the limits at a time: where all are low only the lowest tells. */
    private RulesDraft withLimits(RulesDraft draft) {
        return switch (dice.below(12)) {
            case 0, 1, 2 -> draft.indivisible().payments(dice.oneIn(2) ? dice.below(300) : 0, dice.below(20) / 19);
            case 3, 4 -> draft.payments(dice.between(1, 2000), 0);
            case 5 -> draft.payments(dice.below(300), limit());
            case 6 -> draft.periods(limit(), 0, 0);
            case 7 -> draft.periods(0, limit(), 0);
            case 8 -> draft.periods(0, 0, limit());
            case 9, 10 -> draft.shopDay(limit());
            default ->
                draft.payments(dice.below(50), limit())
                        .periods(limit(), limit(), limit())
                        .shopDay(limit());
        };
    }

    private long limit() {
        return dice.oneIn(40) ? dice.edge() : dice.oneIn(6) ? 0 : dice.between(1, 3000);
    }

    /** Mostly the newest version of a programme that was not approved yet. */
    @Nullable
    Step change() {
        Known.Programme programme = dice.any(
                known.programmes,
                p -> (p.isDraftWaiting() && (p.validUntilMs > known.nowMs || p.status == ProgrammeStatus.DRAFT))
                        || dice.oneIn(60));
        Principal who = programme == null ? null : offices.official(programme.circuitId, Town.ADMIN | Town.SOCIAL);
        if (programme == null || who == null) {
            return null;
        }
        long version = dice.oneIn(10) ? dice.between(0, programme.lastVersion + 1L) : programme.lastVersion;
        return new Step(
                who,
                Commands.propose(Proposal.changeRules(
                        programme.id, dice.oneIn(60) ? dice.edge() : version, dice.between(0, 50))));
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.workload;

import it.socialies.engine.core.Commands;
import it.socialies.engine.core.Principal;
import it.socialies.engine.core.Proposal;
import it.socialies.engine.core.RulesDraft;
import it.socialies.engine.core.RulesDraft.Limit;
import it.socialies.engine.core.Town;
import it.socialies.engine.protocol.sbe.ProgrammeStatus;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Versions of the rules of programmes, so narrow that tills meet them. Null when what it takes is not there. */
final class RulesIdeas {
    private static final long MINUTE_MS = 60_000;
    private static final long DAY_MS = 24 * 60 * MINUTE_MS;
    private static final int TRADES = 4;
    private static final long ALL_TRADES = (1L << TRADES) - 1;
    private static final List<Limit> MAXIMA =
            List.of(Limit.PAYMENT_MAX, Limit.DAY_MAX, Limit.WEEK_MAX, Limit.MONTH_MAX, Limit.SHOP_DAY_MAX);

    private final Known known;
    private final Dice dice;
    private final OfficeIdeas offices;

    RulesIdeas(Known known, Dice dice, OfficeIdeas offices) {
        this.known = known;
        this.dice = dice;
        this.offices = offices;
    }

    private @Nullable Principal official(Known.Programme programme) {
        return offices.official(programme.circuitId, Town.ADMIN | Town.SOCIAL);
    }

    /** Mostly one that goes on, also before it is published: its first payments then meet the rules. */
    private Known.@Nullable Programme programme() {
        return dice.any(
                known.programmes,
                p -> (p.validUntilMs > known.nowMs && (p.status != ProgrammeStatus.DRAFT || dice.oneIn(2)))
                        || dice.oneIn(10));
    }

    @Nullable
    Step draft() {
        Known.Programme programme = programme();
        Principal who = programme == null ? null : official(programme);
        if (programme == null || who == null) {
            return null;
        }
        RulesDraft draft = RulesDraft.of(programme.id, effectiveMs(), dice.oneIn(6) ? dice.number() : ALL_TRADES)
                .grace(dice.oneIn(40) ? dice.below(400) - 10 : dice.below(9));
        if (dice.oneIn(2)) {
            draft = draft.capped(cap(), cap(), cap(), cap(), cap());
        }
        boolean isWhole = dice.oneIn(5);
        if (isWhole) {
            draft = draft.whole();
        }
        long leastMax = 200;
        if (dice.oneIn(2)) {
            long least = dice.oneIn(40) ? dice.edge() : dice.between(1, 2_000);
            draft = draft.with(Limit.PAYMENT_MIN, least);
            leastMax = dice.oneIn(20) ? leastMax : Math.max(leastMax, least);
        }
        for (Limit limit : MAXIMA) {
            boolean isPossible = !isWhole || dice.oneIn(30);
            if (isPossible && dice.oneIn(4)) {
                draft = draft.with(limit, dice.oneIn(40) ? dice.edge() : leastMax + dice.amount());
            }
        }
        return new Step(who, draft);
    }

    /** Soon, later, or hardly to be approved in time. */
    private long effectiveMs() {
        return switch (dice.below(12)) {
            case 0 -> dice.edge();
            case 1 -> known.nowMs - dice.between(0, MINUTE_MS);
            case 2, 3 -> known.nowMs + dice.between(MINUTE_MS, 5 * DAY_MS);
            // Days on which several versions begin at once.
            case 4 -> (known.nowMs / DAY_MS + 1) * DAY_MS;
            default -> known.nowMs + dice.between(MINUTE_MS / 2, 5 * MINUTE_MS);
        };
    }

    private long cap() {
        return dice.oneIn(3) ? 0 : dice.between(100, 40_000);
    }

    /** Mostly a draft that was not approved; seldom one that was, or that nobody drafted. */
    @Nullable
    Step change() {
        Known.Programme programme =
                dice.any(known.programmes, p -> p.drafts > Math.max(1, p.approved) || dice.oneIn(30));
        Principal who = programme == null ? null : official(programme);
        if (programme == null || who == null) {
            return null;
        }
        long version = switch (dice.below(30)) {
            case 0 -> dice.edge();
            case 1, 2 -> dice.between(0, programme.drafts + 1);
            case 3, 4 -> programme.approved;
            default -> programme.drafts - dice.below(2);
        };
        return new Step(who, Commands.propose(Proposal.changeRules(programme.id, version, dice.below(100))));
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.workload;

import it.socialies.engine.core.Commands;
import it.socialies.engine.core.Principal;
import it.socialies.engine.core.Proposal;
import it.socialies.engine.core.Town;
import it.socialies.engine.protocol.sbe.ProgrammeStatus;
import it.socialies.engine.protocol.sbe.ReviewVerdict;
import org.jspecify.annotations.Nullable;

/** Emergency funds, what single operators give out of them, and who reviews it, now and then too late. Null when what it takes is not there. */
final class EmergencyIdeas {
    private static final int WANTED_FUNDS = 2;
    private static final int HOUSEHOLDS = 6;

    private final Known known;
    private final Dice dice;
    private final OfficeIdeas offices;

    EmergencyIdeas(Known known, Dice dice, OfficeIdeas offices) {
        this.known = known;
        this.dice = dice;
        this.offices = offices;
    }

    /** Mostly a programme that gave nothing yet, while there are few funds; then other terms. */
    @Nullable
    Step setFund() {
        boolean isWanted = known.programmes.stream()
                        .filter(p -> p.isEmergencyFund && p.validUntilMs > known.nowMs)
                        .count()
                < WANTED_FUNDS;
        Known.Programme programme = dice.any(
                known.programmes,
                p -> isWanted ? (!hasPockets(p) && p.validUntilMs > known.nowMs) || dice.oneIn(40) : p.isEmergencyFund);
        Principal who = programme == null ? null : offices.official(programme.circuitId, Town.ADMIN | Town.SOCIAL);
        if (programme == null || who == null || (!isWanted && !dice.oneIn(6))) {
            return null;
        }
        return new Step(
                who,
                Commands.propose(Proposal.emergencyFund(
                        programme.id,
                        dice.oneIn(20) ? dice.edge() : dice.between(500, 20_000),
                        dice.oneIn(20) ? dice.edge() : dice.between(1, 3),
                        dice.oneIn(30) ? dice.edge() : dice.between(1, 99))));
    }

    private boolean hasPockets(Known.Programme programme) {
        return known.pockets.stream().anyMatch(pocket -> pocket.programmeId() == programme.id);
    }

    @Nullable
    Step award() {
        Known.Programme fund = dice.any(
                known.programmes,
                p -> p.isEmergencyFund
                        && ((p.status == ProgrammeStatus.ACTIVE && p.validUntilMs > known.nowMs) || dice.oneIn(10)));
        if (fund == null || dice.oneIn(30)) {
            fund = dice.any(known.programmes);
        }
        if (fund == null) {
            return null;
        }
        int circuitId = fund.circuitId;
        Known.Card card = dice.any(known.cards, c -> c.circuitId == circuitId && (c.isAssigned || dice.oneIn(20)));
        Principal who = offices.official(circuitId, Town.SOCIAL);
        if (card == null || who == null) {
            return null;
        }
        return new Step(
                who,
                Commands.awardEmergency(
                        card.walletId,
                        fund.id,
                        dice.oneIn(40) ? dice.edge() : 1 + card.walletId % HOUSEHOLDS,
                        dice.oneIn(60) ? dice.edge() : dice.amount(),
                        dice.oneIn(60) ? dice.edge() : dice.between(1, 999)));
    }

    /** Mostly what waits, by somebody else. */
    @Nullable
    Step review() {
        Known.Award award = dice.any(known.awards, a -> !a.isReviewed || dice.oneIn(60));
        if (award == null) {
            return null;
        }
        int roles = Town.SOCIAL | Town.ADMIN | Town.TREASURER;
        Known.Operator operator = dice.any(
                known.operators,
                o -> o.circuitId == award.circuitId
                        && (o.roles & roles) != 0
                        && (o.id != award.operatorId || dice.oneIn(6)));
        ReviewVerdict verdict = dice.oneIn(4) ? ReviewVerdict.OBJECTED : ReviewVerdict.CONFIRMED;
        return operator == null
                ? null
                : new Step(
                        operator.principal(),
                        Commands.reviewEmergency(dice.oneIn(40) ? dice.edge() : award.id, verdict));
    }
}

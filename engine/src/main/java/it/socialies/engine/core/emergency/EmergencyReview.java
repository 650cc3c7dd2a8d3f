// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.emergency;

import it.socialies.engine.core.circuit.Access;
import it.socialies.engine.core.circuit.Operators;
import it.socialies.engine.core.circuit.Roles;
import it.socialies.engine.core.kernel.CommandContext;
import it.socialies.engine.core.kernel.Decider;
import it.socialies.engine.core.kernel.EventWriter;
import it.socialies.engine.core.programmes.Programmes;
import it.socialies.engine.protocol.sbe.EmergencyReviewedEncoder;
import it.socialies.engine.protocol.sbe.ResultCode;
import it.socialies.engine.protocol.sbe.ReviewEmergencyDecoder;

/** Decides ReviewEmergency: another natural person than who awarded, however many logins that one owns, says what it thinks of the award. */
public final class EmergencyReview implements Decider {
    private final ReviewEmergencyDecoder reviewEmergency = new ReviewEmergencyDecoder();
    private final EmergencyReviewedEncoder emergencyReviewed = new EmergencyReviewedEncoder();
    private final EventWriter events;
    private final EmergencyAwards awards;
    private final Programmes programmes;
    private final Operators operators;
    private final Access access;

    /** Decides on these tables. */
    public EmergencyReview(
            final EventWriter events,
            final EmergencyAwards awards,
            final Programmes programmes,
            final Operators operators,
            final Access access) {
        this.events = events;
        this.awards = awards;
        this.programmes = programmes;
        this.operators = operators;
        this.access = access;
    }

    @Override
    public ResultCode decide(final CommandContext command) {
        final ResultCode may = access.operator(command, Roles.SOCIAL | Roles.ADMIN | Roles.TREASURER);
        if (may != ResultCode.OK) {
            return may;
        }
        final long id = command.read(reviewEmergency).awardId();
        if (!awards.exists(id) || !programmes.exists(awards.programmeId(id), command.circuitId())) {
            return ResultCode.NOT_FOUND;
        }
        if (awards.isReviewed(id)) {
            return ResultCode.REVIEW_STATE_CONFLICT;
        }
        if (operators.personId(awards.operatorId(id)) == operators.personId(command.principalId())) {
            return ResultCode.SAME_PERSON;
        }
        if (!command.isDryRun()) {
            events.start(emergencyReviewed)
                    .awardId(id)
                    .operatorId(command.principalId())
                    .verdict(reviewEmergency.verdict());
            events.end();
        }
        return ResultCode.OK;
    }
}

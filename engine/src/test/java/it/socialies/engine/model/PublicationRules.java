// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.model;

import it.socialies.engine.protocol.sbe.ProgrammeStatus;
import it.socialies.engine.protocol.sbe.ResultCode;
import java.util.List;

/** PUBLISH_PROGRAMME: a draft comes into force. */
final class PublicationRules implements ProposalRules.Kind {
    private final ProgrammeRules programmes;

    PublicationRules(ProgrammeRules programmes) {
        this.programmes = programmes;
    }

    @Override
    public int proposers() {
        return Access.ADMIN | Access.SOCIAL;
    }

    @Override
    public int approvers() {
        return Access.ADMIN | Access.SOCIAL;
    }

    @Override
    public void checkTerms(Message terms) {}

    @Override
    public void check(ProposalRules.Terms terms) {
        World.Programme programme = programmes.require(terms.number("subjectId"), terms.circuitId());
        Refused.unless(programme.status == ProgrammeStatus.DRAFT, ResultCode.PROGRAMME_STATE_CONFLICT);
        Refused.when(programme.hasEnded(terms.stampMs()), ResultCode.PROGRAMME_EXPIRED);
    }

    @Override
    public void execute(ProposalRules.Terms terms, List<Message> events) {
        World.Programme programme = programmes.require(terms.number("subjectId"), terms.circuitId());
        programme.status = ProgrammeStatus.ACTIVE;
        events.add(ProgrammeRules.statusChanged(programme));
    }
}

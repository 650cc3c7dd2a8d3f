// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.model;

import it.socialies.engine.protocol.sbe.ResultCode;
import java.math.BigInteger;
import java.util.List;

/** COMMIT_FUND, and what was cashed: what acts bind of the money of a programme. */
final class CommitmentRules implements ProposalRules.Kind {
    private final Access access;
    private final ProgrammeRules programmes;

    CommitmentRules(Access access, ProgrammeRules programmes) {
        this.access = access;
        this.programmes = programmes;
    }

    @Override
    public int proposers() {
        return Access.TREASURER;
    }

    @Override
    public int approvers() {
        return Access.TREASURER;
    }

    @Override
    public void checkTerms(Message terms) {
        Amounts.requireMovement(terms.amount("amount"));
    }

    @Override
    public void check(ProposalRules.Terms terms) {
        World.Programme programme = programmes.require(terms.number("subjectId"), terms.circuitId());
        ProgrammeRules.requireSettled(programme);
        BigInteger amount = terms.message().amount("amount");
        BigInteger after = programme.committed.add(amount);
        if (amount.signum() > 0) {
            Refused.when(Amounts.isMore(after, programme.assigned()), ResultCode.FUND_INSUFFICIENT);
        } else {
            Refused.when(Amounts.isMore(programme.awarded(), after), ResultCode.COMMITMENT_EXCEEDED);
        }
    }

    @Override
    public void execute(ProposalRules.Terms terms, List<Message> events) {
        World.Programme programme = programmes.require(terms.number("subjectId"), terms.circuitId());
        BigInteger amount = terms.message().amount("amount");
        programme.committed = programme.committed.add(amount);
        events.add(new Message("FundCommitted")
                .with("programmeId", programme.id)
                .with("amount", amount)
                .with("committed", programme.committed)
                .with("reference", terms.number("extra"))
                .with("proposalId", terms.proposalId()));
    }

    /** {@code RecordCash}. */
    Effect recordCash(Call call) {
        access.require(call, Access.TREASURER);
        BigInteger amount = call.command().amount("amount");
        Amounts.requireMovement(amount);
        World.Programme programme = programmes.require(call.number("programmeId"), call.circuitId());
        BigInteger after = programme.cashed.add(amount);
        Refused.when(after.signum() < 0 || Amounts.isMore(after, Amounts.MAX), ResultCode.LIMIT_EXCEEDED);
        return events -> {
            programme.cashed = after;
            events.add(new Message("CashRecorded")
                    .with("programmeId", programme.id)
                    .with("amount", amount)
                    .with("cashed", after)
                    .with("reference", call.number("reference")));
        };
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.model;

import it.socialies.engine.protocol.sbe.ResultCode;
import it.socialies.engine.protocol.sbe.TransferReason;
import java.math.BigInteger;
import java.util.List;

/** MOVE_FUND: money of the funder into a programme, or back. */
final class FundRules implements ProposalRules.Kind {
    private final World world;
    private final ProgrammeRules programmes;

    FundRules(World world, ProgrammeRules programmes) {
        this.world = world;
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
        BigInteger after = programme.fund.available().add(terms.message().amount("amount"));
        Refused.when(after.signum() < 0, ResultCode.FUND_INSUFFICIENT);
        BigInteger amount = terms.message().amount("amount");
        Refused.when(
                amount.signum() < 0
                        && Amounts.isMore(
                                programme.committed, programme.assigned().add(amount)),
                ResultCode.FUND_COMMITTED);
        Refused.when(Amounts.isMore(after, Amounts.MAX), ResultCode.LIMIT_EXCEEDED);
    }

    @Override
    public void execute(ProposalRules.Terms terms, List<Message> events) {
        World.Programme programme = programmes.require(terms.number("subjectId"), terms.circuitId());
        BigInteger amount = terms.message().amount("amount");
        boolean isIn = amount.signum() > 0;
        events.add(world.books.post(
                isIn ? programme.funding : programme.fund,
                isIn ? programme.fund : programme.funding,
                amount.abs(),
                TransferReason.FUND_MOVED,
                terms.proposalId()));
        events.add(new Message("FundMoved")
                .with("programmeId", programme.id)
                .with("amount", amount)
                .with("available", programme.fund.available()));
        ReserveRules.closeSetUp(world, terms.circuitId(), events);
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.model;

import java.math.BigInteger;
import java.util.List;

/** TOP_UP: money for one wallet. */
final class SingleTopUpRules implements ProposalRules.Kind {
    private final ProgrammeRules programmes;
    private final TransferRules transfers;
    private final TopUpRules topUps;

    SingleTopUpRules(ProgrammeRules programmes, TransferRules transfers, TopUpRules topUps) {
        this.programmes = programmes;
        this.transfers = transfers;
        this.topUps = topUps;
    }

    @Override
    public int proposers() {
        return Access.SOCIAL;
    }

    @Override
    public int approvers() {
        return Access.SOCIAL | Access.TREASURER | Access.ADMIN;
    }

    @Override
    public void checkTerms(Message terms) {
        Amounts.requirePositive(terms.amount("amount"));
    }

    private World.Wallet wallet(ProposalRules.Terms terms) {
        return transfers.requireWallet(terms.number("subjectId"), terms.circuitId());
    }

    private World.Programme programme(ProposalRules.Terms terms) {
        return programmes.require(terms.number("targetId"), terms.circuitId());
    }

    @Override
    public void check(ProposalRules.Terms terms) {
        topUps.requireTables(1);
        World.Wallet wallet = wallet(terms);
        World.Programme programme = programme(terms);
        TopUpRules.requireOpen(programme, terms.stampMs());
        TopUpRules.requireRoom(wallet, programme, terms.message().amount("amount"), terms.stampMs());
    }

    @Override
    public void checkApproval(ProposalRules.Terms terms) {
        World.Programme programme = programme(terms);
        BigInteger amount = terms.message().amount("amount");
        TopUpRules.requireCommitment(programme, amount);
    }

    @Override
    public void execute(ProposalRules.Terms terms, List<Message> events) {
        topUps.credit(wallet(terms), programme(terms), terms.message().amount("amount"), terms.proposalId(), events);
    }
}

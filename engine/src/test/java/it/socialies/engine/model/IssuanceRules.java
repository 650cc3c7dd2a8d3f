// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.model;

import it.socialies.engine.protocol.sbe.ResultCode;
import it.socialies.engine.protocol.sbe.TransferReason;
import java.math.BigInteger;
import java.util.List;

/** ISSUE_IES: no IES without its euro. */
final class IssuanceRules implements ProposalRules.Kind {
    private final World world;
    private final TransferRules transfers;

    IssuanceRules(World world, TransferRules transfers) {
        this.world = world;
        this.transfers = transfers;
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
        Amounts.requirePositive(terms.amount("amount"));
    }

    @Override
    public void check(ProposalRules.Terms terms) {
        World.Wallet wallet = transfers.requireWallet(terms.number("subjectId"), terms.circuitId());
        transfers.requireTableFor(wallet);
        TransferRules.requireOpen(wallet);
    }

    @Override
    public void checkApproval(ProposalRules.Terms terms) {
        World.Circuit circuit = world.circuits.get(terms.circuitId());
        BigInteger after = circuit.outstanding().add(terms.message().amount("amount"));
        Refused.when(Amounts.isMore(after, circuit.reserve.available()), ResultCode.RESERVE_INSUFFICIENT);
    }

    @Override
    public void execute(ProposalRules.Terms terms, List<Message> events) {
        World.Circuit circuit = world.circuits.get(terms.circuitId());
        World.Wallet wallet = transfers.requireWallet(terms.number("subjectId"), terms.circuitId());
        BigInteger amount = terms.message().amount("amount");
        Account ies = transfers.iesOf(wallet, events);
        events.add(world.books.post(circuit.issuance, ies, amount, TransferReason.IES_ISSUED, terms.proposalId()));
        events.add(new Message("IesIssued")
                .with("walletId", wallet.id)
                .with("amount", amount)
                .with("outstanding", circuit.outstanding()));
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.model;

import it.socialies.engine.protocol.sbe.ResultCode;
import it.socialies.engine.protocol.sbe.TransferReason;
import java.math.BigInteger;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** REDEEM_IES: IES of a merchant, or where enabled of a person, become euro again. */
final class RedemptionRules implements ProposalRules.Kind {
    private static final int BY_PERSONS_FLAG = 2;
    private static final long IES = 0;

    private final World world;
    private final TransferRules transfers;
    private final MerchantRules merchants;

    RedemptionRules(World world, TransferRules transfers, MerchantRules merchants) {
        this.world = world;
        this.transfers = transfers;
        this.merchants = merchants;
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
        long walletId = terms.number("subjectId");
        Refused.when(walletId != 0 && terms.number("targetId") != 0, ResultCode.NOT_FOUND);
        Account account = accountOf(terms);
        if (walletId != 0) {
            World.Circuit circuit = world.circuits.get(terms.circuitId());
            Refused.when((circuit.flags & BY_PERSONS_FLAG) == 0, ResultCode.REDEMPTION_DISABLED);
        }
        Refused.when(
                account == null
                        || Amounts.isMore(
                                terms.message().amount("amount").add(DisputeRules.disputedOf(world, account)),
                                account.available()),
                ResultCode.INSUFFICIENT_FUNDS);
    }

    private @Nullable Account accountOf(ProposalRules.Terms terms) {
        long walletId = terms.number("subjectId");
        return walletId != 0
                ? transfers.requireWallet(walletId, terms.circuitId()).ies
                : merchants
                        .require(terms.number("targetId"), terms.circuitId())
                        .payables
                        .get(IES);
    }

    @Override
    public void execute(ProposalRules.Terms terms, List<Message> events) {
        World.Circuit circuit = world.circuits.get(terms.circuitId());
        BigInteger amount = terms.message().amount("amount");
        Account account = accountOf(terms);
        if (account == null) {
            throw new IllegalStateException("checked before");
        }
        events.add(
                world.books.post(account, circuit.issuance, amount, TransferReason.IES_REDEEMED, terms.proposalId()));
        events.add(world.books.post(
                circuit.reserve, circuit.reserveBank, amount, TransferReason.RESERVE_RELEASED, terms.proposalId()));
        events.add(new Message("IesRedeemed")
                .with("walletId", terms.number("subjectId"))
                .with("amount", amount)
                .with("outstanding", circuit.outstanding()));
    }
}

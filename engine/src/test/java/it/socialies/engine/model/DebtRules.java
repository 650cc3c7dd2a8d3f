// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.model;

import it.socialies.engine.protocol.sbe.ResultCode;
import it.socialies.engine.protocol.sbe.TransferReason;
import java.math.BigInteger;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** SETTLE_DEBT: a shop paid back what it owed. */
final class DebtRules implements ProposalRules.Kind {
    private final World world;
    private final ProgrammeRules programmes;
    private final MerchantRules merchants;

    DebtRules(World world, ProgrammeRules programmes, MerchantRules merchants) {
        this.world = world;
        this.programmes = programmes;
        this.merchants = merchants;
    }

    @Override
    public int proposers() {
        return Access.TREASURER;
    }

    @Override
    public int approvers() {
        return Access.TREASURER | Access.ADMIN;
    }

    @Override
    public void checkTerms(Message terms) {
        Amounts.requirePositive(terms.amount("amount"));
        Refused.unless(terms.number("extra") > 0, ResultCode.INVALID_FIELD);
    }

    @Override
    public void check(ProposalRules.Terms terms) {
        World.Merchant merchant = merchants.require(terms.number("subjectId"), terms.circuitId());
        World.Programme programme = programmes.require(terms.number("targetId"), terms.circuitId());
        BigInteger most = available(merchant.debts.get(programme.id))
                .min(available(programme.paidOut))
                .min(programme.cashed);
        Refused.when(Amounts.isMore(terms.message().amount("amount"), most), ResultCode.AMOUNT_EXCEEDS_DEBT);
    }

    private static BigInteger available(@Nullable Account account) {
        return account == null ? BigInteger.ZERO : account.available();
    }

    @Override
    public void execute(ProposalRules.Terms terms, List<Message> events) {
        World.Merchant merchant = merchants.require(terms.number("subjectId"), terms.circuitId());
        World.Programme programme = programmes.require(terms.number("targetId"), terms.circuitId());
        BigInteger amount = terms.message().amount("amount");
        Account debt = merchant.debts.get(programme.id);
        Account paidOut = programme.paidOut;
        if (debt == null || paidOut == null) {
            throw new IllegalStateException("checked before");
        }
        events.add(world.books.post(paidOut, debt, amount, TransferReason.DEBT_SETTLED, terms.proposalId()));
        programme.cashed = programme.cashed.subtract(amount);
        events.add(new Message("CashRecorded")
                .with("programmeId", programme.id)
                .with("amount", amount.negate())
                .with("cashed", programme.cashed)
                .with("reference", terms.number("extra")));
        events.add(new Message("DebtSettled")
                .with("merchantId", merchant.id)
                .with("programmeId", programme.id)
                .with("amount", amount)
                .with("reference", terms.number("extra"))
                .with("proposalId", terms.proposalId()));
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.model;

import it.socialies.engine.protocol.sbe.ResultCode;
import java.util.List;

/** SET_PAYEE and {@code ConfirmPayee}: where a shop is paid to. */
final class PayeeRules implements ProposalRules.Kind {
    private static final int ANY = Access.SOCIAL | Access.ADMIN | Access.TREASURER;

    private final Access access;
    private final MerchantRules merchants;

    PayeeRules(Access access, MerchantRules merchants) {
        this.access = access;
        this.merchants = merchants;
    }

    Effect confirm(Call call) {
        World.Operator operator = access.require(call, ANY);
        World.Merchant merchant = merchants.require(call.number("merchantId"), call.circuitId());
        Refused.unless(merchant.isPayeeHeld && merchant.payee == call.number("payee"), ResultCode.PAYEE_STATE_CONFLICT);
        return events -> {
            merchant.isPayeeHeld = false;
            events.add(new Message("PayeeConfirmed")
                    .with("merchantId", merchant.id)
                    .with("operatorId", operator.id));
        };
    }

    @Override
    public int proposers() {
        return ANY;
    }

    @Override
    public int approvers() {
        return ANY;
    }

    @Override
    public void checkTerms(Message terms) {
        Refused.unless(terms.number("targetId") > 0, ResultCode.INVALID_FIELD);
    }

    private World.Merchant merchant(ProposalRules.Terms terms) {
        return merchants.require(terms.number("subjectId"), terms.circuitId());
    }

    @Override
    public void check(ProposalRules.Terms terms) {
        Refused.when(merchant(terms).payee == terms.number("targetId"), ResultCode.PAYEE_STATE_CONFLICT);
    }

    @Override
    public void execute(ProposalRules.Terms terms, List<Message> events) {
        World.Merchant merchant = merchant(terms);
        merchant.isPayeeHeld = merchant.payee != 0;
        merchant.payee = terms.number("targetId");
        events.add(new Message("PayeeSet")
                .with("merchantId", merchant.id)
                .with("payee", merchant.payee)
                .with("proposalId", terms.proposalId())
                .with("held", merchant.isPayeeHeld)
                .put("digest", terms.message().digest("digest")));
    }
}

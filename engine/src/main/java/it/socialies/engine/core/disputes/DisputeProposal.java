// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.disputes;

import it.socialies.engine.core.approvals.ProposalEffect;
import it.socialies.engine.core.approvals.ProposalTerms;
import it.socialies.engine.core.circuit.Roles;
import it.socialies.engine.core.kernel.Amounts;
import it.socialies.engine.core.kernel.EventWriter;
import it.socialies.engine.core.payments.Refunds;
import it.socialies.engine.protocol.sbe.DisputeDecidedEncoder;
import it.socialies.engine.protocol.sbe.ResultCode;

/** DECIDE_DISPUTE: subject is a dispute, amount what the holder gets back, extra the reference of the decision. */
public final class DisputeProposal implements ProposalEffect {
    private final DisputeDecidedEncoder disputeDecided = new DisputeDecidedEncoder();
    private final EventWriter events;
    private final Disputes disputes;
    private final Refunds refunds;

    /** Decides through {@code events}; money goes back by {@code refunds}. */
    public DisputeProposal(final EventWriter events, final Disputes disputes, final Refunds refunds) {
        this.events = events;
        this.disputes = disputes;
        this.refunds = refunds;
    }

    @Override
    public int proposerRoles() {
        return Roles.SOCIAL | Roles.ADMIN;
    }

    @Override
    public int approverRoles() {
        return Roles.SOCIAL | Roles.ADMIN | Roles.TREASURER;
    }

    @Override
    public ResultCode check(final ProposalTerms terms) {
        final long id = terms.subjectId();
        if (terms.amount() < 0 || terms.amount() > Amounts.MAX) {
            return ResultCode.INVALID_AMOUNT;
        }
        if (terms.extra() <= 0) {
            return ResultCode.INVALID_FIELD;
        }
        if (!disputes.exists(id, terms.circuitId())) {
            return ResultCode.NOT_FOUND;
        }
        return terms.amount() > disputes.amount(id)
                ? ResultCode.AMOUNT_EXCEEDS_REFUNDABLE
                : refunds.checkCover(disputes.paymentId(id), terms.amount());
    }

    @Override
    public void execute(final ProposalTerms terms) {
        final long paymentId = disputes.paymentId(terms.subjectId());
        events.start(disputeDecided)
                .disputeId(terms.subjectId())
                .refunded(terms.amount())
                .reference(terms.extra())
                .proposalId(terms.proposalId());
        events.end();
        if (terms.amount() > 0) {
            refunds.refund(paymentId, terms.amount(), terms.circuitId(), terms.timestampMs());
        }
    }
}

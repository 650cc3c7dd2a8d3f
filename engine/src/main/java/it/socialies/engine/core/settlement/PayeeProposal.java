// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.settlement;

import it.socialies.engine.core.approvals.ProposalEffect;
import it.socialies.engine.core.approvals.ProposalTerms;
import it.socialies.engine.core.circuit.Roles;
import it.socialies.engine.core.kernel.EventWriter;
import it.socialies.engine.core.merchants.Merchants;
import it.socialies.engine.protocol.sbe.PayeeSetEncoder;
import it.socialies.engine.protocol.sbe.ResultCode;

/** SET_PAYEE: subject is a merchant, target the reference of a bank account, the digest a keyed one of it. An account that takes the place of another is held. */
public final class PayeeProposal implements ProposalEffect {
    private static final int MAY = Roles.SOCIAL | Roles.ADMIN | Roles.TREASURER;

    private final PayeeSetEncoder payeeSet = new PayeeSetEncoder();
    private final EventWriter events;
    private final Merchants merchants;
    private final Payees payees;

    /** Sets payees through {@code events}. */
    public PayeeProposal(final EventWriter events, final Merchants merchants, final Payees payees) {
        this.events = events;
        this.merchants = merchants;
        this.payees = payees;
    }

    @Override
    public int proposerRoles() {
        return MAY;
    }

    @Override
    public int approverRoles() {
        return MAY;
    }

    @Override
    public ResultCode check(final ProposalTerms terms) {
        if (terms.targetId() <= 0) {
            return ResultCode.INVALID_FIELD;
        }
        if (!merchants.exists(terms.subjectId(), terms.circuitId())) {
            return ResultCode.NOT_FOUND;
        }
        return payees.payee(terms.subjectId()) == terms.targetId() ? ResultCode.PAYEE_STATE_CONFLICT : ResultCode.OK;
    }

    @Override
    public void execute(final ProposalTerms terms) {
        final boolean isHeld = payees.payee(terms.subjectId()) != 0;
        terms.digest()
                .to(events.start(payeeSet)
                        .merchantId(terms.subjectId())
                        .payee(terms.targetId())
                        .proposalId(terms.proposalId())
                        .held((short) (isHeld ? 1 : 0))
                        .digest());
        events.end();
    }
}

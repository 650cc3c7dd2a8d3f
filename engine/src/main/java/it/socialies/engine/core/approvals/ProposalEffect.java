// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.approvals;

import it.socialies.engine.protocol.sbe.ProposalState;
import it.socialies.engine.protocol.sbe.ResultCode;

/** One kind of proposal: who may propose and approve it, what is checked, what its approval does. */
public interface ProposalEffect {

    /** Roles that may propose. */
    int proposerRoles();

    /** Roles that may approve or reject. */
    int approverRoles();

    /** True when bootstrap operators may act while the set-up of the circuit is open. */
    default boolean isOpenToSetup() {
        return false;
    }

    /** True when the digest is made of a secret: nobody is shown it, and who approves names zeros. */
    default boolean hasSecretDigest() {
        return false;
    }

    /** Checks when the proposal is made, and again when it is approved. */
    ResultCode check(ProposalTerms terms);

    /** Further checks at the approval: whether the money is there. */
    default ResultCode checkApproval(final ProposalTerms terms) {
        return ResultCode.OK;
    }

    /** Writes the events of the approval; everything has been checked. */
    void execute(ProposalTerms terms);

    /** State of the proposal once approved. */
    default ProposalState stateOnceApproved() {
        return ProposalState.EXECUTED;
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.console.proposals;

import it.socialies.console.ledger.Coded;

/** How far a proposal is; approved is a batch whose rows are still being executed. */
public enum ProposalState implements Coded {
    PROPOSED(1),
    APPROVED(2),
    EXECUTED(3),
    REJECTED(4),
    CANCELLED(5);

    private final int code;

    ProposalState(int code) {
        this.code = code;
    }

    @Override
    public int code() {
        return code;
    }
}

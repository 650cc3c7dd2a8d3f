// SPDX-License-Identifier: EUPL-1.2
package it.socialies.console.proposals;

import it.socialies.console.ledger.Coded;

/** Why a row of an approved batch was not executed. */
public enum Refusal implements Coded {
    NOT_FOUND(3),
    LIMIT_REACHED(7),
    HOUSEHOLD_CAP_EXCEEDED(141),
    POCKETS_EXHAUSTED(143);

    private final int code;

    Refusal(int code) {
        this.code = code;
    }

    @Override
    public int code() {
        return code;
    }
}

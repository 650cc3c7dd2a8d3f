// SPDX-License-Identifier: EUPL-1.2
package it.socialies.console.programmes;

import it.socialies.console.ledger.Coded;

/** Life of a programme. */
public enum ProgrammeStatus implements Coded {
    DRAFT(1),
    ACTIVE(2),
    SUSPENDED(3);

    private final int code;

    ProgrammeStatus(int code) {
        this.code = code;
    }

    @Override
    public int code() {
        return code;
    }
}

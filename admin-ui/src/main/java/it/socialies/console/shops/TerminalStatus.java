// SPDX-License-Identifier: EUPL-1.2
package it.socialies.console.shops;

import it.socialies.console.ledger.Coded;

/** Life of a terminal. */
public enum TerminalStatus implements Coded {
    REGISTERED(1),
    ENROLLED(2),
    REVOKED(3);

    private final int code;

    TerminalStatus(int code) {
        this.code = code;
    }

    @Override
    public int code() {
        return code;
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.console.ledger;

/** Who may send commands. */
public enum PrincipalKind implements Coded {
    SYSTEM(0),
    OPERATOR(1),
    TERMINAL(2),
    HOLDER(3),
    SERVICE(4);

    private final int code;

    PrincipalKind(int code) {
        this.code = code;
    }

    @Override
    public int code() {
        return code;
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.console.ledger;

/** Life of a part of a payment. */
public enum HoldState implements Coded {
    HELD(1),
    CAPTURED(2),
    RELEASED(3);

    private final int code;

    HoldState(int code) {
        this.code = code;
    }

    @Override
    public int code() {
        return code;
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.console.ledger;

/** What an event did to two accounts. Money that was only set aside, or set free again, is pending; all else is posted. */
public enum MovementKind implements Coded {
    TRANSFERRED(131),
    HELD(132),
    PAID(133),
    CAPTURED(134),
    RELEASED(135),
    REFUNDED(136);

    private final int code;

    MovementKind(int code) {
        this.code = code;
    }

    @Override
    public int code() {
        return code;
    }
}

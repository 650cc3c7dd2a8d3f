// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.projection;

/** Where a line of a settlement stands, as <code>settlement_line.state</code> has it. The journal says it by events. */
enum LineState {
    /** Drawn, or reopened by an outcome. */
    OPEN(1),
    /** Ordered to be paid. */
    ORDERED(2),
    PAID(3),
    /** Gone back to what the shop is owed. */
    RETURNED(4),
    /** Drawn, and all of it paid a debt of the shop. */
    NETTED(5);

    private final int code;

    LineState(final int code) {
        this.code = code;
    }

    int code() {
        return code;
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.console.cards;

import it.socialies.console.ledger.Coded;

/** Life of a card. */
public enum CardStatus implements Coded {
    ISSUED(1),
    ACTIVE(2),
    BLOCKED(3),
    REPLACED(4),
    CLOSED(5);

    private final int code;

    CardStatus(int code) {
        this.code = code;
    }

    @Override
    public int code() {
        return code;
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.console.payments;

import it.socialies.console.ledger.Coded;

/** Life of a payment. */
public enum PaymentState implements Coded {
    AUTHORIZED(1),
    CAPTURED(2),
    VOIDED(3),
    EXPIRED(4),
    REJECTED(5),
    REFUNDED(6),
    PARTIALLY_REFUNDED(7);

    private final int code;

    PaymentState(int code) {
        this.code = code;
    }

    @Override
    public int code() {
        return code;
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.console.payments;

import it.socialies.console.ledger.Coded;

/** Why a payment was rejected: the words that the gateway tells the till. */
public enum Outcome implements Coded {
    OK(0),
    MERCHANT_SUSPENDED(100),
    CARD_UNKNOWN(101),
    CARD_NOT_ACTIVE(102),
    CARD_BLOCKED(103),
    CARD_REPLACED(104),
    PIN_NOT_SET(105),
    PIN_LOCKED(106),
    PIN_WRONG(107),
    CATEGORY_NOT_ALLOWED(110),
    EXPIRED(111),
    INSUFFICIENT_FUNDS(112),
    LIMIT_EXCEEDED(113),
    NOT_YET_VALID(114),
    BELOW_MINIMUM(187),
    NOT_DIVISIBLE(188),
    CARD_CLOSED(191),
    CARD_EXPIRED(192),
    CARD_OTHER_SHOP(193),
    CARD_LIMIT_EXCEEDED(194),
    PIN_NEEDED(195);

    private final int code;

    Outcome(int code) {
        this.code = code;
    }

    @Override
    public int code() {
        return code;
    }
}

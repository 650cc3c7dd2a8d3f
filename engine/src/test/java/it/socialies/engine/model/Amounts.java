// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.model;

import it.socialies.engine.protocol.sbe.ResultCode;
import java.math.BigInteger;

/** Which amounts may move. */
final class Amounts {
    /** 10^14 minor units. */
    static final BigInteger MAX = BigInteger.TEN.pow(14);

    private Amounts() {}

    static void requirePositive(BigInteger amount) {
        Refused.unless(amount.signum() > 0 && amount.compareTo(MAX) <= 0, ResultCode.INVALID_AMOUNT);
    }

    static void requireMovement(BigInteger amount) {
        requirePositive(amount.abs());
    }

    static boolean isMore(BigInteger amount, BigInteger than) {
        return amount.compareTo(than) > 0;
    }
}

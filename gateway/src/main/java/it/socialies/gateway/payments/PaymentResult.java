// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.payments;

import it.socialies.engine.protocol.sbe.PaymentState;
import it.socialies.engine.protocol.sbe.ResultCode;

/**
 * What the core answered to a payment. Immutable. Amounts are cents.
 *
 * @param hit the key was known; this is its answer again
 * @param paymentId 0 when nothing was journaled
 * @param triesLeft meaningful with {@code PIN_WRONG}
 * @param lines what was drawn, in order
 * @param lineAccounts the account each line was drawn from
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record PaymentResult(
        ResultCode code,
        boolean hit,
        long sequence,
        long timestampMs,
        long paymentId,
        PaymentState state,
        long cardId,
        long walletId,
        long merchantId,
        long outletId,
        long terminalId,
        long billTotal,
        long eligibleAmount,
        long drawn,
        long deadlineMs,
        int triesLeft,
        long[] lines,
        long[] lineAccounts) {

    boolean isOk() {
        return code == ResultCode.OK;
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.ledger;

import it.socialies.engine.protocol.sbe.AccountKind;

/** Hears what the owners of accounts must know: that one was opened for them, that money came back to one. */
public interface LedgerListener {

    /** An account was opened. */
    void onAccountOpened(long accountId, AccountKind kind, long ownerId, long programmeId, int circuitId);

    /** Money was set aside or taken for a payment, under a version of rules (0: none). */
    default void onDrawn(
            final long debitAccountId,
            final long creditAccountId,
            final long amount,
            final int rulesVersion,
            final int epochDay) {}

    /** What was drawn on a day under a version of rules (0: none) was given back, in whole or in part. */
    default void onGivenBack(
            final long debitAccountId,
            final long creditAccountId,
            final long amount,
            final int rulesVersion,
            final int drawnOn) {}

    /** Money came back to an account it had left or had been set aside in; an ended pocket must then be swept again. */
    void onMoneyBack(long accountId);
}

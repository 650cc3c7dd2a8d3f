// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.ledger;

import it.socialies.engine.protocol.sbe.AccountKind;

/** Hears what the owners of accounts must know: that one was opened for them, that money came back to one. */
public interface LedgerListener {

    /** An account was opened. */
    void onAccountOpened(long accountId, AccountKind kind, long ownerId, long programmeId, int circuitId);

    /** Money came back to an account it had left or had been set aside in; an ended pocket must then be swept again. */
    void onMoneyBack(long accountId);
}

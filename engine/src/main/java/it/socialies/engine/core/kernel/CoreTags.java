// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.kernel;

import it.socialies.engine.protocol.EntityHash;

/** Hash tags of entities outside the ledger hash. Frozen: snapshots hold the sums. */
public final class CoreTags {
    public static final long CIRCUIT = EntityHash.FIRST_CORE_ONLY_TAG + 10;
    public static final long OPERATOR = CIRCUIT + 1;
    public static final long PROPOSAL = CIRCUIT + 2;
    public static final long PIN = CIRCUIT + 3;
    public static final long ENROLMENT = CIRCUIT + 4;
    public static final long POCKET = CIRCUIT + 5;
    public static final long PAYMENT = CIRCUIT + 6;
    public static final long INSTALLATION = CIRCUIT + 7;
    public static final long APPOINTMENT = CIRCUIT + 17;
    public static final long RETIREMENT = CIRCUIT + 18;
    public static final long RESTORATION = CIRCUIT + 8;
    public static final long REVERSAL = CIRCUIT + 9;

    /** What a card with a limit has spent on a day. */
    public static final long CARD_SPENT = CIRCUIT + 20;

    /** Delegates and errands of a wallet. */
    public static final long WALLET_CARDS = CIRCUIT + 21;

    private CoreTags() {}
}

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

    /** A version of a programme's rules. */
    public static final long RULES = CIRCUIT + 30;

    /** What was drawn from a pocket in a day, a week, a month. */
    public static final long SPENDING = CIRCUIT + 31;

    /** What was drawn from a pocket at a shop on a day. */
    public static final long SHOP_DAY = CIRCUIT + 32;

    /** The rules and the day of a hold. */
    public static final long DRAW = CIRCUIT + 33;

    /** The terms of an emergency fund. */
    public static final long EMERGENCY_FUND = CIRCUIT + 40;

    /** An emergency award that is present. */
    public static final long EMERGENCY_AWARD = CIRCUIT + 41;

    /** The id last given to an emergency award. */
    public static final long EMERGENCY_AWARDS = CIRCUIT + 42;

    /** A settlement that is present. */
    public static final long SETTLEMENT = CIRCUIT + 50;

    /** The id last given to a settlement. */
    public static final long SETTLEMENTS = CIRCUIT + 51;

    /** A line of a settlement that is present. */
    public static final long SETTLEMENT_LINE = CIRCUIT + 52;

    /** The id last given to a line of a settlement. */
    public static final long SETTLEMENT_LINES = CIRCUIT + 53;

    /** Where a merchant is paid to. */
    public static final long PAYEE = CIRCUIT + 54;

    /** A dispute that is present. */
    public static final long DISPUTE = CIRCUIT + 55;

    /** The id last given to a dispute. */
    public static final long DISPUTES = CIRCUIT + 56;

    private CoreTags() {}
}

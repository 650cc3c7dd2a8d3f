// SPDX-License-Identifier: EUPL-1.2
package it.socialies.verifier.money;

/** What a second person was asked to approve, in minor units, and how much of it was moved. One thread. */
final class Proposal {
    private static final int TOP_UP_BATCH = 5;
    private static final int TAKE_BACK = 13;
    static final int TAKE_BACK_BATCH = 14;
    private static final int CLOSE_WALLET = 15;
    static final int SET_EMERGENCY_FUND = 18;

    final long amount;
    final int kind;
    long moved;
    long released;

    Proposal(long amount, int kind) {
        this.amount = amount;
        this.kind = kind;
    }

    /** Whether what moved in its name is what was approved: all of it, or, of what is moved in parts or as far as there is, no more. */
    boolean isKept() {
        long approved = Math.abs(amount);
        boolean isKept = switch (kind) {
            case TOP_UP_BATCH, TAKE_BACK, TAKE_BACK_BATCH -> moved <= approved;
            case CLOSE_WALLET -> true;
            default -> moved == approved;
        };
        return isKept && (released == 0 || released == approved);
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.verifier.money;

/** What a second person was asked to approve, in minor units, and how much of it was moved. One thread. */
final class Proposal {
    private static final int TOP_UP_BATCH = 5;
    private static final int TAKE_BACK = 13;
    static final int TAKE_BACK_BATCH = 14;
    private static final int CLOSE_WALLET = 15;
    static final int SET_EMERGENCY_FUND = 18;
    static final int SETTLE = 20;
    static final int SET_PAYEE = 21;
    static final int DECIDE_DISPUTE = 22;
    static final int SETTLE_DEBT = 23;

    final long subjectId;
    final long targetId;
    final long amount;
    final long extra;
    final int rowCount;
    final int kind;
    final Digest digest;
    long moved;
    long released;

    /** As the event says that was made. */
    Proposal(Event made) {
        subjectId = made.i64At(8);
        targetId = made.i64At(16);
        amount = made.i64At(24);
        extra = made.i64At(32);
        rowCount = made.i32At(56);
        kind = made.u8At(60);
        digest = Digest.at(made, 61);
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

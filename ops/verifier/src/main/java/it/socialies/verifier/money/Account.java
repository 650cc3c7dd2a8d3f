// SPDX-License-Identifier: EUPL-1.2
package it.socialies.verifier.money;

/** The four counters of one account, in minor units. One thread. */
final class Account {
    final long id;
    final long ownerId;
    final long programmeId;
    final int circuitId;
    final int unit;
    final AccountKind kind;
    long debitsPending;
    long debitsPosted;
    long creditsPending;
    long creditsPosted;

    Account(long id, long ownerId, long programmeId, int circuitId, int unit, AccountKind kind) {
        this.id = id;
        this.ownerId = ownerId;
        this.programmeId = programmeId;
        this.circuitId = circuitId;
        this.unit = unit;
        this.kind = kind;
    }

    /** What may still leave; for a contra account, what may still come back. */
    long available() {
        return kind.isContra()
                ? debitsPosted - creditsPosted - creditsPending
                : creditsPosted - debitsPosted - debitsPending;
    }

    boolean isBelowZero() {
        return available() < 0 || debitsPending < 0 || creditsPending < 0;
    }

    boolean isOfShop(long merchantId, long programme) {
        return ownerId == merchantId && programmeId == programme;
    }

    boolean isSameBook(Account other) {
        return circuitId == other.circuitId && unit == other.unit;
    }
}

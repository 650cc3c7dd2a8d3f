// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.model;

import it.socialies.engine.protocol.sbe.AccountKind;
import it.socialies.engine.protocol.sbe.UnitCode;
import java.math.BigInteger;

/** An account with its four counters, in minor units. */
final class Account {
    final long id;
    final long ownerId;
    final long programmeId;
    final int circuitId;
    final AccountKind kind;
    final UnitCode unit;
    BigInteger debitsPending = BigInteger.ZERO;
    BigInteger debitsPosted = BigInteger.ZERO;
    BigInteger creditsPending = BigInteger.ZERO;
    BigInteger creditsPosted = BigInteger.ZERO;

    Account(long id, long ownerId, long programmeId, int circuitId, AccountKind kind, UnitCode unit) {
        this.id = id;
        this.ownerId = ownerId;
        this.programmeId = programmeId;
        this.circuitId = circuitId;
        this.kind = kind;
        this.unit = unit;
    }

    boolean isContra() {
        return switch (kind) {
            case FUNDING, RESERVE_BANK, ISSUANCE, RECEIVABLE -> true;
            default -> false;
        };
    }

    /** What may still leave; of a contra account, what may still come back. */
    BigInteger available() {
        return isContra()
                ? debitsPosted.subtract(creditsPosted).subtract(creditsPending)
                : creditsPosted.subtract(debitsPosted).subtract(debitsPending);
    }

    boolean isUsed() {
        return debitsPending.signum() != 0
                || debitsPosted.signum() != 0
                || creditsPending.signum() != 0
                || creditsPosted.signum() != 0;
    }

    Message opened() {
        return new Message("AccountOpened")
                .with("accountId", id)
                .with("ownerId", ownerId)
                .with("programmeId", programmeId)
                .with("circuitId", circuitId)
                .with("kind", kind)
                .with("unit", unit);
    }

    @Override
    public String toString() {
        return kind + " " + id + " of " + ownerId + ", programme " + programmeId + ", circuit " + circuitId + " " + unit
                + ": debits " + debitsPending + " pending, " + debitsPosted + " posted, credits " + creditsPending
                + " pending, " + creditsPosted + " posted";
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.console.ledger;

/** Why money was transferred. */
public enum TransferReason implements Coded {
    NONE(0),
    FUND_MOVED(1),
    TOPPED_UP(2),
    EXPIRED(3),
    RESERVE_MOVED(4),
    IES_ISSUED(5),
    IES_REDEEMED(6),
    TRANSFERRED(7),
    FEE(8),
    RESERVE_RELEASED(9),
    RESTORED(10),
    TAKEN_BACK(11),
    INHERITED(12),
    EMERGENCY_AWARDED(13),
    SETTLED(14),
    DEBT_NETTED(15),
    SETTLEMENT_RETURNED(16),
    PAID_OUT(17),
    DEBT_INCURRED(18),
    DEBT_SETTLED(19),
    PAYMENT_BOUNCED(20);

    private final int code;

    TransferReason(int code) {
        this.code = code;
    }

    @Override
    public int code() {
        return code;
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.verifier.money;

import static it.socialies.verifier.money.AccountKind.FEES;
import static it.socialies.verifier.money.AccountKind.FUND;
import static it.socialies.verifier.money.AccountKind.FUNDING;
import static it.socialies.verifier.money.AccountKind.IES_WALLET;
import static it.socialies.verifier.money.AccountKind.ISSUANCE;
import static it.socialies.verifier.money.AccountKind.PAYABLE;
import static it.socialies.verifier.money.AccountKind.POCKET;
import static it.socialies.verifier.money.AccountKind.RECEIVABLE;
import static it.socialies.verifier.money.AccountKind.RESERVE;
import static it.socialies.verifier.money.AccountKind.RESERVE_BANK;
import static it.socialies.verifier.money.AccountKind.SETTLING;

/** The ways that money may take without a hold, by the reason of the transfer. Stateless. */
final class Routes {
    static final int FUND_MOVED = 1;
    static final int TOPPED_UP = 2;
    static final int EXPIRED = 3;
    static final int RESERVE_MOVED = 4;
    static final int IES_ISSUED = 5;
    static final int IES_REDEEMED = 6;
    static final int TRANSFERRED = 7;
    static final int FEE = 8;
    static final int RESERVE_RELEASED = 9;
    static final int RESTORED = 10;
    static final int TAKEN_BACK = 11;
    static final int INHERITED = 12;
    static final int EMERGENCY_AWARDED = 13;
    static final int SETTLED = 14;
    static final int DEBT_NETTED = 15;
    static final int SETTLEMENT_RETURNED = 16;
    static final int PAID_OUT = 17;
    static final int DEBT_INCURRED = 18;
    static final int DEBT_SETTLED = 19;
    static final int PAYMENT_BOUNCED = 20;

    private Routes() {}

    static boolean isAllowed(int reason, AccountKind from, AccountKind to) {
        return switch (reason) {
            case FUND_MOVED -> (from == FUNDING && to == FUND) || (from == FUND && to == FUNDING);
            case TOPPED_UP, RESTORED, EMERGENCY_AWARDED -> from == FUND && to == POCKET;
            case EXPIRED, TAKEN_BACK -> from == POCKET && to == FUND;
            case INHERITED -> (from == POCKET || from == IES_WALLET) && to == from;
            case RESERVE_MOVED -> (from == RESERVE_BANK && to == RESERVE) || (from == RESERVE && to == RESERVE_BANK);
            case IES_ISSUED -> from == ISSUANCE && to == IES_WALLET;
            case IES_REDEEMED -> (from == IES_WALLET || from == PAYABLE) && to == ISSUANCE;
            case TRANSFERRED -> from == IES_WALLET && to == IES_WALLET;
            case FEE -> from == IES_WALLET && to == FEES;
            case RESERVE_RELEASED -> from == RESERVE && to == RESERVE_BANK;
            case SETTLED -> from == PAYABLE && to == SETTLING;
            case DEBT_NETTED -> from == PAYABLE && to == RECEIVABLE;
            case SETTLEMENT_RETURNED -> from == SETTLING && to == PAYABLE;
            case PAID_OUT -> from == SETTLING && to == AccountKind.PAID_OUT;
            case DEBT_INCURRED -> from == RECEIVABLE && to == PAYABLE;
            case DEBT_SETTLED -> from == AccountKind.PAID_OUT && to == RECEIVABLE;
            case PAYMENT_BOUNCED -> from == AccountKind.PAID_OUT && to == SETTLING;
            default -> false;
        };
    }

    /** The transfers that a second person approved, with the amount that was approved. */
    static boolean isApprovedOne(int reason) {
        return reason == FUND_MOVED
                || reason == TOPPED_UP
                || reason == RESERVE_MOVED
                || reason == IES_ISSUED
                || reason == IES_REDEEMED
                || reason == TAKEN_BACK
                || reason == INHERITED
                || reason == RESERVE_RELEASED
                || reason == DEBT_SETTLED;
    }

    /** The transfers of a line of a settlement, which is their reference. */
    static boolean isOfALine(int reason) {
        return reason == SETTLED
                || reason == DEBT_NETTED
                || reason == SETTLEMENT_RETURNED
                || reason == PAID_OUT
                || reason == PAYMENT_BOUNCED;
    }

    /** The transfers that take money out of what a shop is owed, and leave what is disputed of it. */
    static boolean takesFromPayable(int reason) {
        return reason == SETTLED || reason == DEBT_NETTED || reason == IES_REDEEMED;
    }

    /** The transfers between accounts of one merchant. */
    static boolean staysWithAShop(int reason) {
        return reason == SETTLED || reason == DEBT_NETTED || reason == SETTLEMENT_RETURNED || reason == DEBT_INCURRED;
    }
}

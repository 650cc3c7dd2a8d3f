// SPDX-License-Identifier: EUPL-1.2
package it.socialies.console.ledger;

/** What an account is for. */
public enum AccountKind implements Coded {
    FUNDING(1),
    FUND(2),
    POCKET(3),
    PAYABLE(4),
    RESERVE_BANK(5),
    RESERVE(6),
    ISSUANCE(7),
    IES_WALLET(8),
    FEES(9),
    SETTLING(10),
    PAID_OUT(11),
    RECEIVABLE(12);

    private final int code;

    AccountKind(int code) {
        this.code = code;
    }

    @Override
    public int code() {
        return code;
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.verifier.money;

import org.jspecify.annotations.Nullable;

/** What an account is for. Contra accounts have a debit balance, all others a credit balance; neither may turn. */
enum AccountKind {
    FUNDING(1, true),
    FUND(2, false),
    POCKET(3, false),
    PAYABLE(4, false),
    RESERVE_BANK(5, true),
    RESERVE(6, false),
    ISSUANCE(7, true),
    IES_WALLET(8, false),
    FEES(9, false),
    SETTLING(10, false),
    PAID_OUT(11, false),
    RECEIVABLE(12, true);

    private final int code;
    private final boolean contra;

    AccountKind(int code, boolean contra) {
        this.code = code;
        this.contra = contra;
    }

    boolean isContra() {
        return contra;
    }

    static @Nullable AccountKind of(int code) {
        for (AccountKind kind : values()) {
            if (kind.code == code) {
                return kind;
            }
        }
        return null;
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.console.shops;

import it.socialies.console.ledger.Coded;

/** Whether a shop is paid with vouchers. */
public enum ShopStatus implements Coded {
    ACTIVE(1),
    SUSPENDED(2),
    CLOSED(3);

    private final int code;

    ShopStatus(int code) {
        this.code = code;
    }

    @Override
    public int code() {
        return code;
    }
}

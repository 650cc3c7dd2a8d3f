// SPDX-License-Identifier: EUPL-1.2
package it.socialies.console.ledger;

/** Unit of an amount; all have two decimals. */
public enum MoneyUnit implements Coded {
    EUR(1),
    IES(2),
    HOURS(3);

    private final int code;

    MoneyUnit(int code) {
        this.code = code;
    }

    @Override
    public int code() {
        return code;
    }
}

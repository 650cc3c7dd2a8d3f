// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.settlement.orders;

import java.util.Locale;

/** What is looked at before a shop is paid. */
enum CheckKind {
    /** Debts to the State, for what a public body pays above 5,000 € (art. 48-bis DPR 602/1973). */
    ART_48_BIS,
    /** Regular contributions (DURC, DM 30 January 2015). */
    DURC,
    /** A creditor of the shop has seized what it is owed (art. 543 c.p.c.). */
    SEIZURE;

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static CheckKind of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}

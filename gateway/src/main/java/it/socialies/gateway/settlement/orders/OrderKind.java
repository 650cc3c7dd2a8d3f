// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.settlement.orders;

import java.util.Locale;

/** How shops are paid. */
enum OrderKind {
    /** By a municipality: its accounting software makes a mandate of each line, on the commitment of its programme. */
    MANDATE,
    /** By a private issuer: its bank makes a credit transfer to each shop. */
    SEPA;

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}

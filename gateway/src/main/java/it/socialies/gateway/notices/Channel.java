// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.notices;

import java.util.Locale;

/** How a notice reaches somebody. */
enum Channel {
    WEBHOOK,
    EMAIL,
    APP_IO,
    SMS,
    LETTER;

    /** As the API says it. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}

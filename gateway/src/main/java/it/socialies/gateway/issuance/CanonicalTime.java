// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.issuance;

import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** A time with its seconds always written: the JDK's own text leaves them out when they are zero. */
final class CanonicalTime {
    private static final DateTimeFormatter FORMAT = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss", Locale.ROOT);

    private CanonicalTime() {}

    static String text(LocalDateTime time) {
        return time.format(FORMAT);
    }
}

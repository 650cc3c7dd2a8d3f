// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.security;

import java.util.Date;
import org.jspecify.annotations.Nullable;

/** Milliseconds to and from the dates that the JOSE library speaks. */
@SuppressWarnings("JavaUtilDate") // the library's type
final class JwtTime {

    private JwtTime() {}

    static Date of(long epochMs) {
        return new Date(epochMs);
    }

    /** The epoch for null, so that a missing date is long ago. */
    static long ms(@Nullable Date date) {
        return date == null ? 0 : date.getTime();
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.figures;

import java.util.Locale;

/** Minor units as people read them. */
public final class Cents {
    private static final int HUNDRED = 100;

    private Cents() {}

    public static String format(long cents) {
        return String.format(
                Locale.ROOT, "%s%,d.%02d", cents < 0 ? "-" : "", Math.abs(cents) / HUNDRED, Math.abs(cents) % HUNDRED);
    }
}

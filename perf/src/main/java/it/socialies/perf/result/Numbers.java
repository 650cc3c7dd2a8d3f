// SPDX-License-Identifier: EUPL-1.2
package it.socialies.perf.result;

import java.util.Locale;

/** Numbers as people read them: thousands apart, and no more digits than mean anything. */
public final class Numbers {
    private Numbers() {}

    /** At least three significant digits; whole from a hundred on. */
    public static String of(double value) {
        double size = Math.abs(value);
        if (size >= 100 || size == 0) {
            return String.format(Locale.ROOT, "%,.0f", value);
        }
        if (size >= 10) {
            return String.format(Locale.ROOT, "%.1f", value);
        }
        return String.format(Locale.ROOT, size >= 0.1 ? "%.2f" : "%.4f", value);
    }

    /** Bytes as GiB. */
    public static String gib(long bytes) {
        return of(bytes / (double) (1L << 30)) + " GiB";
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.api;

/** Where the next page of a list begins: a position in base 36, which clients take as it is and give back. Stateless. */
public final class Cursor {
    private static final int RADIX = 36;

    private Cursor() {}

    /** Writes a position, 0 or more. */
    public static String format(long position) {
        return Long.toString(position, RADIX);
    }

    /**
     * Reads what {@link #format} wrote, and nothing else: one position has one spelling.
     *
     * @throws ProblemException naming the field {@code cursor}
     */
    public static long parse(String text) {
        try {
            long position = Long.parseLong(text, RADIX);
            if (position >= 0 && format(position).equals(text)) {
                return position;
            }
        } catch (NumberFormatException e) {
            // Not one of ours either.
        }
        throw ProblemException.field("cursor", "invalid", null);
    }
}

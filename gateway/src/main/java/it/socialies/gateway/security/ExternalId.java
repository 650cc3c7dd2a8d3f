// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.security;

/** Identifiers as the outside sees them: a prefix that names the kind and the core's number in base 36, as in {@code crd_2s}. */
public final class ExternalId {
    public static final String CIRCUIT = "cir";
    public static final String OPERATOR = "opr";
    public static final String TERMINAL = "trm";
    public static final String CARD = "crd";
    public static final String WALLET = "wal";

    /** What {@link #parse} returns for a text that is not such an identifier. */
    public static final long INVALID = -1;

    private static final int RADIX = 36;
    private static final int MAX_DIGITS = 13;

    private ExternalId() {}

    /** Writes {@code number} (0 or more) under {@code prefix}. */
    public static String of(String prefix, long number) {
        return prefix + '_' + Long.toString(number, RADIX);
    }

    /**
     * Reads the number behind {@code prefix}. One number has one spelling: upper case, signs and leading zeros are refused.
     *
     * @return the number, or {@link #INVALID}
     */
    public static long parse(String prefix, String text) {
        int start = prefix.length() + 1;
        int digits = text.length() - start;
        if (digits < 1 || digits > MAX_DIGITS || !text.startsWith(prefix) || text.charAt(start - 1) != '_') {
            return INVALID;
        }
        if (digits > 1 && text.charAt(start) == '0') {
            return INVALID;
        }
        long number = 0;
        for (int i = start; i < text.length(); i++) {
            char c = text.charAt(i);
            int digit = c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'z' ? c - 'a' + 10 : -1;
            if (digit < 0 || number > (Long.MAX_VALUE - digit) / RADIX) {
                return INVALID;
            }
            number = number * RADIX + digit;
        }
        return number;
    }
}

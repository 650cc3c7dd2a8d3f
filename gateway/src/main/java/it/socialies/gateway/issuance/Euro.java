// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.issuance;

/** Cents as Italians write euros. Stateless. */
public final class Euro {
    private Euro() {}

    /** 123450 → "1.234,50". */
    public static String text(long cents) {
        String digits = Long.toString(Math.absExact(cents / 100));
        StringBuilder text = new StringBuilder();
        if (cents < 0) {
            text.append('-');
        }
        for (int i = 0; i < digits.length(); i++) {
            if (i > 0 && (digits.length() - i) % 3 == 0) {
                text.append('.');
            }
            text.append(digits.charAt(i));
        }
        long rest = Math.abs(cents % 100);
        return text.append(',').append(rest / 10).append(rest % 10).toString();
    }
}

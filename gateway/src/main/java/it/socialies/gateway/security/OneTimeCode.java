// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.security;

import java.security.SecureRandom;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A code that a person types once: 80 random bits as {@code K7QM-2XRD-9F0H-T3WA}. Only its SHA-256 is kept, which is enough for a value
 * that nobody can guess (OWASP ASVS 5.0, 6.5.2). Read generously: lower case, hyphens and blanks do not matter, O is 0, I and L are 1.
 */
public final class OneTimeCode {
    /** Random bytes in a code. */
    public static final int LENGTH = 10;

    private static final int GROUP = 4;

    private OneTimeCode() {}

    /** A fresh code, to be shown once. */
    public static String create(SecureRandom random) {
        byte[] bytes = new byte[LENGTH];
        random.nextBytes(bytes);
        return of(bytes);
    }

    /** The code of {@link #LENGTH} bytes that nobody can guess. */
    public static String of(byte[] bytes) {
        StringBuilder code = new StringBuilder(Crockford.encode(bytes));
        for (int i = code.length() - GROUP; i > 0; i -= GROUP) {
            code.insert(i, '-');
        }
        return code.toString();
    }

    /** What is kept of a code; null when the text cannot be one. */
    public static @Nullable Digest256 digest(String typed) {
        String canonical = typed.toUpperCase(Locale.ROOT)
                .replace("-", "")
                .replace(" ", "")
                .replace('O', '0')
                .replace('I', '1')
                .replace('L', '1');
        byte[] bytes = Crockford.decode(canonical, LENGTH);
        return bytes == null ? null : Digest256.sha256(bytes);
    }
}

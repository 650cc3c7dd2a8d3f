// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.security;

import com.nulabinc.zxcvbn.Zxcvbn;
import java.util.List;

/**
 * Which passwords an operator may choose: 12 to 200 characters of any kind, no rules of composition, and not one that a guesser tries
 * early (OWASP ASVS 5.0, 6.2.1–6.2.12; NIST SP 800-63B 5.1.1.2). Guessing is estimated with zxcvbn, whose lists hold the commonest
 * passwords, names and words. The lists take some megabytes and a check some milliseconds: call it on a worker.
 */
public final class PasswordPolicy {
    private static final int LENGTH_MIN = 12;
    private static final int LENGTH_MAX = 200;

    /** More than 10^8 guesses: out of reach online, costly offline behind Argon2id. */
    private static final int SCORE_MIN = 3;

    /** zxcvbn's effort grows with the square of the length, and so much decides already. */
    private static final int ESTIMATED_LENGTH_MAX = 64;

    private final Zxcvbn zxcvbn = new Zxcvbn();

    /**
     * Checks a password that somebody chose.
     *
     * @param username must not be what makes it strong
     * @throws Refusal {@code PASSWORD_TOO_SHORT}, {@code PASSWORD_TOO_LONG} or {@code PASSWORD_TOO_WEAK}
     */
    public void requireGood(String password, String username) {
        int length = password.codePointCount(0, password.length());
        if (length < LENGTH_MIN) {
            throw new Refusal(RefusalCode.PASSWORD_TOO_SHORT);
        }
        if (length > LENGTH_MAX) {
            throw new Refusal(RefusalCode.PASSWORD_TOO_LONG);
        }
        String estimated = password.substring(0, Math.min(password.length(), ESTIMATED_LENGTH_MAX));
        if (zxcvbn.measure(estimated, List.of(username, "socialies", "ies", "comune", "voucher"))
                        .getScore()
                < SCORE_MIN) {
            throw new Refusal(RefusalCode.PASSWORD_TOO_WEAK);
        }
    }
}

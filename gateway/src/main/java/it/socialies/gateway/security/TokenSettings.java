// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.security;

import java.time.Duration;

/**
 * How tokens live. All durations are installation time, in milliseconds.
 *
 * @param issuer claim {@code iss}
 * @param audience claim {@code aud}; also what a terminal's assertion must be addressed to
 * @param operatorLifeMs life of an operator's token
 * @param terminalLifeMs life of a terminal's token
 * @param holderLifeMs life of a holder's token
 * @param keyRotationMs after this long a signing key hands over to a new one
 * @param verifiedTokensMax verified tokens remembered
 */
public record TokenSettings(
        String issuer,
        String audience,
        long operatorLifeMs,
        long terminalLifeMs,
        long holderLifeMs,
        long keyRotationMs,
        int verifiedTokensMax) {

    private static final int VERIFIED_TOKENS_MAX = 20_000;

    /** The defaults: 30, 15 and 10 minutes, a new key every 30 days, 20,000 remembered tokens (about 8 MB). */
    public static TokenSettings defaults(String issuer, String audience) {
        return new TokenSettings(
                issuer,
                audience,
                Duration.ofMinutes(30).toMillis(),
                Duration.ofMinutes(15).toMillis(),
                Duration.ofMinutes(10).toMillis(),
                Duration.ofDays(30).toMillis(),
                VERIFIED_TOKENS_MAX);
    }

    /** The longest life of any token: how long a retired key must still be published. */
    public long longestLifeMs() {
        return Math.max(operatorLifeMs, Math.max(terminalLifeMs, holderLifeMs));
    }
}

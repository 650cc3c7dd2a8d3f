// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.security;

import java.time.Duration;

/**
 * How tokens live. All durations are installation time, in milliseconds.
 *
 * @param issuer claim {@code iss}; also the {@code aud} that a terminal's assertion must name
 * @param audience claim {@code aud}
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

    /** The default {@code iss}; a name, not an address, so it holds behind any port or proxy. */
    public static final String ISSUER = "social-ies";

    private static final String AUDIENCE = "social-ies-gateway";
    private static final int VERIFIED_TOKENS_MAX = 20_000;

    /** The defaults: 30, 15 and 10 minutes, a new key every 30 days, 20,000 remembered tokens (about 8 MB). */
    public static TokenSettings defaults() {
        return new TokenSettings(
                ISSUER,
                AUDIENCE,
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

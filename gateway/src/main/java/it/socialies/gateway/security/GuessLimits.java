// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.security;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How often a secret may be guessed wrongly, by where the guesses come from. Nothing here closes an account, a till or a card for good: waiting is always
 * enough.
 *
 * @param till wrong PINs typed at one till
 * @param cardAddress wrong PINs of holders who log in from one address
 * @param cardStranger wrong PINs of logins to one card from addresses it never logged in from, until its right PIN is given somewhere; fewer than lock a card
 * @param loginAddress wrong passwords, activation and enrolment codes from one address
 * @param loginFamiliar wrong passwords for one account from one address that it has logged in from
 * @param loginStranger wrong passwords for one account from all other addresses together
 * @param codeAddress wrong block-only codes from one address
 * @param codeAll wrong block-only codes from all addresses together
 */
public record GuessLimits(
        Allowance till,
        Allowance cardAddress,
        int cardStranger,
        Allowance loginAddress,
        Allowance loginFamiliar,
        Allowance loginStranger,
        Allowance codeAddress,
        Allowance codeAll) {

    /**
     * @param max how many at once
     * @param window in which a used-up allowance fills again, evenly
     */
    public record Allowance(int max, Duration window) {
        public Allowance {
            if (max < 1 || window.isNegative() || window.isZero()) {
                throw new IllegalArgumentException("an allowance is at least 1, in a time");
            }
        }

        RateLimiter limiter(int keysMax, LongSupplier nanoClock) {
            return new RateLimiter(max, window, keysMax, nanoClock);
        }
    }

    /** The defaults of the settings. */
    public static GuessLimits defaults() {
        return new GuessLimits(
                new Allowance(20, Duration.ofHours(1)),
                new Allowance(20, Duration.ofHours(1)),
                2,
                new Allowance(20, Duration.ofMinutes(10)),
                new Allowance(10, Duration.ofMinutes(10)),
                new Allowance(10, Duration.ofHours(1)),
                new Allowance(20, Duration.ofHours(1)),
                new Allowance(3_000, Duration.ofMinutes(1)));
    }
}

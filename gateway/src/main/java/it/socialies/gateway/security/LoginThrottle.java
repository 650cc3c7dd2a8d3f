// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * Slows down guessing of passwords and activation codes without handing anybody a way to lock a town out (OWASP ASVS 5.0, 6.3.1; OWASP
 * Blocking Brute Force Attacks, "device cookies"). Only failures count.
 *
 * <ul>
 *   <li>an address has an allowance;
 *   <li>so has an account from an address it has logged in from before, which nobody elsewhere can use up;
 *   <li>and an account from all other addresses together.
 * </ul>
 *
 * No account is ever closed: waiting is always enough. Known addresses are forgotten with the process or after 30 days. An attempt takes
 * its tokens first and gets them back when it succeeds, so parallel attempts gain nothing. May be called from any thread.
 */
public final class LoginThrottle {
    private static final int KEYS_MAX = 50_000;

    private final RateLimiter addresses;
    private final RateLimiter familiar;
    private final RateLimiter strangers;
    private final Cache<String, Boolean> knownPairs;

    /** @param nanoClock monotonic nanoseconds, {@code System::nanoTime} */
    public LoginThrottle(GuessLimits limits, LongSupplier nanoClock) {
        addresses = limits.loginAddress().limiter(KEYS_MAX, nanoClock);
        familiar = limits.loginFamiliar().limiter(KEYS_MAX, nanoClock);
        strangers = limits.loginStranger().limiter(KEYS_MAX, nanoClock);
        knownPairs = Caffeine.newBuilder()
                .maximumSize(KEYS_MAX)
                .expireAfterWrite(Duration.ofDays(30))
                .ticker(nanoClock::getAsLong)
                .executor(Runnable::run)
                .build();
    }

    /**
     * Begins an attempt.
     *
     * @throws Refusal {@code TOO_MANY_ATTEMPTS} with the time to wait
     */
    public Attempt begin(String username, String hostAddress) {
        String account = username.toLowerCase(Locale.ROOT);
        String address = ClientAddress.key(hostAddress);
        String pair = account + '\n' + address;
        boolean known = knownPairs.getIfPresent(pair) != null;
        RateLimiter accountLimiter = known ? familiar : strangers;
        String accountKey = known ? pair : account;
        take(addresses, address);
        try {
            take(accountLimiter, accountKey);
        } catch (Refusal e) {
            // An account under attack elsewhere is no fault of this address.
            addresses.giveBack(address);
            throw e;
        }
        return right -> {
            addresses.giveBack(address);
            accountLimiter.giveBack(accountKey);
            if (right) {
                knownPairs.put(pair, true);
            }
        };
    }

    /**
     * Begins an attempt at a secret that nobody can guess, for instance a code of 80 random bits: only the address counts, so that nobody uses up the attempts
     * of somebody else.
     *
     * @throws Refusal {@code TOO_MANY_ATTEMPTS} with the time to wait
     */
    public Attempt begin(String hostAddress) {
        String address = ClientAddress.key(hostAddress);
        take(addresses, address);
        return right -> addresses.giveBack(address);
    }

    private static void take(RateLimiter limiter, String key) {
        RateLimiter.Decision decision = limiter.take(key);
        if (!decision.allowed()) {
            throw new Refusal(RefusalCode.TOO_MANY_ATTEMPTS, decision.retryAfterMs());
        }
    }

    /** An attempt under way; it counts as a failure unless told otherwise. */
    @FunctionalInterface
    public interface Attempt {
        /** @param right the secret was right; false when it was never compared (database away, busy) */
        void forgive(boolean right);
    }
}

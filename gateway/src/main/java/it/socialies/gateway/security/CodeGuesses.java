// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.security;

import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/**
 * Bounds how fast block-only codes are tried: by address, and in all. An attempt takes its tokens before the code is looked at, so that many at once gain nothing,
 * and gets them back when the code was right: who has a code blocks whenever he likes. The allowance over all addresses is too large for one of them to use up
 * and far too small for guessing. May be called from any thread.
 */
public final class CodeGuesses {
    private static final int KEYS_MAX = 50_000;
    private static final String ALL = "";

    private final RateLimiter addresses;
    private final RateLimiter all;
    private final LongAdder wrong;
    private final LongAdder heldBack;

    CodeGuesses(GuessLimits limits, LongSupplier nanoClock, LongAdder wrong, LongAdder heldBack) {
        addresses = limits.codeAddress().limiter(KEYS_MAX, nanoClock);
        all = limits.codeAll().limiter(1, nanoClock);
        this.wrong = wrong;
        this.heldBack = heldBack;
    }

    /**
     * Begins an attempt.
     *
     * @throws Refusal {@code TOO_MANY_ATTEMPTS} with the time to wait
     */
    public Attempt begin(String hostAddress) {
        String address = ClientAddress.key(hostAddress);
        take(addresses, address);
        try {
            take(all, ALL);
        } catch (Refusal e) {
            addresses.giveBack(address);
            throw e;
        }
        return right -> {
            if (right) {
                addresses.giveBack(address);
                all.giveBack(ALL);
            } else {
                wrong.increment();
            }
        };
    }

    private void take(RateLimiter limiter, String key) {
        RateLimiter.Decision decision = limiter.take(key);
        if (!decision.allowed()) {
            heldBack.increment();
            throw new Refusal(RefusalCode.TOO_MANY_ATTEMPTS, decision.retryAfterMs());
        }
    }

    /** An attempt under way. */
    @FunctionalInterface
    public interface Attempt {
        void ended(boolean right);
    }
}

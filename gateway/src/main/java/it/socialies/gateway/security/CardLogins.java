// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/**
 * Bounds the wrong PINs of holders' logins, which need no till: a photograph of a card is enough to try. From addresses that a card never logged in from, fewer
 * wrong PINs are taken than lock it, until its right PIN is given somewhere, at a till for instance; so who has only photographs locks nobody's card. One
 * address has an allowance over all cards. Kept in memory. May be called from any thread.
 */
public final class CardLogins {
    private static final int KEYS_MAX = 50_000;
    private static final Duration REMEMBERED = Duration.ofDays(30);
    private static final long RETRY_AFTER_MS = Duration.ofHours(1).toMillis();

    private final int strangersMax;
    private final RateLimiter addresses;
    private final Cache<CardToken, Integer> strangers;
    private final Cache<Known, Boolean> known;
    private final LongAdder wrong;
    private final LongAdder heldBackAddresses;
    private final LongAdder heldBackCards;

    private record Known(CardToken card, String address) {}

    CardLogins(
            GuessLimits limits,
            LongSupplier nanoClock,
            LongAdder wrong,
            LongAdder heldBackAddresses,
            LongAdder heldBackCards) {
        strangersMax = limits.cardStranger();
        addresses = limits.cardAddress().limiter(KEYS_MAX, nanoClock);
        strangers = remembering(nanoClock);
        known = remembering(nanoClock);
        this.wrong = wrong;
        this.heldBackAddresses = heldBackAddresses;
        this.heldBackCards = heldBackCards;
    }

    private static <K, V> Cache<K, V> remembering(LongSupplier nanoClock) {
        return Caffeine.newBuilder()
                .maximumSize(KEYS_MAX)
                .expireAfterWrite(REMEMBERED)
                .ticker(nanoClock::getAsLong)
                .executor(Runnable::run)
                .build();
    }

    /**
     * Begins a login. Its tries are taken first, so that many at once gain nothing, and given back unless the PIN turns out wrong.
     *
     * @throws Refusal {@code TOO_MANY_ATTEMPTS} with the time to wait
     */
    Attempt begin(CardToken card, String hostAddress) {
        String address = ClientAddress.key(hostAddress);
        Known pair = new Known(card, address);
        boolean isStranger = known.getIfPresent(pair) == null;
        if (isStranger && !takeStranger(card)) {
            heldBackCards.increment();
            throw new Refusal(RefusalCode.TOO_MANY_ATTEMPTS, RETRY_AFTER_MS);
        }
        RateLimiter.Decision decision = addresses.take(address);
        if (!decision.allowed()) {
            if (isStranger) {
                giveBackStranger(card);
            }
            heldBackAddresses.increment();
            throw new Refusal(RefusalCode.TOO_MANY_ATTEMPTS, decision.retryAfterMs());
        }
        return outcome -> {
            switch (outcome) {
                case WRONG -> wrong.increment();
                case RIGHT -> {
                    addresses.giveBack(address);
                    known.put(pair, true);
                    right(card);
                }
                case NOT_JUDGED -> {
                    addresses.giveBack(address);
                    if (isStranger) {
                        giveBackStranger(card);
                    }
                }
            }
        };
    }

    /** The right PIN of a card was given, wherever. Cheap while nobody guesses. */
    public void right(CardToken card) {
        if (strangers.estimatedSize() > 0) {
            strangers.invalidate(card);
        }
    }

    private boolean takeStranger(CardToken card) {
        boolean[] taken = new boolean[1];
        strangers.asMap().compute(card, (key, count) -> {
            int before = count == null ? 0 : count;
            taken[0] = before < strangersMax;
            return taken[0] ? before + 1 : before;
        });
        return taken[0];
    }

    private void giveBackStranger(CardToken card) {
        strangers.asMap().computeIfPresent(card, (key, count) -> count > 1 ? Integer.valueOf(count - 1) : null);
    }

    /** How a login ended. */
    enum Outcome {
        RIGHT,
        WRONG,
        NOT_JUDGED
    }

    /** A login under way. */
    @FunctionalInterface
    interface Attempt {
        void ended(Outcome outcome);
    }
}

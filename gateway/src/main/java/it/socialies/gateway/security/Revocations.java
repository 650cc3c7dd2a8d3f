// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.security;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Tokens that end before their time (OWASP ASVS 5.0, 7.4): one token by its id, or every earlier token of a subject. Kept in memory for as
 * long as such a token could live; since a new process cannot know what the one before had revoked, it takes none of that one's tokens.
 * Bounded: when full, every token issued so far is refused rather than one revocation forgotten.
 *
 * <p>Tokens tell the second they were issued in. So that none of before a revocation is taken for one of after it, the next ones of that
 * subject say a later second than any before them ({@link #earliestIssueMs}), though the clock has not come to it yet. The core checks
 * blocks, revoked terminals and roles again at each command; this hastens it, and covers what is read elsewhere. May be used from any
 * thread.
 */
public final class Revocations {
    private static final int ENTRIES_MAX = 10_000;
    private static final long SECOND_MS = 1_000;

    private final InstallationClock clock;
    private final long longestLifeMs;

    /** By token id or subject: from which second on its tokens are good again. */
    private final Map<String, Long> earliestMs = new ConcurrentHashMap<>();

    private volatile long everybodyEarliestMs;

    public Revocations(InstallationClock clock, TokenSettings settings) {
        this.clock = clock;
        longestLifeMs = settings.longestLifeMs();
        everybodyEarliestMs = nextSecondMs(clock.nowMs());
    }

    /** Ends one token. */
    public void revokeToken(String tokenId) {
        add(tokenId);
    }

    /** Ends all tokens that a subject ({@code opr_…}, {@code trm_…}, {@code crd_…}) holds now; later ones work. */
    public void revokeSubject(String subject) {
        add(subject);
    }

    private synchronized void add(String key) {
        long nowMs = clock.nowMs();
        earliestMs.values().removeIf(atMs -> nowMs - atMs > longestLifeMs);
        if (earliestMs.size() >= ENTRIES_MAX) {
            long latestMs = earliestMs.values().stream().reduce(everybodyEarliestMs, Math::max);
            everybodyEarliestMs = nextSecondMs(Math.max(nowMs, latestMs));
            earliestMs.clear();
        }
        earliestMs.put(key, nextSecondMs(Math.max(nowMs, earliestIssueMs(key))));
    }

    /** The earliest {@code iat} that a fresh token of a subject may have; ahead by a second for each revocation of this second. */
    long earliestIssueMs(String subject) {
        return Math.max(everybodyEarliestMs, earliestMs.getOrDefault(subject, Long.MIN_VALUE));
    }

    boolean isRevoked(Principal principal) {
        if (principal.issuedMs() < everybodyEarliestMs) {
            return true;
        }
        if (earliestMs.isEmpty()) {
            return false;
        }
        return earliestMs.containsKey(principal.tokenId())
                || principal.issuedMs() < earliestMs.getOrDefault(principal.subject(), Long.MIN_VALUE);
    }

    private static long nextSecondMs(long ms) {
        return (Math.floorDiv(ms, SECOND_MS) + 1) * SECOND_MS;
    }
}

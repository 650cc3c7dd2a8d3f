// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.security;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Tokens that end before their time (OWASP ASVS 5.0, 7.4): one token by its id, or every earlier token of a subject. Kept in memory for as
 * long as such a token could live. Bounded: when full, every token issued so far is refused rather than one revocation forgotten. The core
 * checks blocks, revoked terminals and roles again at each command, so this only hastens what it decides. May be used from any thread.
 */
public final class Revocations {
    private static final int ENTRIES_MAX = 10_000;

    private final InstallationClock clock;
    private final long longestLifeMs;
    private final Map<String, Long> revokedMs = new ConcurrentHashMap<>();
    private volatile long everybodyMs = Long.MIN_VALUE;

    public Revocations(InstallationClock clock, TokenSettings settings) {
        this.clock = clock;
        longestLifeMs = settings.longestLifeMs();
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
        revokedMs.values().removeIf(atMs -> nowMs - atMs > longestLifeMs);
        if (revokedMs.size() >= ENTRIES_MAX) {
            everybodyMs = nowMs;
            revokedMs.clear();
        }
        revokedMs.put(key, nowMs);
    }

    boolean isRevoked(Principal principal) {
        if (principal.issuedMs() <= everybodyMs) {
            return true;
        }
        if (revokedMs.isEmpty()) {
            return false;
        }
        Long subjectMs = revokedMs.get(principal.subject());
        return revokedMs.containsKey(principal.tokenId()) || (subjectMs != null && principal.issuedMs() <= subjectMs);
    }
}

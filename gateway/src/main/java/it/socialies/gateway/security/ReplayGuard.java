// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.security;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * Remembers the assertions that were used until they expire, so that none works twice (RFC 7523 3, item 7). Only rightly signed ones get
 * here. Bounded: when full of live entries it says busy rather than forget one. May be called from any thread.
 */
final class ReplayGuard {
    private final int entriesMax;
    private final Map<Digest256, Long> expiresMs = new HashMap<>();
    private long prunedMs;

    ReplayGuard(int entriesMax) {
        this.entriesMax = entriesMax;
    }

    /**
     * Whether this is the first use.
     *
     * @throws Refusal {@code BUSY}
     */
    synchronized boolean isFirst(String subject, String tokenId, long expiryMs, long nowMs) {
        // At most once a second of the installation: a walk over all entries for each login would be quadratic.
        if (nowMs - prunedMs >= 1_000) {
            expiresMs.values().removeIf(atMs -> atMs <= nowMs);
            prunedMs = nowMs;
        }
        if (expiresMs.size() >= entriesMax) {
            throw new Refusal(RefusalCode.BUSY, 1_000);
        }
        Digest256 key = Digest256.sha256((subject + '\n' + tokenId).getBytes(StandardCharsets.UTF_8));
        return expiresMs.putIfAbsent(key, expiryMs) == null;
    }
}

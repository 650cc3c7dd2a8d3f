// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.idempotency;

import it.socialies.engine.core.kernel.EventWriter;
import it.socialies.engine.protocol.sbe.WatermarkRaisedEncoder;

/**
 * Raises the watermark: keys older than the longest retention leave; when the window is three quarters full, so do keys older than the shortest. Never
 * younger ones, so a key is good for at least the shortest retention.
 */
public final class WatermarkPolicy {
    private static final int MAX_KEYS_A_STEP = 8192;

    /** Keys leave by the second, not one by one: each step is a record. */
    private static final long STEP_MS = 1_000;

    private final WatermarkRaisedEncoder watermarkRaised = new WatermarkRaisedEncoder();
    private final EventWriter events;
    private final KeyWindow window;
    private final int crowdedKeys;
    private final long retentionMinMs;
    private final long retentionMaxMs;

    /** Keeps keys at least and at most for these times, in milliseconds. */
    public WatermarkPolicy(
            final EventWriter events,
            final KeyWindow window,
            final int maxKeys,
            final long retentionMinMs,
            final long retentionMaxMs) {
        this.events = events;
        this.window = window;
        crowdedKeys = maxKeys - maxKeys / 4;
        this.retentionMinMs = retentionMinMs;
        this.retentionMaxMs = retentionMaxMs;
    }

    /** Takes one bounded step when one is due. */
    public boolean step(final long nowMs) {
        final long retentionMs = window.size() >= crowdedKeys ? retentionMinMs : retentionMaxMs;
        final long wantedMs = nowMs - retentionMs;
        if (wantedMs < window.watermarkMs() + STEP_MS || !window.hasKeysUpTo(wantedMs)) {
            return false;
        }
        final long watermarkMs = window.watermarkAllowing(wantedMs, MAX_KEYS_A_STEP);
        events.start(watermarkRaised).watermarkMs(watermarkMs);
        events.end();
        return true;
    }
}

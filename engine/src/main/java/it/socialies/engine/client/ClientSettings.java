// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.client;

/**
 * Settings of an {@link EngineClient}.
 *
 * @param maxInFlight frames submitted and not yet answered, at most; a power of two up to 65,536. What exceeds it is refused before it enters
 * @param timeoutMs milliseconds after which a frame without a reply has an unknown outcome
 * @param expiryScanMs milliseconds between two looks for expired frames: how late a timeout may be called
 */
public record ClientSettings(int maxInFlight, long timeoutMs, long expiryScanMs) {

    /** 4,096 in flight, 5 seconds, looked at every 50 ms. */
    public static final ClientSettings DEFAULTS = new ClientSettings(4096, 5_000, 50);

    public ClientSettings {
        if (Integer.bitCount(maxInFlight) != 1 || maxInFlight > 65_536 || maxInFlight < 2) {
            throw new IllegalArgumentException("maxInFlight is not a power of two in 2..65536: " + maxInFlight);
        }
        if (timeoutMs <= 0 || expiryScanMs <= 0) {
            throw new IllegalArgumentException("timeoutMs and expiryScanMs must be positive");
        }
    }
}

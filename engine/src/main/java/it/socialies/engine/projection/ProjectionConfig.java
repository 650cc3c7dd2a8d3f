// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.projection;

/**
 * Settings of the projector.
 *
 * @param maxRecordsPerTransaction a transaction ends with the batch that reaches this; what is waiting is written in as few transactions as
 *     this allows
 * @param commitIntervalMs least time between two transactions while fewer records than that are waiting: spares the disk that payments
 *     wait for. A record that comes alone is written at once
 * @param minBackoffMs pause after the first failed connection; it doubles with each further one
 * @param maxBackoffMs longest pause between two attempts to connect
 */
public record ProjectionConfig(int maxRecordsPerTransaction, int commitIntervalMs, int minBackoffMs, int maxBackoffMs) {
    public static final ProjectionConfig DEFAULT = new ProjectionConfig(4_096, 10, 100, 5_000);

    public ProjectionConfig {
        if (maxRecordsPerTransaction < 1 || commitIntervalMs < 0) {
            throw new IllegalArgumentException(
                    "a transaction takes at least one record, and its interval is not negative");
        }
        if (minBackoffMs < 1 || maxBackoffMs < minBackoffMs) {
            throw new IllegalArgumentException(
                    "backoff goes from at least 1 ms up, not from " + minBackoffMs + " to " + maxBackoffMs);
        }
    }
}

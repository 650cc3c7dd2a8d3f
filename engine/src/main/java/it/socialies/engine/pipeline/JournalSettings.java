// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.pipeline;

/**
 * Settings of the {@link JournalAgent}.
 *
 * @param forceBytes bytes of the commit log after which the journal is forced, so that they can be overwritten
 * @param forceIntervalMs milliseconds after which it is forced in any case
 * @param storageReserveBytes free space on the disk below which no command with a key enters any more
 * @param storageCheckMs milliseconds between two looks at the free space
 */
public record JournalSettings(long forceBytes, long forceIntervalMs, long storageReserveBytes, long storageCheckMs) {

    /** Every 16 MiB or second; half a GiB kept free, looked at every second. */
    public static final JournalSettings DEFAULTS = new JournalSettings(16L << 20, 1_000, 512L << 20, 1_000);

    public JournalSettings {
        if (forceBytes <= 0 || forceIntervalMs <= 0 || storageReserveBytes < 0 || storageCheckMs <= 0) {
            throw new IllegalArgumentException("settings of the journal agent must be positive");
        }
    }

    public JournalSettings withStorageReserveBytes(long newReserveBytes) {
        return new JournalSettings(forceBytes, forceIntervalMs, newReserveBytes, storageCheckMs);
    }
}

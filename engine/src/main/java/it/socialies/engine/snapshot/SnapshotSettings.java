// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.snapshot;

/**
 * Settings of the {@link SnapshotTaker}.
 *
 * @param storageReserveBytes free space that a snapshot leaves on the disk, the same below which no payment enters
 * @param catchUpMs milliseconds after which the replay stops at the end of a batch, so that a busy engine is not chased for ever; the next
 *     snapshot goes on from there
 */
public record SnapshotSettings(long storageReserveBytes, long catchUpMs) {

    /** Half a GiB; five minutes. */
    public static final SnapshotSettings DEFAULTS = new SnapshotSettings(512L << 20, 300_000);

    public SnapshotSettings {
        if (storageReserveBytes < 0 || catchUpMs <= 0) {
            throw new IllegalArgumentException("settings of the snapshotter must be positive");
        }
    }

    public SnapshotSettings withStorageReserveBytes(long newReserveBytes) {
        return new SnapshotSettings(newReserveBytes, catchUpMs);
    }
}

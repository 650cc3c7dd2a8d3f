// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.journal.archive;

/**
 * Settings of the {@link Archiver}.
 *
 * @param liveDays days of the journal before the newest one that stay as they are; at least one, because a start may have to mend the newest two
 * @param segmentsMax days archived in one run; the next run goes on
 * @param reserveBytes free space on the disk below which it stops, so that payments go on
 */
public record ArchiveConfig(int liveDays, int segmentsMax, long reserveBytes) {
    public static final ArchiveConfig DEFAULT = new ArchiveConfig(2, 8, 512L << 20);

    public ArchiveConfig {
        if (liveDays < 1 || segmentsMax < 1 || reserveBytes < 0) {
            throw new IllegalArgumentException("an archive leaves at least one day and takes at least one at a time: "
                    + liveDays + " days, " + segmentsMax + " segments, " + reserveBytes + " bytes");
        }
    }

    public ArchiveConfig withLiveDays(int days) {
        return new ArchiveConfig(days, segmentsMax, reserveBytes);
    }

    public ArchiveConfig withReserveBytes(long bytes) {
        return new ArchiveConfig(liveDays, segmentsMax, bytes);
    }
}

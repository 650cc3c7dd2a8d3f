// SPDX-License-Identifier: EUPL-1.2
package it.socialies.perf.snapshot;

import it.socialies.engine.journal.files.DataFolder;
import it.socialies.engine.snapshot.SnapshotFolder;
import it.socialies.engine.snapshot.SnapshotProcess;
import it.socialies.engine.snapshot.SnapshotSettings;
import it.socialies.perf.suite.Measurements;
import it.socialies.perf.suite.SuiteFailed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * One snapshot, taken as the node has it taken.
 *
 * @param process the snapshotter
 * @param sequence last record it holds
 * @param bytes its size
 */
record Snapshotting(MeasuredProcess process, long sequence, long bytes) {
    private static final double MIB = 1 << 20;

    static Snapshotting run(Path data) throws IOException, InterruptedException, SuiteFailed {
        DataFolder folder = DataFolder.at(data);
        SnapshotFolder snapshots = SnapshotFolder.of(folder);
        long before = snapshots.sequences().stream().findFirst().orElse(0L);
        MeasuredProcess process = MeasuredProcess.watch(
                new SnapshotProcess(jvmFlags(), folder, SnapshotSettings.DEFAULTS.storageReserveBytes()).start());
        long sequence = snapshots.sequences().getFirst();
        if (sequence <= before) {
            throw new SuiteFailed("no new snapshot: " + process.lines());
        }
        return new Snapshotting(process, sequence, Files.size(snapshots.path(sequence)));
    }

    private static Path jvmFlags() {
        return Path.of(System.getProperty("ies.home", "."), "ops", "jvm");
    }

    void addTo(Measurements to, String point) {
        to.row("snapshotter", point)
                .figure("time", process.seconds(), "s")
                .figure("memory", process.peakBytes() / MIB, "MiB")
                .figure("snapshot", bytes / MIB, "MiB")
                .figure("holds", (double) sequence, "records")
                .done();
    }
}

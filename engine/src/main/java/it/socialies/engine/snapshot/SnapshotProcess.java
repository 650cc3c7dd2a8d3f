// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.snapshot;

import it.socialies.engine.journal.files.DataFolder;
import it.socialies.engine.process.LowPriorityJvm;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Starts the {@link Snapshotter}: a JVM with small flags that takes processor and disk only when nobody else wants them. Any thread.
 *
 * @param jvmFolder holds the flags of the product's JVMs: {@code ops/jvm}
 * @param dataFolder of the engine beside which it runs
 * @param storageReserveBytes free space that a snapshot leaves on the disk
 */
public record SnapshotProcess(Path jvmFolder, DataFolder dataFolder, long storageReserveBytes)
        implements SnapshotScheduler.Launcher {

    @Override
    public Process start() throws IOException {
        return new LowPriorityJvm(jvmFolder, "snapshotter", Snapshotter.class)
                .start(List.of(
                        "--data", dataFolder.root().toString(), "--reserve-bytes", Long.toString(storageReserveBytes)));
    }
}

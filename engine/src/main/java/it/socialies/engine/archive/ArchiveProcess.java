// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.archive;

import it.socialies.engine.journal.archive.ArchiveConfig;
import it.socialies.engine.journal.files.DataFolder;
import it.socialies.engine.process.LowPriorityJvm;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Starts the {@link JournalArchiver}. Any thread.
 *
 * @param jvmFolder holds the flags of the product's JVMs: {@code ops/jvm}
 * @param dataFolder of the engine beside which it runs
 */
public record ArchiveProcess(Path jvmFolder, DataFolder dataFolder, ArchiveConfig config)
        implements ArchiveScheduler.Launcher {

    @Override
    public Process start(long projectedSequence) throws IOException {
        return new LowPriorityJvm(jvmFolder, "archiver", JournalArchiver.class)
                .start(List.of(
                        "--data",
                        dataFolder.root().toString(),
                        "--projected",
                        Long.toString(projectedSequence),
                        "--live-days",
                        Integer.toString(config.liveDays()),
                        "--reserve-bytes",
                        Long.toString(config.reserveBytes())));
    }
}

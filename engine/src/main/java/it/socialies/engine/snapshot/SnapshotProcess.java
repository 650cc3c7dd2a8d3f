// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.snapshot;

import it.socialies.engine.journal.DataFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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
    private static final Path NICE = Path.of("/usr/bin/nice");
    private static final Path IONICE = Path.of("/usr/bin/ionice");
    private static final int JDK_WITH_NEW_FLAGS = 24;

    @Override
    public Process start() throws IOException {
        List<String> command = new ArrayList<>();
        if (Files.isExecutable(NICE)) {
            command.addAll(List.of(NICE.toString(), "-n", "19"));
        }
        if (Files.isExecutable(IONICE)) {
            command.addAll(List.of(IONICE.toString(), "-t", "-c", "3"));
        }
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add(flags("flags-21"));
        if (Runtime.version().feature() >= JDK_WITH_NEW_FLAGS) {
            command.add(flags("flags-24"));
        }
        command.add(flags("snapshotter"));
        command.addAll(List.of(
                "-cp",
                System.getProperty("java.class.path"),
                Snapshotter.class.getName(),
                "--data",
                dataFolder.root().toString(),
                "--reserve-bytes",
                Long.toString(storageReserveBytes)));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        return process;
    }

    private String flags(String name) {
        return "@" + jvmFolder.resolve(name);
    }
}

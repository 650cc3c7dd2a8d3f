// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.snapshot;

import it.socialies.engine.core.ClearingCore;
import it.socialies.engine.core.CoreLimits;
import it.socialies.engine.core.collections.SnapshotExceedsLimit;
import it.socialies.engine.journal.batch.JournalFailure;
import it.socialies.engine.journal.files.DataFolder;
import it.socialies.engine.process.BesideTheNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Iterator;
import java.util.List;
import org.agrona.concurrent.SystemNanoClock;
import org.jspecify.annotations.Nullable;

/**
 * The process that takes one snapshot, says so on standard output, and ends. The node starts it at intervals, at the lowest priority
 * ({@link SnapshotProcess}); should memory run out, the kernel is to take this process first. It ends with the process that started it.
 */
public final class Snapshotter {
    /** The attempt failed; there is no new snapshot. */
    static final int FAILED = 1;

    private static final int WRONG_USAGE = 2;
    private static final String USAGE = "usage: snapshotter --data DIR [--reserve-bytes N]";

    private Snapshotter() {}

    /** Takes a snapshot; the exit code is that of {@link SnapshotResult.Outcome}, or 1 after a failure, or 2. */
    public static void main(String[] args) {
        Arguments arguments = Arguments.parse(args);
        if (arguments == null) {
            System.err.println(USAGE);
            System.exit(WRONG_USAGE);
            return;
        }
        BesideTheNode.giveWay(FAILED);
        System.exit(take(arguments));
    }

    private static int take(Arguments arguments) {
        try {
            SnapshotResult result = new SnapshotTaker(
                            DataFolder.at(arguments.dataFolder()),
                            SnapshotFiles.REAL,
                            SnapshotSettings.DEFAULTS.withStorageReserveBytes(arguments.reserveBytes()),
                            () -> new ClearingCore(CoreLimits.defaults(), new SecureRandom().nextLong()),
                            SystemNanoClock.INSTANCE)
                    .take();
            result.notes().forEach(System.out::println);
            System.out.println(result);
            return result.outcome().exitCode();
        } catch (IOException | UncheckedIOException e) {
            System.out.println("no snapshot: the disk failed or is full: " + e);
        } catch (JournalFailure | SnapshotExceedsLimit e) {
            System.out.println("no snapshot: " + e.getMessage());
        } catch (RuntimeException e) {
            System.out.println("no snapshot: " + e);
            e.printStackTrace(System.out);
        }
        return FAILED;
    }

    private record Arguments(Path dataFolder, long reserveBytes) {
        static @Nullable Arguments parse(String... args) {
            Path dataFolder = null;
            long reserveBytes = SnapshotSettings.DEFAULTS.storageReserveBytes();
            Iterator<String> rest = List.of(args).iterator();
            try {
                while (rest.hasNext()) {
                    String name = rest.next();
                    if (!rest.hasNext()) {
                        return null;
                    }
                    String value = rest.next();
                    switch (name) {
                        case "--data" -> dataFolder = Path.of(value);
                        case "--reserve-bytes" -> reserveBytes = Long.parseLong(value);
                        default -> {
                            return null;
                        }
                    }
                }
            } catch (NumberFormatException e) {
                return null;
            }
            return dataFolder == null ? null : new Arguments(dataFolder, reserveBytes);
        }
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.archive;

import it.socialies.engine.journal.archive.ArchiveConfig;
import it.socialies.engine.journal.batch.JournalFailure;
import it.socialies.engine.journal.files.DataFolder;
import it.socialies.engine.process.BesideTheNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The process that archives the days that are due, says so on standard output, and ends. The node starts it after a snapshot ({@link ArchiveProcess}); it
 * ends with the process that started it.
 */
public final class JournalArchiver {
    private static final int DONE = 0;
    private static final int FAILED = 1;
    private static final int WRONG_USAGE = 2;
    private static final String USAGE = "usage: archiver --data DIR --projected N --live-days N --reserve-bytes N";

    private JournalArchiver() {}

    /** Archives; the exit code is 0, or 1 after a failure, or 2. */
    public static void main(String[] args) {
        Arguments arguments = Arguments.parse(args);
        if (arguments == null) {
            System.err.println(USAGE);
            System.exit(WRONG_USAGE);
            return;
        }
        BesideTheNode.giveWay(FAILED);
        System.exit(archive(arguments));
    }

    private static int archive(Arguments arguments) {
        try {
            ArchiveRun.run(arguments.folder, arguments.config, arguments.projectedSequence)
                    .lines()
                    .forEach(System.out::println);
            return DONE;
        } catch (IOException | JournalFailure e) {
            System.out.println("nothing more was archived: " + e.getMessage());
        } catch (RuntimeException e) {
            System.out.println("nothing more was archived: " + e);
            e.printStackTrace(System.out);
        }
        return FAILED;
    }

    private record Arguments(DataFolder folder, ArchiveConfig config, long projectedSequence) {
        static @Nullable Arguments parse(String... args) {
            Path data = null;
            long projected = 0;
            int liveDays = ArchiveConfig.DEFAULT.liveDays();
            long reserveBytes = ArchiveConfig.DEFAULT.reserveBytes();
            Iterator<String> rest = List.of(args).iterator();
            try {
                while (rest.hasNext()) {
                    String name = rest.next();
                    if (!rest.hasNext()) {
                        return null;
                    }
                    String value = rest.next();
                    switch (name) {
                        case "--data" -> data = Path.of(value);
                        case "--projected" -> projected = Long.parseLong(value);
                        case "--live-days" -> liveDays = Integer.parseInt(value);
                        case "--reserve-bytes" -> reserveBytes = Long.parseLong(value);
                        default -> {
                            return null;
                        }
                    }
                }
                return data == null
                        ? null
                        : new Arguments(
                                DataFolder.at(data),
                                ArchiveConfig.DEFAULT.withLiveDays(liveDays).withReserveBytes(reserveBytes),
                                projected);
            } catch (IllegalArgumentException e) {
                return null;
            }
        }
    }
}

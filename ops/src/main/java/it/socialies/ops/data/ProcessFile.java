// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.data;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A file that names a process. A number alone proves nothing (pids are reused), so a reader also says what the command line must hold. */
public final class ProcessFile {
    private ProcessFile() {}

    public static void write(Path file, long pid) throws IOException {
        Files.writeString(file, pid + "\n");
    }

    /** The running process that the first line of the file names, if its command line holds {@code marker}. */
    public static Optional<ProcessHandle> running(Path file, String marker) throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        String firstLine = Files.readString(file).lines().findFirst().orElse("").strip();
        if (!firstLine.matches("[0-9]{1,10}")) {
            return Optional.empty();
        }
        return ProcessHandle.of(Long.parseLong(firstLine))
                .filter(ProcessHandle::isAlive)
                .filter(process -> commandLine(process.pid()).contains(marker));
    }

    /** The command line of a process with spaces between its words; empty when it has ended. */
    public static String commandLine(long pid) {
        try {
            byte[] bytes = Files.readAllBytes(Path.of("/proc", Long.toString(pid), "cmdline"));
            return new String(bytes, StandardCharsets.UTF_8).replace('\0', ' ');
        } catch (IOException e) {
            return "";
        }
    }
}

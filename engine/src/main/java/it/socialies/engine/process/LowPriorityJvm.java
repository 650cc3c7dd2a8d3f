// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Starts a program of the product in a JVM of its own, at the lowest priority for processor and disk. Any thread.
 *
 * @param jvmFolder holds the flags of the product's JVMs: {@code ops/jvm}
 * @param flagFile the program's own, in that folder
 * @param mainClass of the program, on this process's class path
 */
public record LowPriorityJvm(Path jvmFolder, String flagFile, Class<?> mainClass) {
    private static final Path NICE = Path.of("/usr/bin/nice");
    private static final Path IONICE = Path.of("/usr/bin/ionice");
    private static final int JDK_WITH_NEW_FLAGS = 24;

    /** Starts it; what it prints comes from the process's output, its standard input is closed. */
    public Process start(List<String> arguments) throws IOException {
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
        command.add(flags(flagFile));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), mainClass.getName()));
        command.addAll(arguments);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        return process;
    }

    private String flags(String name) {
        return "@" + jvmFolder.resolve(name);
    }
}

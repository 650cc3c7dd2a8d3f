// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.simulation;

import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A process with a broken engine, run to its end.
 *
 * @param exitCode of the process
 * @param output everything it said
 */
record BrokenProcess(int exitCode, String output) {
    static BrokenProcess run(Sabotage sabotage, Path broken, Class<?> main, String... arguments)
            throws IOException, InterruptedException {
        sabotage.compile(Path.of("src/main/java"), broken);
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(flag -> flag.startsWith("--") || flag.startsWith("-D"))
                .toList());
        command.addAll(
                List.of("-cp", broken + File.pathSeparator + System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new BrokenProcess(process.waitFor(), output);
    }
}

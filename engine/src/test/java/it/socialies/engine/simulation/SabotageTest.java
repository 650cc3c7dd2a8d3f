// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The simulator catches builds that are broken on purpose. */
class SabotageTest {
    private static final long SEEDS_MAX = 30;
    private static final long COMMANDS = 2_000;

    @TempDir
    private Path broken;

    @ParameterizedTest
    @EnumSource(Sabotage.class)
    void shouldCatchABuildThat(Sabotage sabotage) throws Exception {
        sabotage.compile(Path.of("src/main/java"), broken);
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(flag -> flag.startsWith("--") || flag.startsWith("-D"))
                .toList());
        command.addAll(List.of(
                "-Dlog4j2.level=OFF",
                "-cp",
                broken + File.pathSeparator + System.getProperty("java.class.path"),
                Broken.class.getName()));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isEqualTo(Broken.CAUGHT);
    }

    /** Lives through worlds in a process whose engine is broken, until one shows it. */
    static final class Broken {
        static final int CAUGHT = 42;

        private Broken() {}

        public static void main(String[] arguments) throws Exception {
            int code = 0;
            try (Simulation simulation = Simulation.open()) {
                for (long seed = 1; seed <= SEEDS_MAX && code == 0; seed++) {
                    try {
                        simulation.run(seed, COMMANDS);
                    } catch (Violation violation) {
                        System.out.println("seed " + seed + ": " + violation.getMessage());
                        code = CAUGHT;
                    }
                }
            }
            System.exit(code);
        }
    }
}

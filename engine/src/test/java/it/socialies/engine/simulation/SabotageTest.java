// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
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
    @EnumSource(names = {"NO_SYNC", "FORGETS_KEYS", "SWEEPS_TWICE"})
    void shouldCatchABuildThat(Sabotage sabotage) throws Exception {
        BrokenProcess process = BrokenProcess.run(sabotage, broken, Broken.class);
        assertThat(process.exitCode()).as(process.output()).isEqualTo(Broken.CAUGHT);
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

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import it.socialies.engine.client.BlockingClient;
import it.socialies.engine.client.CommandFrame;
import it.socialies.engine.client.Reply;
import it.socialies.engine.core.ClearingCore;
import it.socialies.engine.core.CoreLimits;
import it.socialies.engine.core.CoreService;
import it.socialies.engine.pipeline.ClearingEngine;
import it.socialies.engine.pipeline.EngineConfig;
import it.socialies.engine.pipeline.EngineEnvironment;
import it.socialies.engine.pipeline.Halt;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A real process whose engine breaks a rule of money ends at once, says which, and never answers what broke it. */
class InvariantHaltTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "LOSES_A_CENT, debits and credits of unit",
        "OVERDRAWS, fell below zero",
        "ISSUES_UNBACKED, IES outstanding exceeds the reserve"
    })
    void shouldHaltAProcessThat(Sabotage sabotage, String words) throws Exception {
        BrokenProcess process = BrokenProcess.run(
                sabotage,
                folder.resolve("broken"),
                Broken.class,
                folder.resolve("data").toString());
        assertThat(process.exitCode()).as(process.output()).isEqualTo(Halt.EXIT_CODE);
        assertThat(process.output())
                .contains("HALT: core failed: ")
                .contains("InvariantViolated: ")
                .contains(words)
                .doesNotContain("survived");
    }

    /** A real engine with threads of its own, to which a town sends commands one by one. */
    static final class Broken {
        private static final int COMMANDS_MAX = 20_000;

        private Broken() {}

        public static void main(String[] arguments) throws Exception {
            Path data = Path.of(arguments[0]);
            Town town = new Town(new SplittableRandom(8));
            CoreService core = new ClearingCore(CoreLimits.defaults());
            try (ClearingEngine engine =
                    ClearingEngine.launch(EngineConfig.defaults(data), EngineEnvironment.MACHINE, core)) {
                BlockingClient client = new BlockingClient(engine.connect(0));
                CommandFrame frame = new CommandFrame();
                for (int i = 0; i < COMMANDS_MAX; i++) {
                    town.next(System.currentTimeMillis() + core.clockOffsetMs()).writeTo(frame);
                    Reply reply = client.call(frame).orElseThrow();
                    town.learn(reply.kind(), reply.body(), 0, reply.body().capacity());
                }
            }
            System.out.println("survived");
        }
    }
}

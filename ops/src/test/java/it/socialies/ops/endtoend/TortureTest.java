// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import it.socialies.ops.run.Run;
import it.socialies.ops.torture.MiseryKind;
import it.socialies.ops.torture.TortureRun;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A short torture with what every machine allows: kills of Postgres, of the node, and of the node while it starts. */
class TortureTest {
    /** Its first three miseries are one of each kind. */
    private static final long SEED = 30;

    private static final int KILLS = 4;

    @TempDir
    private Path folder;

    @Test
    void shouldLoseNothingThatWasAcknowledgedAndDoubleNothing() throws Exception {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dies.home=" + Path.of("..").toAbsolutePath().normalize(),
                "-Dlog4j2.configurationFile=log4j2-tools.xml",
                "-cp",
                System.getProperty("java.class.path"),
                Run.class.getName());
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        TortureRun run = new TortureRun(
                new TortureRun.Settings(
                        command,
                        folder,
                        Duration.ofSeconds(1),
                        KILLS,
                        SEED,
                        40,
                        false,
                        EnumSet.of(MiseryKind.KILL_NODE, MiseryKind.KILL_STARTING_NODE, MiseryKind.KILL_POSTGRES)),
                new PrintStream(said, true, StandardCharsets.UTF_8));

        boolean passed = run.run();

        assertThat(passed).as(said.toString(StandardCharsets.UTF_8)).isTrue();
        assertThat(run.report().getJsonArray("miseries")).hasSize(3);
        assertThat(run.report().getInteger("kills")).isGreaterThanOrEqualTo(KILLS);
        assertThat(run.report().getLong("acknowledged")).isPositive();
        assertThat(said.toString(StandardCharsets.UTF_8))
                .contains("all there, exactly once")
                .contains("PASSED");
        assertThat(Files.readString(folder.resolve("ops-run.log")))
                .contains("The node ended by itself (code 137)")
                .contains("The node runs again")
                .contains("Postgres runs again");
    }
}

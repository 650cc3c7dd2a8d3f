// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code ops/ies simulate}, with short worlds. */
class SimulateCommandTest {
    private static final int COULD_NOT_RUN = 2;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path folder;

    @Test
    void shouldGoOnWhereAnEarlierRunStopped() throws Exception {
        Path results = folder.resolve("worlds.txt");

        assertThat(simulate("--seed", "7", "--seeds", "1", "--commands", "200", "--results", results.toString()))
                .isEqualTo(Ies.AGREED);
        assertThat(out.toString()).contains("seed 7: ", "1 worlds, 0 violations");
        List<String> first = Files.readAllLines(results);

        out.getBuffer().setLength(0);
        assertThat(simulate("--seed", "7", "--seeds", "2", "--commands", "200", "--results", results.toString()))
                .isEqualTo(Ies.AGREED);
        assertThat(out.toString())
                .contains("seed 8: ", "1 worlds, 0 violations")
                .doesNotContain("seed 7: ");
        assertThat(Files.readAllLines(results))
                .startsWith(first.toArray(String[]::new))
                .hasSize(first.size() + 1);
    }

    @Test
    void shouldNotCallItAViolationWhenItCannotRun() {
        assertThat(simulate("--seeds", "1", "--commands", "200", "--results", folder.toString()))
                .isEqualTo(COULD_NOT_RUN);
        assertThat(err.toString()).isNotBlank();
    }

    private int simulate(String... options) {
        CommandLine ies = Ies.commandLine().setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        String[] arguments = new String[options.length + 1];
        arguments[0] = "simulate";
        System.arraycopy(options, 0, arguments, 1, options.length);
        return ies.execute(arguments);
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class IesTest {
    private static final int USAGE = 2;

    private final StringWriter err = new StringWriter();

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nonsense",
                "scenario",
                "scenario balestrate",
                "scenario balestrate --gateway http://127.0.0.1:1 --data /nowhere",
                "scenario balestrate --gateway nonsense --data FOLDER",
                "scenario balestrate --gateway http://127.0.0.1:1 --data FOLDER --weeks 3",
                "scenario balestrate --gateway http://127.0.0.1:1 --data FOLDER --shops 19",
                "scenario balestrate --gateway http://127.0.0.1:1 --data FOLDER --cards 5 --out FOLDER",
                "scenario balestrate --gateway http://127.0.0.1:1 --data FOLDER --shops 2 --out FOLDER",
                "scenario verify-acks /nowhere.acks --gateway http://127.0.0.1:1 --data FOLDER",
                "replay-transfers /nowhere.csv --gateway http://127.0.0.1:1 --data FOLDER",
                "state-hash",
                "state-hash --data /nowhere",
                "snapshot",
                "snapshot --data /nowhere",
                "snapshot --data FOLDER --reserve-bytes many",
                "journal",
                "journal print",
                "journal segments",
                "journal archive --data FOLDER --live-days 0",
                "journal accept-missing-log --data /nowhere",
                "keys",
                "keys list",
                "keys list --data /nowhere",
                "keys rotate --data FOLDER",
                "keys rotate pin_pepper --data FOLDER",
                "keys rotate qr --data /nowhere",
                "keys retire-qr many --data FOLDER",
                "audit",
                "audit verify",
                "audit verify --data /nowhere",
                "audit verify --data FOLDER",
                "torture --minutes 0",
                "torture --rate 0",
                "trace-durability --payments 0",
            })
    void shouldExitWithTwoOnWrongUsage(String line) {
        assertThat(execute(line)).isEqualTo(USAGE);
        assertThat(err.toString()).isNotBlank();
    }

    @Test
    void shouldExitWithOneAndOneLineWhenNoGatewayAnswers() {
        assertThat(execute("scenario balestrate --gateway http://127.0.0.1:1 --data FOLDER"))
                .isEqualTo(Ies.DISAGREED);
        assertThat(err.toString().strip().lines()).hasSize(1).first().asString().contains("ops/run");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--help",
                "scenario --help",
                "scenario balestrate --help",
                "journal print --help",
                "audit verify --help",
                "--version"
            })
    void shouldExplainItself(String line) {
        assertThat(execute(line)).isZero();
    }

    private int execute(String line) {
        String[] arguments = line.isEmpty()
                ? new String[0]
                : line.replace("FOLDER", folder.toString()).split(" ");
        CommandLine commandLine =
                Ies.commandLine().setErr(new PrintWriter(err, true)).setOut(new PrintWriter(new StringWriter()));
        return commandLine.execute(arguments);
    }
}

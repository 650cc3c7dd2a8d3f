// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.run;

import static org.assertj.core.api.Assertions.assertThat;

import it.socialies.ops.data.DataFolder;
import it.socialies.ops.data.FolderLock;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class RunTest {
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path temporary;

    @Test
    void shouldSayThatTheFolderIsInUse() throws Exception {
        DataFolder folder = new DataFolder(temporary.resolve("data"));
        folder.create();
        try (FolderLock lock = FolderLock.tryAcquire(folder).orElseThrow()) {
            assertThat(lock).isNotNull();
            assertThat(run("--data", folder.root().toString())).isEqualTo(1);
        }
        assertThat(oneLine()).contains("is in use by another ops/run").contains("--data");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.secrets())))
                .isEqualTo("rwx------");
    }

    @Test
    void shouldSayThatThePortIsTaken() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(taken.getLocalPort());
            assertThat(run("--data", temporary.resolve("data").toString(), "--gateway-port", port))
                    .isEqualTo(1);
            assertThat(oneLine()).contains("Port " + port + " is not free").contains("--gateway-port");
        }
    }

    @Test
    void shouldSayThatThePortOfTheConsoleIsTaken() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(taken.getLocalPort());
            String data = temporary.resolve("data").toString();
            assertThat(run("--data", data, "--gateway-port", "18097", "--console-port", port))
                    .isEqualTo(1);
            assertThat(oneLine()).contains("Port " + port + " is not free").contains("--console-port");
        }
    }

    @Test
    void shouldSayThatThePortOfHttpsIsTakenAndThatAFileIsMissing() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(taken.getLocalPort());
            String data = temporary.resolve("data").toString();
            String pem = Files.createFile(temporary.resolve("some.pem")).toString();
            assertThat(run(
                            "--data",
                            data,
                            "--gateway-port",
                            "18097",
                            "--no-console",
                            "--https-port",
                            port,
                            "--https-certificate",
                            pem,
                            "--https-key",
                            pem))
                    .isEqualTo(1);
            assertThat(oneLine()).contains("Port " + port + " is not free").contains("--https-port");
            err.getBuffer().setLength(0);
            assertThat(run("--data", data, "--https-certificate", pem, "--https-key", "nowhere.pem"))
                    .isEqualTo(2);
            assertThat(oneLine()).contains("nowhere.pem cannot be read");
        }
    }

    @Test
    void shouldSayThatTheConsoleIsNotBuilt() {
        System.setProperty("ies.home", temporary.toString());
        try {
            assertThat(run("--data", temporary.resolve("data").toString(), "--gateway-port", "18097"))
                    .isEqualTo(1);
        } finally {
            System.clearProperty("ies.home");
        }
        assertThat(oneLine()).contains("The console is not built").contains("--no-console");
    }

    @Test
    void shouldSayThatPostgresCannotBeReached() {
        String url = "postgresql://admin:secret@127.0.0.1:1";
        String data = temporary.resolve("data").toString();
        assertThat(run("--data", data, "--gateway-port", "18099", "--no-console", "--postgres", url))
                .isEqualTo(1);
        assertThat(oneLine()).contains("127.0.0.1:1").doesNotContain("secret");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--postgres=nonsense",
                "--postgres=http://a:b@host",
                "--postgres=postgresql://host",
                "--gateway-port=x",
                "--console-port=x",
                "--https-port=9443",
                "--https-certificate=pom.xml",
                "--https-key=pom.xml",
                "--unknown"
            })
    void shouldExitWithTwoOnWrongUsage(String argument) {
        assertThat(run("--data", temporary.resolve("data").toString(), argument))
                .isEqualTo(2);
        assertThat(err.toString()).isNotBlank();
    }

    private int run(String... arguments) {
        return new CommandLine(new Run()).setErr(new PrintWriter(err, true)).execute(arguments);
    }

    private String oneLine() {
        assertThat(err.toString().strip().lines()).hasSize(1);
        return err.toString();
    }
}

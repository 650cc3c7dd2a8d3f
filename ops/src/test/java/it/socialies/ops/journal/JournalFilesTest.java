// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.f4b6a3.uuid.UuidCreator;
import it.socialies.engine.client.BlockingClient;
import it.socialies.engine.client.CommandFrame;
import it.socialies.engine.core.ClearingCore;
import it.socialies.engine.core.CoreLimits;
import it.socialies.engine.journal.archive.ArchiveConfig;
import it.socialies.engine.journal.files.DataFolderInUse;
import it.socialies.engine.pipeline.ClearingEngine;
import it.socialies.engine.pipeline.EngineConfig;
import it.socialies.engine.pipeline.EngineEnvironment;
import it.socialies.engine.protocol.sbe.InstallationMode;
import it.socialies.engine.protocol.sbe.PrincipalKind;
import it.socialies.engine.protocol.sbe.ResultCode;
import it.socialies.engine.protocol.sbe.StartInstallationEncoder;
import it.socialies.ops.data.DataFolder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the command line does with the files of a history. */
class JournalFilesTest {
    @TempDir
    private Path root;

    private DataFolder folder;
    private Path log;
    private long last;
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);

    /** An installation that was started and stopped. */
    @BeforeEach
    void start() throws Exception {
        folder = new DataFolder(root);
        log = folder.commitLog().resolve("log.dat");
        try (ClearingEngine engine = launch()) {
            CommandFrame frame = new CommandFrame().from(PrincipalKind.SYSTEM, 0, 0);
            UUID key = UuidCreator.getTimeOrderedEpoch();
            frame.key(key.getMostSignificantBits(), key.getLeastSignificantBits());
            frame.message(new StartInstallationEncoder())
                    .firstPersonId(1)
                    .secondPersonId(2)
                    .mode(InstallationMode.SANDBOX);
            assertThat(new BlockingClient(engine.connect(0))
                            .call(frame)
                            .orElseThrow()
                            .code())
                    .isEqualTo(ResultCode.OK);
            last = engine.durableSequence();
        }
        assertThat(last).isPositive();
    }

    private ClearingEngine launch() throws IOException {
        return ClearingEngine.launch(
                EngineConfig.defaults(root),
                EngineEnvironment.MACHINE,
                () -> new ClearingCore(CoreLimits.defaults(), 7));
    }

    @Test
    void shouldHaveNothingToAcceptWhenTheLogIsThere() throws IOException {
        assertThat(MissingLog.accept(folder, OptionalLong.empty(), out)).isTrue();
        assertThat(MissingLog.accept(folder, OptionalLong.of(last), out)).isTrue();
        assertThat(folder.commitLog().resolve("accepted-losses.log")).doesNotExist();
        launch().close();
    }

    @Test
    void shouldGoOnWithoutTheLogOnlyWhenTheLossIsConfirmed() throws IOException {
        Files.delete(log);
        assertThatThrownBy(this::launch).hasMessageContaining("accept-missing-log");

        assertThat(MissingLog.accept(folder, OptionalLong.empty(), out)).isFalse();
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .contains("record " + last + " (20", "PERDUTI", "LOST", "--confirm " + last);
        assertThat(MissingLog.accept(folder, OptionalLong.of(last - 1), out)).isFalse();
        assertThat(MissingLog.accept(folder, OptionalLong.of(last + 1), out)).isFalse();
        assertThat(log).doesNotExist();
        assertThatThrownBy(this::launch).hasMessageContaining("accept-missing-log");

        assertThat(MissingLog.accept(folder, OptionalLong.of(last), out)).isTrue();
        assertThat(folder.commitLog().resolve("accepted-losses.log")).content().contains("behind " + last + ":");
        try (ClearingEngine engine = launch()) {
            assertThat(engine.durableSequence()).isGreaterThanOrEqualTo(last);
        }
        launch().close();
    }

    @Test
    void shouldKeepALogThatIsOlderThanTheJournal() throws IOException {
        byte[] damaged = Files.readAllBytes(log);
        damaged[0] ^= 1;
        Files.write(log, damaged);
        assertThat(MissingLog.accept(folder, OptionalLong.of(last), out)).isTrue();
        assertThat(Files.mismatch(log.resolveSibling("log.old"), Files.write(root.resolve("copy"), damaged)))
                .isEqualTo(-1);
        launch().close();
    }

    @Test
    void shouldNotTouchAFolderInUse() throws IOException {
        try (ClearingEngine engine = launch()) {
            assertThat(engine.durableSequence()).isPositive();
            assertThatThrownBy(() -> MissingLog.accept(folder, OptionalLong.of(last), out))
                    .isInstanceOf(DataFolderInUse.class);
        }
    }

    @Test
    void shouldListTheFilesOfTheHistory() {
        SegmentTable.print(folder, out);
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .containsPattern("\\d{8}F\\.cq4 +giornale \\| journal +1 +" + last + " ");
    }

    @Test
    void shouldSayWhenThereIsNothingToArchive() throws IOException {
        ArchiveNow.run(folder, ArchiveConfig.DEFAULT, OptionalLong.of(last), out);
        assertThat(printed.toString(StandardCharsets.UTF_8)).contains("Nothing to archive");
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.journal.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import it.socialies.engine.journal.batch.Chain;
import it.socialies.engine.journal.batch.JournalDamaged;
import it.socialies.engine.journal.batch.JournalFailure;
import it.socialies.engine.journal.files.LogFile;
import it.socialies.engine.journal.files.LogFiles;
import it.socialies.engine.journal.fixture.Installation;
import it.socialies.engine.journal.fixture.OtherProcess;
import it.socialies.engine.journal.fixture.Records;
import it.socialies.engine.journal.fixture.SimulatedLogFile;
import it.socialies.engine.journal.queue.ChronicleQueues;
import it.socialies.engine.journal.queue.JournalFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import net.openhft.chronicle.queue.ExcerptAppender;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecoveryTest {
    @TempDir
    Path root;

    @Test
    void shouldStartEmptyTwice() throws IOException {
        try (Installation engine = new Installation(root).start()) {
            assertThat(engine.replayed).isEmpty();
            assertThat(engine.state.report().lines()).isEmpty();
            engine.kill().start();
            assertThat(engine.replayed).isEmpty();
            assertThat(engine.state.report().lines()).isEmpty();
        }
    }

    @Test
    void shouldTakeOverFromTheLogWhatTheQueueLacks() throws IOException {
        try (Installation engine =
                new Installation(root).start().log(40).journal().log(7)) {
            Chain durable = engine.state.log().chain().copy();
            engine.kill().start();
            assertThat(engine.state.chain()).isEqualTo(durable);
            assertThat(engine.state.queue().chain()).isEqualTo(durable);
            assertThat(engine.state.report().toString()).contains("were taken over from the commit log");
            engine.kill().start();
            assertThat(engine.state.chain()).isEqualTo(durable);
            assertThat(engine.state.report().lines()).isEmpty();
            engine.log(3).forceAndRelease();
            durable = engine.state.log().chain().copy();
            engine.kill().start();
            assertThat(engine.state.chain()).isEqualTo(durable);
        }
    }

    @Test
    void shouldTellACleanStop() throws IOException {
        try (Installation engine = new Installation(root).start().log(4).forceAndRelease()) {
            engine.state.log().writeMark(true);
            assertThat(engine.kill().start().state.cleanStop()).isTrue();
            assertThat(engine.kill().start().state.cleanStop()).isFalse();
        }
    }

    @Test
    void shouldReplayAcrossLapsAndDays() throws IOException {
        try (Installation engine = new Installation(root).start()) {
            for (int i = 0; i < 20; i++) {
                engine.log(50).forceAndRelease();
            }
            assertThat(JournalFiles.days(engine.folder.journal())).hasSizeGreaterThan(5);
            engine.log(30);
            long last = engine.lastSequence();
            engine.kill().start();
            assertThat(engine.replayed).hasSize((int) last);
            assertThat(engine.state.nextLogPosition()).isGreaterThan(4L << 20);
        }
    }

    @Test
    void shouldReplayOnlyBehindASnapshot() throws IOException {
        try (Installation engine = new Installation(root).start().log(30)) {
            Chain snapshot = engine.state.log().chain().copy();
            engine.log(10).journal().log(5);
            engine.kill();
            List<Long> replayed = new ArrayList<>();
            engine.state = Recovery.recover(
                    engine.folder,
                    Installation.CONFIG,
                    LogFiles.REAL,
                    snapshot,
                    (b, o, l) -> replayed.add(b.getLong(o + 8)));
            assertThat(replayed.get(0)).isEqualTo(snapshot.sequence() + 1);
            assertThat(replayed).hasSize((int) (engine.state.chain().sequence() - snapshot.sequence()));
        }
    }

    @Test
    void shouldRefuseASnapshotOfAnotherHistory() throws IOException {
        try (Installation engine = new Installation(root).start().log(3).journal()) {
            Chain other = new Chain(engine.lastSequence(), new byte[32]);
            engine.kill();
            assertThatThrownBy(() ->
                            Recovery.recover(engine.folder, Installation.CONFIG, LogFiles.REAL, other, (b, o, l) -> {}))
                    .isInstanceOf(JournalDamaged.class)
                    .hasMessageContaining("another history");
            engine.start();
        }
    }

    @Test
    void shouldLoseOnlyWhatWasNeverSynchronised() throws IOException {
        SimulatedLogFile file = new SimulatedLogFile();
        Files.createDirectories(root);
        try (Installation engine =
                new Installation(root, simulated(file)).start().log(12).journal()) {
            Chain durable = engine.state.log().chain().copy();
            Records.fill(engine.batch, engine.state.log(), 3);
            file.failSync = true;
            assertThatThrownBy(() -> engine.state.log().append(engine.batch)).isInstanceOf(JournalFailure.class);
            file.failSync = false;
            file.losePower();
            engine.kill().start();
            assertThat(engine.state.chain()).isEqualTo(durable);
        }
    }

    @Test
    void shouldKeepATornTailAsideAndGoOn() throws IOException {
        try (Installation engine = new Installation(root).start().log(12).journal()) {
            Chain durable = engine.state.log().chain().copy();
            long at = engine.state.log().position();
            engine.log(1).kill();
            flip(engine.folder.commitLogFile(), at + 150);
            engine.start();
            assertThat(engine.state.chain()).isEqualTo(durable);
            assertThat(engine.state.report().toString()).contains("torn tail", "log position " + at);
            assertThat(engine.folder.commitLog().resolve("torn-" + at + ".bin")).exists();
            engine.kill().start();
            assertThat(engine.state.report().lines()).isEmpty();
            engine.log(5).kill().start();
        }
    }

    @Test
    void shouldRefuseWhenTheLogIsMissingOrOlderThanTheJournal() throws IOException {
        try (Installation engine = new Installation(root).start().log(5).forceAndRelease()) {
            engine.kill();
            byte[] older = Files.readAllBytes(engine.folder.commitLogFile());
            engine.start().log(5).forceAndRelease().kill();
            Files.write(engine.folder.commitLogFile(), older);
            assertThatThrownBy(engine::start)
                    .isInstanceOf(JournalDamaged.class)
                    .hasMessageContaining("older than the journal");
            Files.delete(engine.folder.commitLogFile());
            assertThatThrownBy(engine::start).isInstanceOf(JournalDamaged.class).hasMessageContaining("is missing");
            JournalConfig accepting = new JournalConfig(1L << 20, 64 * 1024, true);
            engine.start(accepting);
            assertThat(engine.state.report().toString()).contains("created anew");
            engine.log(5).kill().start();
        }
    }

    @Test
    void shouldRefuseAnOlderLogUnlessTheLossIsAccepted() throws IOException {
        try (Installation engine = new Installation(root).start().log(5).forceAndRelease()) {
            engine.kill();
            byte[] older = Files.readAllBytes(engine.folder.commitLogFile());
            engine.start().log(5).forceAndRelease().kill();
            long last = engine.lastSequence();
            Files.write(engine.folder.commitLogFile(), older);
            engine.start(new JournalConfig(1L << 20, 64 * 1024, true));
            assertThat(engine.replayed).hasSize((int) last);
            engine.log(5).kill().start();
        }
    }

    @Test
    void shouldRebuildALostJournalFromALogThatNeverWrapped() throws IOException {
        try (Installation engine = new Installation(root).start().log(60).forceAndRelease()) {
            long last = engine.lastSequence();
            engine.kill();
            deleteAll(engine.folder.journal());
            engine.start();
            assertThat(engine.replayed).hasSize((int) last);
        }
    }

    @Test
    void shouldRefuseALostJournalThatTheLogCannotReplace() throws IOException {
        try (Installation engine = new Installation(root).start()) {
            for (int i = 0; i < 10; i++) {
                engine.log(50).forceAndRelease();
            }
            engine.kill();
            List<Path> days = JournalFiles.days(engine.folder.journal());
            Files.delete(days.get(days.size() - 1));
            Files.delete(days.get(days.size() - 2));
            for (int i = 3; i < 15 && i < days.size(); i++) {
                Files.delete(days.get(days.size() - i));
            }
            assertThatThrownBy(engine::start).isInstanceOf(JournalDamaged.class);
        }
    }

    @Test
    void shouldRefuseAMissingDayInTheMiddle() throws IOException {
        try (Installation engine = new Installation(root).start()) {
            for (int i = 0; i < 12; i++) {
                engine.log(50).forceAndRelease();
            }
            engine.kill();
            List<Path> days = JournalFiles.days(engine.folder.journal());
            Files.delete(days.get(2));
            assertThatThrownBy(engine::start)
                    .isInstanceOf(JournalDamaged.class)
                    .hasMessageContaining("journal is damaged at record 101");
        }
    }

    @Test
    void shouldRepairAnUnforcedTailOfTheJournalFromTheLog() throws IOException {
        try (Installation engine = new Installation(root).start().log(40).journal()) {
            Chain durable = engine.state.log().chain().copy();
            engine.kill();
            List<Path> days = JournalFiles.days(engine.folder.journal());
            Path damaged = days.get(days.size() - 2);
            flip(damaged, find(damaged, "IESBATCH", 3) + 140);
            engine.start();
            assertThat(engine.state.chain()).isEqualTo(durable);
            assertThat(engine.state.report().toString()).contains("never forced", "taken over");
            engine.kill().start();
            assertThat(engine.state.report().lines()).isEmpty();
            engine.log(4).journal().kill().start();
        }
    }

    @Test
    void shouldRepairAHoleAtTheEndOfTheJournalFromTheLog() throws IOException {
        try (Installation engine = new Installation(root).start().log(40).journal()) {
            Chain durable = engine.state.log().chain().copy();
            engine.kill();
            List<Path> days = JournalFiles.days(engine.folder.journal());
            Path damaged = days.get(days.size() - 1);
            zero(damaged, find(damaged, "IESBATCH", 1) - 4, 4096);
            engine.start();
            assertThat(engine.state.chain()).isEqualTo(durable);
            engine.kill().start();
            assertThat(engine.state.report().lines()).isEmpty();
            engine.log(4).journal().kill().start();
        }
    }

    @Test
    void shouldRepairAgainWhenARepairWasInterrupted() throws IOException {
        try (Installation engine = new Installation(root).start().log(40).journal()) {
            Chain durable = engine.state.log().chain().copy();
            engine.kill();
            List<Path> days = JournalFiles.days(engine.folder.journal());
            Path damaged = days.get(0);
            flip(damaged, find(damaged, "IESBATCH", 3) + 140);
            Files.delete(JournalFiles.metadata(engine.folder.journal()));
            Files.delete(days.get(days.size() - 1));
            engine.start();
            assertThat(engine.state.chain()).isEqualTo(durable);
        }
    }

    @Test
    void shouldRefuseDamageThatTheLogCannotHeal() throws IOException {
        try (Installation engine = new Installation(root).start()) {
            for (int i = 0; i < 12; i++) {
                engine.log(50).forceAndRelease();
            }
            engine.kill();
            Path day = JournalFiles.days(engine.folder.journal()).get(1);
            flip(day, find(day, "IESBATCH", 3) + 140);
            assertThatThrownBy(engine::start)
                    .isInstanceOf(JournalDamaged.class)
                    .hasMessageContaining("journal is damaged at record 5");
        }
    }

    @Test
    void shouldContinueAfterAKillInTheMiddleOfADocument() throws Exception {
        OtherProcess.run(DieInTheMiddle.class, root.toString());
        try (Installation engine = new Installation(root).start()) {
            assertThat(engine.replayed).hasSizeGreaterThan(20);
            assertThat(engine.state.report().toString()).contains("taken over");
            Chain durable = engine.state.chain();
            engine.kill().start();
            assertThat(engine.state.chain()).isEqualTo(durable);
            assertThat(engine.state.report().lines()).isEmpty();
            engine.log(4).forceAndRelease().log(2).kill().start();
        }
    }

    /** Dies holding Chronicle's write lock, with a document begun. */
    static final class DieInTheMiddle {
        @SuppressWarnings("MustBeClosed")
        public static void main(String[] args) throws IOException {
            Installation engine =
                    new Installation(Path.of(args[0])).start().log(20).journal().log(1);
            ExcerptAppender appender = ChronicleQueues.openForAppend(
                            engine.folder.journal(), () -> 20_000 * Records.DAY_MS + Records.DAY_MS)
                    .createAppender();
            appender.writingDocument().wire().bytes().write(new byte[200]);
            Runtime.getRuntime().halt(9);
        }
    }

    static LogFiles simulated(SimulatedLogFile file) {
        return new LogFiles() {
            @Override
            public LogFile open(Path path) {
                return file;
            }

            @Override
            public LogFile create(Path path) throws IOException {
                Files.createFile(path);
                return file;
            }
        };
    }

    private static void flip(Path file, long offset) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[(int) offset] ^= 1;
        Files.write(file, bytes);
    }

    private static void zero(Path file, long offset, int length) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        Arrays.fill(bytes, (int) offset, (int) offset + length, (byte) 0);
        Files.write(file, bytes);
    }

    /** Offset of the n-th occurrence, from 0. */
    private static long find(Path file, String text, int n) throws IOException {
        String bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
        int at = bytes.indexOf(text);
        for (int i = 0; i < n; i++) {
            at = bytes.indexOf(text, at + 1);
        }
        assertThat(at).isPositive();
        return at;
    }

    private static void deleteAll(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
    }
}

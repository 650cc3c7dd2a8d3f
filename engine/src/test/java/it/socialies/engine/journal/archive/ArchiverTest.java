// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.journal.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.ZstdInputStream;
import it.socialies.engine.journal.batch.BatchHandler;
import it.socialies.engine.journal.batch.BatchRecords;
import it.socialies.engine.journal.batch.Chain;
import it.socialies.engine.journal.batch.JournalDamaged;
import it.socialies.engine.journal.files.DataFolder;
import it.socialies.engine.journal.files.DurableFiles;
import it.socialies.engine.journal.files.LogFiles;
import it.socialies.engine.journal.files.ProcessLock;
import it.socialies.engine.journal.fixture.Installation;
import it.socialies.engine.journal.fixture.OtherProcess;
import it.socialies.engine.journal.fixture.Records;
import it.socialies.engine.journal.queue.JournalFiles;
import it.socialies.engine.journal.reader.HistorySegment;
import it.socialies.engine.journal.reader.HistorySegments;
import it.socialies.engine.journal.reader.JournalTailer;
import it.socialies.engine.journal.reader.RecordReader;
import it.socialies.engine.journal.recovery.Recovery;
import it.socialies.engine.protocol.RecordDescriptor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Days that moved to the archive, and everybody who reads the history. */
class ArchiverTest {
    private static final ArchiveConfig KEEP_ONE = new ArchiveConfig(1, 100, 0);

    @TempDir
    Path root;

    private final MutableDirectBuffer record = new UnsafeBuffer(new byte[RecordDescriptor.MAX_RECORD_LENGTH]);

    @Test
    void shouldMoveSealedDaysAndKeepTheNewest() throws IOException {
        try (Installation engine = tenDays()) {
            int days = JournalFiles.days(engine.folder.journal()).size();
            ArchiveReport report =
                    Archiver.run(engine.folder, KEEP_ONE.withLiveDays(3), Long.MAX_VALUE, DurableFiles.REAL);
            assertThat(report.segments()).isEqualTo(days - 4);
            assertThat(JournalFiles.days(engine.folder.journal())).hasSize(4);
            assertThat(archived(engine)).hasSize(days - 4);
            assertThat(report.archiveBytes()).isLessThan(report.rawBytes());
            assertThat(report.lines()).hasSize(days - 4);
            assertWhole(engine);
            engine.log(40).forceAndRelease();
            assertWhole(engine);
            engine.kill().start();
            assertThat(engine.replayed).hasSize((int) engine.lastSequence());
        }
    }

    @Test
    void shouldLeaveWhatASnapshotOrTheProjectionStillNeeds() throws IOException {
        try (Installation engine = tenDays()) {
            Archiver.run(engine.folder, KEEP_ONE, 99, DurableFiles.REAL);
            List<ArchiveName> files = archived(engine);
            assertThat(files).isNotEmpty();
            assertThat(files.getLast().lastSequence()).isLessThanOrEqualTo(99);
            assertWhole(engine);
        }
    }

    @Test
    void shouldTakeNoMoreDaysThanItIsToldAndGoOnNextTime() throws IOException {
        try (Installation engine = tenDays()) {
            ArchiveConfig two = new ArchiveConfig(1, 2, 0);
            ArchiveReport report = Archiver.run(engine.folder, two, Long.MAX_VALUE, DurableFiles.REAL);
            assertThat(report.segments()).isEqualTo(2);
            assertThat(report.lines().getLast()).contains("next run goes on");
            Archiver.run(engine.folder, two, Long.MAX_VALUE, DurableFiles.REAL);
            assertThat(archived(engine)).hasSize(4);
            assertWhole(engine);
        }
    }

    @Test
    void shouldReadAnyRecordOfArchiveAndJournal() throws IOException {
        try (Installation engine = tenDays();
                RecordReader early = RecordReader.open(engine.folder)) {
            assertThat(early.read(3, record)).isPositive();
            archiveAll(engine);
            try (RecordReader late = RecordReader.open(engine.folder)) {
                List<Long> sequences = new ArrayList<>(
                        LongStream.rangeClosed(1, engine.lastSequence()).boxed().toList());
                Collections.shuffle(sequences, new Random(7));
                for (long sequence : sequences) {
                    for (RecordReader reader : List.of(early, late)) {
                        int length = reader.read(sequence, record);
                        assertThat(length).as("record %s", sequence).isPositive();
                        assertThat(new UnsafeBuffer(record, 0, length))
                                .isEqualTo(new UnsafeBuffer(Records.record(sequence)));
                    }
                }
                assertThat(late.read(engine.lastSequence() + 1, record)).isZero();
            }
        }
    }

    @Test
    void shouldContinueBehindAnyKnownBatch() throws IOException {
        try (Installation engine = new Installation(root).start()) {
            List<Chain> chains = new ArrayList<>(List.of(new Chain()));
            for (int i = 0; i < 150; i++) {
                engine.log(1).forceAndRelease();
                chains.add(engine.state.log().chain().copy());
            }
            archiveAll(engine);
            Chain found = new Chain();
            try (JournalTailer tailer = JournalTailer.open(engine.folder);
                    RecordReader reader = RecordReader.open(engine.folder)) {
                for (int i = 0; i < chains.size(); i++) {
                    tailer.moveAfter(chains.get(i));
                    assertThat(tailer.poll((b, o, l) -> {}, 1000))
                            .as("behind %s", chains.get(i))
                            .isEqualTo(150 - i);
                    assertThat(reader.chainAt(chains.get(i).sequence(), found)).isTrue();
                    assertThat(found).isEqualTo(chains.get(i));
                }
                Chain other = new Chain(chains.get(5).sequence(), new byte[32]);
                assertThatThrownBy(() -> tailer.moveAfter(other)).hasMessageContaining("another history");
            }
            engine.kill();
            for (Chain snapshot : List.of(chains.get(3), chains.get(70), chains.get(149))) {
                List<Long> replayed = new ArrayList<>();
                engine.state = Recovery.recover(
                        engine.folder,
                        Installation.CONFIG,
                        LogFiles.REAL,
                        snapshot,
                        (b, o, l) -> replayed.add(b.getLong(o + 8)));
                assertThat(replayed).hasSize((int) (engine.lastSequence() - snapshot.sequence()));
                assertThat(replayed.getFirst()).isEqualTo(snapshot.sequence() + 1);
                engine.kill();
            }
            engine.start();
        }
    }

    @Test
    void shouldGoOnInTheArchiveWhenTheNextDayWasMovedUnderAReader() throws IOException {
        try (Installation engine = tenDays();
                JournalTailer slow = JournalTailer.open(engine.folder);
                JournalTailer inTheMiddle = JournalTailer.open(engine.folder)) {
            List<Long> read = new ArrayList<>();
            BatchHandler handler =
                    (b, o, l) -> BatchRecords.forEach(b, o, 0, (r, ro, rl) -> read.add(r.getLong(ro + 8)));
            slow.poll(handler, 3);
            inTheMiddle.poll((b, o, l) -> {}, 60);
            archiveAll(engine);
            while (slow.poll(handler, 10) > 0) {
                // Through archive and journal.
            }
            assertThat(read)
                    .containsExactlyElementsOf(LongStream.rangeClosed(1, engine.lastSequence())
                            .boxed()
                            .toList());
            engine.log(40).journal();
            while (slow.poll(handler, 10) + inTheMiddle.poll((b, o, l) -> {}, 10) > 0) {
                // Both follow the engine.
            }
            assertThat(slow.chain()).isEqualTo(engine.state.log().chain());
            assertThat(inTheMiddle.chain()).isEqualTo(engine.state.log().chain());
        }
    }

    @Test
    void shouldArchiveFromAnotherProcessWhileTheEngineAppends() throws Exception {
        try (Installation engine = tenDays();
                JournalTailer tailer = JournalTailer.open(engine.folder);
                RecordReader reader = RecordReader.open(engine.folder)) {
            for (int round = 0; round < 3; round++) {
                tailer.poll((b, o, l) -> {}, 20);
                Process archiver = OtherProcess.start(ArchiveAll.class, root.toString());
                while (archiver.isAlive()) {
                    if (engine.lastSequence() < 4_000) {
                        engine.log(5).forceAndRelease();
                    }
                    assertThat(reader.read(1, record)).isPositive();
                    assertThat(reader.read(engine.lastSequence() / 2, record)).isPositive();
                    tailer.poll((b, o, l) -> {}, 2);
                }
                assertThat(archiver.exitValue()).isZero();
            }
            assertThat(archived(engine)).isNotEmpty();
            assertWhole(engine);
            while (tailer.poll((b, o, l) -> {}, 100) > 0) {
                // Until the end.
            }
            assertThat(tailer.chain()).isEqualTo(engine.state.log().chain());
            engine.kill().start();
            assertThat(engine.state.report().lines()).isEmpty();
            engine.log(20).forceAndRelease();
            assertWhole(engine);
        }
    }

    /** Archives what it can. */
    static final class ArchiveAll {
        public static void main(String[] args) {
            Archiver.run(DataFolder.at(Path.of(args[0])), KEEP_ONE, Long.MAX_VALUE, DurableFiles.REAL);
        }
    }

    @Test
    void shouldStandOnTheArchiveAndTheLogWhenTheJournalIsLost() throws IOException {
        try (Installation engine = new Installation(root).start().log(100).forceAndRelease()) {
            archiveAll(engine);
            assertThat(archived(engine)).isNotEmpty();
            engine.kill();
            for (Path day : JournalFiles.days(engine.folder.journal())) {
                Files.delete(day);
            }
            Files.delete(JournalFiles.metadata(engine.folder.journal()));
            engine.start();
            assertThat(engine.replayed).hasSize((int) engine.lastSequence());
            assertWhole(engine);
        }
    }

    @Test
    void shouldWriteAgainWhatIsDamagedInTheArchiveWhileTheJournalHasIt() throws IOException {
        try (Installation engine = tenDays()) {
            Path oldest = JournalFiles.days(engine.folder.journal()).getFirst();
            byte[] original = Files.readAllBytes(oldest);
            archiveAll(engine);
            Files.write(oldest, original);
            Path file = archived(engine).getFirst().path();
            flip(file, Files.size(file) / 2);
            assertWhole(engine);
            ArchiveReport report = archiveAll(engine);
            assertThat(report.lines().getFirst()).contains("written again from the journal", file.toString());
            assertThat(oldest).doesNotExist();
            assertThat(file.resolveSibling(file.getFileName() + ".damaged")).exists();
            assertWhole(engine);
        }
    }

    @Test
    void shouldNotTouchADayThatIsDamaged() throws IOException {
        try (Installation engine = tenDays()) {
            Path oldest = JournalFiles.days(engine.folder.journal()).getFirst();
            long at = new String(Files.readAllBytes(oldest), java.nio.charset.StandardCharsets.ISO_8859_1)
                    .lastIndexOf("IESBATCH");
            flip(oldest, at + 200);
            assertThatThrownBy(() -> archiveAll(engine))
                    .isInstanceOf(JournalDamaged.class)
                    .hasMessageContaining(oldest.getFileName().toString());
            assertThat(oldest).exists();
            assertThat(archived(engine)).isEmpty();
        }
    }

    @Test
    void shouldRefuseAHistoryThatDoesNotContinueTheArchive() throws IOException {
        try (Installation engine = tenDays()) {
            archiveAll(engine);
            ArchiveName last = archived(engine).getLast();
            engine.log(100).forceAndRelease();
            Files.delete(last.path());
            assertThatThrownBy(() -> archiveAll(engine))
                    .isInstanceOf(ArchiveDamaged.class)
                    .hasMessageContaining("does not end with " + last.lastSequence());
        }
    }

    @Test
    void shouldRefuseWithoutAFileInTheMiddle() throws IOException {
        try (Installation engine = tenDays()) {
            archiveAll(engine);
            Chain snapshot = engine.state.log().chain().copy();
            ArchiveName middle = archived(engine).get(2);
            Files.delete(middle.path());
            String missing = "records " + middle.firstSequence() + " to " + middle.lastSequence() + " are in none of";
            try (JournalTailer tailer = JournalTailer.open(engine.folder);
                    RecordReader reader = RecordReader.open(engine.folder)) {
                assertThatThrownBy(() -> tailer.poll((b, o, l) -> {}, 1000))
                        .isInstanceOfSatisfying(
                                ArchiveDamaged.class,
                                damage -> assertThat(damage.sequence()).isEqualTo(middle.firstSequence()))
                        .hasMessageContaining(missing);
                assertThat(tailer.chain().sequence()).isEqualTo(middle.firstSequence() - 1);
                assertThat(reader.read(middle.firstSequence(), record)).isZero();
                assertThat(reader.read(middle.lastSequence() + 1, record)).isPositive();
            }
            engine.kill();
            assertRefused(engine, new Chain(), missing);
            assertRefused(engine, snapshot, missing);
        }
    }

    @Test
    void shouldRefuseWithoutTheNewestFileOfTheArchive() throws IOException {
        try (Installation engine = tenDays()) {
            archiveAll(engine);
            Chain snapshot = engine.state.log().chain().copy();
            ArchiveName newest = archived(engine).getLast();
            Files.delete(newest.path());
            engine.kill();
            String missing = "records " + newest.firstSequence() + " to " + newest.lastSequence() + " are in none of";
            assertRefused(engine, new Chain(), missing);
            assertRefused(engine, snapshot, missing);
            assertThatThrownBy(() -> assertWhole(engine)).hasMessageContaining(missing);
        }
    }

    @Test
    void shouldRefuseToReplayADamagedArchiveButStartFromASnapshotBehindIt() throws IOException {
        try (Installation engine = tenDays()) {
            archiveAll(engine);
            Chain snapshot = engine.state.log().chain().copy();
            Path file = archived(engine).get(1).path();
            flip(file, ArchiveFormat.HEADER_LENGTH + 40);
            engine.kill();
            assertRefused(engine, new Chain(), file + ": block 0 at byte 256");
            engine.state =
                    Recovery.recover(engine.folder, Installation.CONFIG, LogFiles.REAL, snapshot, (b, o, l) -> {});
        }
    }

    private static void assertRefused(Installation engine, Chain startAfter, String why) {
        assertThatThrownBy(() -> Recovery.recover(
                        engine.folder, Installation.CONFIG, LogFiles.REAL, startAfter, (b, o, l) -> {}))
                .isInstanceOf(ArchiveDamaged.class)
                .hasMessageContaining(why);
    }

    @Test
    void shouldStopWhenTheDiskHasNoRoom() throws IOException {
        try (Installation engine = tenDays()) {
            ArchiveReport report = Archiver.run(
                    engine.folder, new ArchiveConfig(1, 100, Long.MAX_VALUE), Long.MAX_VALUE, DurableFiles.REAL);
            assertThat(report.segments()).isZero();
            assertThat(report.lines().getFirst()).contains("stays");
            assertThat(engine.folder.journalArchive()).isDirectoryContaining("glob:**.lock");
            assertThat(engine.folder.journalArchive()).isDirectoryNotContaining("glob:**.new");
            assertWhole(engine);
        }
    }

    @Test
    void shouldLetOneArchiverInAtATime() throws IOException {
        try (Installation engine = tenDays()) {
            Files.createDirectories(engine.folder.journalArchive());
            try (ProcessLock other =
                    ProcessLock.tryAcquire(engine.folder.journalArchive().resolve("archiver.lock"))) {
                assertThat(other).isNotNull();
                ArchiveReport report = archiveAll(engine);
                assertThat(report.segments()).isZero();
                assertThat(report.lines().getFirst()).contains("another");
            }
            assertThat(archiveAll(engine).segments()).isPositive();
        }
    }

    @Test
    void shouldGiveItsBatchesToAnyToolThatReadsZstandard() throws IOException {
        try (Installation engine = tenDays()) {
            ByteArrayOutputStream expected = new ByteArrayOutputStream();
            try (JournalTailer tailer = JournalTailer.open(engine.folder)) {
                tailer.poll(
                        (buffer, offset, length) -> {
                            byte[] batch = new byte[length];
                            buffer.getBytes(offset, batch);
                            expected.writeBytes(batch);
                        },
                        Integer.MAX_VALUE);
            }
            archiveAll(engine);
            ByteArrayOutputStream unpacked = new ByteArrayOutputStream();
            for (ArchiveName name : archived(engine)) {
                try (InputStream in = new ZstdInputStream(Files.newInputStream(name.path()))) {
                    in.transferTo(unpacked);
                }
            }
            assertThat(unpacked.size()).isPositive();
            assertThat(expected.toByteArray()).startsWith(unpacked.toByteArray());
        }
    }

    @Test
    void shouldListTheFilesOfTheHistory() throws IOException {
        try (Installation engine = tenDays()) {
            int days = JournalFiles.days(engine.folder.journal()).size();
            Archiver.run(engine.folder, KEEP_ONE, 199, DurableFiles.REAL);
            List<HistorySegment> segments = HistorySegments.list(engine.folder);
            assertThat(segments).hasSize(days);
            long next = 1;
            for (HistorySegment segment : segments) {
                assertThat(segment.firstSequence()).isEqualTo(next);
                assertThat(segment.archived()).isEqualTo(segment.lastSequence() < 200);
                assertThat(segment.path()).exists();
                assertThat(segment.firstTimestampMs()).isEqualTo(stampOf(segment.firstSequence()));
                assertThat(segment.lastTimestampMs()).isEqualTo(stampOf(segment.lastSequence()));
                assertThat(segment.rawBytes()).isGreaterThan(50 * RecordDescriptor.HEADER_LENGTH);
                if (segment.archived()) {
                    assertThat(segment.storedBytes())
                            .isLessThan(segment.rawBytes())
                            .isEqualTo(Files.size(segment.path()));
                } else {
                    assertThat(segment.storedBytes()).isLessThanOrEqualTo(Files.size(segment.path()));
                }
                next = segment.lastSequence() + 1;
            }
            assertThat(next).isEqualTo(engine.lastSequence() + 1);
        }
    }

    private static long stampOf(long sequence) {
        return Records.record(sequence).getLong(RecordDescriptor.TIMESTAMP_OFFSET, java.nio.ByteOrder.LITTLE_ENDIAN);
    }

    private Installation tenDays() throws IOException {
        Installation engine = new Installation(root).start();
        for (int i = 0; i < 5; i++) {
            engine.log(40).forceAndRelease();
        }
        return engine;
    }

    private static ArchiveReport archiveAll(Installation engine) {
        return Archiver.run(engine.folder, KEEP_ONE, Long.MAX_VALUE, DurableFiles.REAL);
    }

    static List<ArchiveName> archived(Installation engine) {
        return new ArchiveFolder(engine.folder.journalArchive()).files();
    }

    /** The history from zero, by a new reader, is what the engine wrote. */
    static void assertWhole(Installation engine) {
        List<Long> read = new ArrayList<>();
        try (JournalTailer tailer = JournalTailer.openForAudit(engine.folder)) {
            tailer.poll(
                    (b, o, l) -> BatchRecords.forEach(b, o, 0, (r, ro, rl) -> {
                        assertThat(new UnsafeBuffer(r, ro, rl))
                                .isEqualTo(new UnsafeBuffer(Records.record(read.size() + 1L)));
                        read.add(r.getLong(ro + 8));
                    }),
                    Integer.MAX_VALUE);
            assertThat(tailer.chain()).isEqualTo(engine.state.log().chain());
        }
        assertThat(read).hasSize((int) engine.lastSequence());
    }

    static void flip(Path file, long offset) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[(int) offset] ^= 1;
        Files.write(file, bytes);
    }
}

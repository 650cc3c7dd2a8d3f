// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.journal.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import it.socialies.engine.journal.archive.ArchiveConfig;
import it.socialies.engine.journal.archive.ArchiveFolder;
import it.socialies.engine.journal.archive.ArchiveName;
import it.socialies.engine.journal.archive.Archiver;
import it.socialies.engine.journal.batch.JournalDamaged;
import it.socialies.engine.journal.examination.HistoryFault;
import it.socialies.engine.journal.examination.HistoryFault.Kind;
import it.socialies.engine.journal.files.DataFolder;
import it.socialies.engine.journal.files.DurableFiles;
import it.socialies.engine.journal.fixture.Installation;
import it.socialies.engine.journal.fixture.Records;
import it.socialies.engine.journal.fixture.Tampering;
import it.socialies.engine.journal.fixture.Tampering.Placed;
import it.socialies.engine.journal.queue.JournalFiles;
import it.socialies.engine.journal.recovery.JournalConfig;
import it.socialies.engine.protocol.BatchDescriptor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an audit says of a history that somebody changed, and that a start of the engine agrees. */
class HistoryAuditTest {
    /** The last batches that the commit log of {@link Installation#CONFIG} surely holds. */
    private static final int LOG_BATCHES = 100;

    @TempDir
    Path temp;

    private Path root;

    @BeforeEach
    void name() {
        root = temp.resolve("data");
    }

    // ---------------------------------------------------------------- nothing wrong

    @Test
    void shouldFindNothingWhereNothingIs() throws IOException {
        assertThat(audit().faults()).isEmpty();
        new Installation(root).start().close();
        HistoryReport report = audit();
        assertThat(report.faults()).isEmpty();
        assertThat(report.end().sequence()).isZero();
    }

    @Test
    void shouldFindNothingInAnyStateThatAnEngineLeaves() throws IOException {
        try (Installation engine = new Installation(root).start()) {
            for (int i = 0; i < 12; i++) {
                engine.log(50).forceAndRelease().log(3).kill();
                HistoryReport killed = audit();
                assertThat(killed.faults()).as("round %d", i).isEmpty();
                assertThat(killed.start().takenOver()).isPositive();
                engine.start();
                assertThat(killed.end()).isEqualTo(engine.state.chain());
                engine.state.log().writeMark(true);
                HistoryReport stopped = audit();
                assertThat(stopped.faults()).as("round %d", i).isEmpty();
                assertThat(stopped.start().takenOver()).isZero();
                assertThat(stopped.start().cleanStop()).isTrue();
                assertThat(stopped.end()).isEqualTo(engine.state.chain());
            }
            assertThat(engine.state.nextLogPosition()).isGreaterThan(2L << 20);
        }
    }

    @Test
    void shouldFindNothingBehindALogThatWasCreatedAnew() throws IOException {
        try (Installation engine = new Installation(root).start().log(30).forceAndRelease()) {
            engine.kill();
            Files.delete(engine.folder.commitLogFile());
            assertThat(audit().faults())
                    .singleElement()
                    .extracting(HistoryFault::kind)
                    .isEqualTo(Kind.LOG_UNUSABLE);
            engine.start(new JournalConfig(1L << 20, 64 * 1024, true)).log(20).forceAndRelease();
            assertThat(audit().faults()).isEmpty();
        }
    }

    @Test
    void shouldReadABackupWithoutChroniclesMetadata() throws IOException {
        Installation engine = town();
        Files.delete(JournalFiles.metadata(engine.folder.journal()));
        HistoryReport report = audit();
        assertThat(report.faults()).isEmpty();
        assertThat(report.end().sequence()).isEqualTo(engine.lastSequence());
    }

    // ---------------------------------------------------------------- bytes of the journal

    @Test
    void shouldNameTheRecordOfAByteInTheJournal() throws IOException {
        Installation engine = town();
        List<Placed> batches = Tampering.batches(engine.folder.journal());
        for (int i = 7; i < batches.size(); i += 97) {
            Placed batch = batches.get(i);
            List<long[]> places = batch.recordBytes();
            for (int j = i % 13; j < places.size(); j += 37) {
                long offset = places.get(j)[0];
                long sequence = places.get(j)[1];
                Tampering.flip(batch.file(), offset);
                HistoryReport report = audit();
                HistoryFault fault = report.faults().getFirst();
                assertThat(fault.firstSequence())
                        .as("byte %d: %s", offset, fault)
                        .isEqualTo(sequence);
                assertThat(fault.kind()).isEqualTo(Kind.RECORD);
                assertThat(fault.file()).isEqualTo("journal/" + batch.file().getFileName());
                assertThat(fault.fileOffset()).isBetween(batch.offset(), offset);
                assertThat(report.isDamaged()).isTrue();
                assertEndsAt(report, batch.firstSequence() - 1, engine);
                Tampering.flip(batch.file(), offset);
            }
        }
        assertThat(audit().faults()).isEmpty();
    }

    @Test
    void shouldNameTheBatchOfAByteInAHeaderOfTheJournal() throws IOException {
        Installation engine = town();
        Placed batch = Tampering.batches(engine.folder.journal()).get(120);
        for (int i = 0; i < BatchDescriptor.HEADER_LENGTH; i += 7) {
            Tampering.flip(batch.file(), batch.offset() + i);
            HistoryReport report = audit();
            HistoryFault fault = report.faults().getFirst();
            assertThat(fault.kind()).isIn(Kind.BATCH_HEADER, Kind.RECORDS_MISSING);
            assertThat(fault.firstSequence()).isEqualTo(batch.firstSequence());
            assertThat(fault.lastSequence()).isEqualTo(batch.lastSequence());
            assertThat(report.faults()).hasSize(1);
            Tampering.flip(batch.file(), batch.offset() + i);
        }
        assertStartAgrees();
    }

    @Test
    void shouldNameEveryDamagedBatchNotOnlyTheFirst() throws IOException {
        Installation engine = town();
        List<Placed> batches = Tampering.batches(engine.folder.journal());
        for (int i : new int[] {10, 40, 41, 90}) {
            Tampering.flip(batches.get(i).file(), batches.get(i).offset() + 140);
        }
        assertThat(audit().faults())
                .extracting(HistoryFault::firstSequence)
                .containsExactly(
                        batches.get(10).firstSequence(),
                        batches.get(40).firstSequence(),
                        batches.get(41).firstSequence(),
                        batches.get(90).firstSequence());
        assertThat(audit().start().refusal())
                .contains("record " + batches.get(10).firstSequence());
        assertStartAgrees();
    }

    @Test
    void shouldSeeTwoBatchesThatChangedPlaces() throws IOException {
        List<Placed> batches = Tampering.batches(town().folder.journal());
        int i = Tampering.neighboursFrom(batches, 100);
        Placed one = batches.get(i);
        Placed other = batches.get(i + 1);
        Tampering.swapNeighbours(one, other);
        List<HistoryFault> faults = audit().faults();
        assertThat(faults).hasSize(2);
        assertThat(faults).allSatisfy(fault -> {
            assertThat(fault.firstSequence()).isEqualTo(one.firstSequence());
            assertThat(fault.lastSequence()).isEqualTo(one.lastSequence());
        });
        assertThat(faults)
                .extracting(HistoryFault::kind)
                .containsExactlyInAnyOrder(Kind.RECORDS_MISSING, Kind.BATCH_MISPLACED);
        assertStartAgrees();
    }

    @Test
    void shouldSeeABatchThatStandsTwice() throws IOException {
        List<Placed> batches = Tampering.batches(town().folder.journal());
        Placed once = batches.get(100);
        Placed twice = batches.stream()
                .filter(batch -> batch.firstSequence() > once.firstSequence() && batch.length() == once.length())
                .findFirst()
                .orElseThrow();
        Tampering.copy(once, twice);
        List<HistoryFault> faults = audit().faults();
        assertThat(faults).hasSize(2);
        assertThat(faults).anySatisfy(fault -> {
            assertThat(fault.kind()).isEqualTo(Kind.BATCH_MISPLACED);
            assertThat(fault.firstSequence()).isEqualTo(once.firstSequence());
            assertThat(fault.detail()).contains("stands again");
        });
        assertThat(faults).anySatisfy(fault -> {
            assertThat(fault.kind()).isEqualTo(Kind.RECORDS_MISSING);
            assertThat(fault.firstSequence()).isEqualTo(twice.firstSequence());
            assertThat(fault.lastSequence()).isEqualTo(twice.lastSequence());
        });
        assertStartAgrees();
    }

    @Test
    void shouldSeeAPageOfZeros() throws IOException {
        Installation engine = town();
        List<Placed> batches = Tampering.batches(engine.folder.journal());
        Placed first = batches.get(100);
        long page = first.offset() / 4096 * 4096;
        Tampering.zero(first.file(), page, 4096);
        List<Placed> hit = batches.stream()
                .filter(batch -> batch.file().equals(first.file())
                        && batch.offset() < page + 4096
                        && batch.offset() + batch.length() > page)
                .toList();
        HistoryReport report = audit();
        assertThat(report.faults().getFirst().firstSequence())
                .isBetween(hit.getFirst().firstSequence(), hit.getFirst().lastSequence());
        assertThat(report.isDamaged()).isTrue();
        assertStartAgrees();
    }

    @Test
    void shouldSeeAMissingDay() throws IOException {
        Installation engine = town();
        List<Placed> batches = Tampering.batches(engine.folder.journal());
        Path day = JournalFiles.days(engine.folder.journal()).get(2);
        List<Placed> gone =
                batches.stream().filter(batch -> batch.file().equals(day)).toList();
        Files.delete(day);
        assertThat(audit().faults()).singleElement().satisfies(fault -> {
            assertThat(fault.kind()).isEqualTo(Kind.RECORDS_MISSING);
            assertThat(fault.firstSequence()).isEqualTo(gone.getFirst().firstSequence());
            assertThat(fault.lastSequence()).isEqualTo(gone.getLast().lastSequence());
        });
        assertStartAgrees();
    }

    @Test
    void shouldSeeAFileThatWasCutAnywhere() throws IOException {
        Installation engine = town();
        List<Path> days = JournalFiles.days(engine.folder.journal());
        for (Path day : List.of(days.get(1), days.getLast())) {
            byte[] whole = Files.readAllBytes(day);
            List<Placed> batches = Tampering.batches(engine.folder.journal()).stream()
                    .filter(batch -> batch.file().equals(day))
                    .toList();
            long first = batches.getFirst().offset();
            long end = batches.getLast().offset() + batches.getLast().length();
            List<Long> lengths = new ArrayList<>(List.of(0L, 1L, 100L, 4096L, first - 4, end - 8));
            for (long length = first; length < end; length += (end - first) / 4) {
                lengths.add(length);
            }
            for (long cut : lengths) {
                Tampering.cut(day, cut);
                Placed hit = batches.stream()
                        .filter(batch -> batch.offset() + batch.length() > cut)
                        .findFirst()
                        .orElseThrow();
                HistoryReport report = audit();
                assertThat(report.isDamaged())
                        .as("cut at %d of %s: %s", cut, day, report)
                        .isTrue();
                assertThat(report.faults().getFirst().firstSequence())
                        .as("cut at %d of %s: %s", cut, day, report)
                        .isBetween(hit.firstSequence(), hit.lastSequence());
                assertStartAgrees();
                Files.write(day, whole);
            }
        }
    }

    // ---------------------------------------------------------------- archive

    @Test
    void shouldReadArchiveAndJournalAsOneHistory() throws IOException {
        Installation engine = town();
        HistoryReport before = audit();
        archive(engine);
        HistoryReport after = audit();
        assertThat(after.faults()).isEmpty();
        assertThat(after.end()).isEqualTo(before.end());
        assertThat(after.batches()).isEqualTo(before.batches());
        assertStartAgrees();
    }

    @Test
    void shouldNameEveryDamagedFileOfTheArchive() throws IOException {
        Installation engine = town();
        List<ArchiveName> files = archive(engine);
        ArchiveName one = files.get(1);
        ArchiveName other = files.get(4);
        Tampering.flip(one.path(), Files.size(one.path()) / 2);
        Tampering.cut(other.path(), Files.size(other.path()) - 10);
        List<HistoryFault> faults = audit().faults();
        assertThat(faults)
                .hasSize(2)
                .allSatisfy(fault -> assertThat(fault.kind()).isEqualTo(Kind.ARCHIVE));
        assertThat(faults.get(0).file()).endsWith(one.path().getFileName().toString());
        assertThat(faults.get(0).firstSequence()).isBetween(one.firstSequence(), one.lastSequence());
        assertThat(faults.get(1).file()).endsWith(other.path().getFileName().toString());
        assertThat(faults.get(1).firstSequence()).isBetween(other.firstSequence(), other.lastSequence());
        assertThat(audit().end().sequence()).isLessThan(one.lastSequence());
        assertStartAgrees();
    }

    @Test
    void shouldSeeAMissingFileOfTheArchive() throws IOException {
        Installation engine = town();
        ArchiveName gone = archive(engine).get(2);
        Files.delete(gone.path());
        assertThat(audit().faults()).singleElement().satisfies(fault -> {
            assertThat(fault.kind()).isEqualTo(Kind.ARCHIVE);
            assertThat(fault.firstSequence()).isEqualTo(gone.firstSequence());
            assertThat(fault.detail()).contains("to " + gone.lastSequence());
        });
        assertStartAgrees();
    }

    @Test
    void shouldReadBehindTheArchiveWhenTheJournalWasCut() throws IOException {
        Installation engine = town();
        archive(engine);
        Path day = JournalFiles.days(engine.folder.journal()).getFirst();
        List<Placed> batches = Tampering.batches(engine.folder.journal());
        Tampering.cut(day, batches.get(3).offset() + 10);
        HistoryReport report = audit();
        assertThat(report.faults().getFirst().firstSequence())
                .isEqualTo(batches.get(3).firstSequence());
        assertStartAgrees();
    }

    private List<ArchiveName> archive(Installation engine) {
        Archiver.run(engine.folder, new ArchiveConfig(1, 1_000, 0), Long.MAX_VALUE, DurableFiles.REAL);
        List<ArchiveName> files = new ArchiveFolder(engine.folder.journalArchive()).files();
        assertThat(files).hasSizeGreaterThan(5);
        return files;
    }

    // ---------------------------------------------------------------- bytes of the commit log

    @Test
    void shouldNameTheRecordOfAByteInTheLogsCopy() throws IOException {
        Installation engine = town();
        Path log = engine.folder.commitLogFile();
        byte[] bytes = Files.readAllBytes(log);
        List<Placed> batches = Tampering.batches(engine.folder.journal());
        for (Placed batch : batches.subList(batches.size() - LOG_BATCHES, batches.size()).stream()
                .filter(each -> each.firstSequence() % 7 == 0)
                .toList()) {
            byte[] journal = Files.readAllBytes(batch.file());
            long inLog = find(bytes, journal, (int) batch.offset());
            for (long[] place : batch.recordBytes().stream()
                    .filter(each -> each[0] % 97 == 0)
                    .toList()) {
                long offset = inLog + place[0] - batch.offset();
                Tampering.flip(log, offset);
                HistoryReport report = audit();
                assertThat(report.faults()).singleElement().satisfies(fault -> {
                    assertThat(fault.kind()).isEqualTo(Kind.LOG_COPY);
                    assertThat(fault.firstSequence()).isEqualTo(place[1]);
                    assertThat(fault.file()).isEqualTo("commit-log/log.dat");
                });
                assertThat(report.start().refusal()).isNull();
                assertThat(report.end().sequence()).isEqualTo(engine.lastSequence());
                Tampering.flip(log, offset);
            }
            Tampering.flip(log, inLog + 20);
            assertThat(audit().faults()).singleElement().satisfies(fault -> {
                assertThat(fault.kind()).isEqualTo(Kind.LOG_COPY);
                assertThat(fault.firstSequence()).isEqualTo(batch.firstSequence());
            });
            assertStartAgrees();
            Tampering.flip(log, inLog + 20);
        }
        assertThat(audit().faults()).isEmpty();
    }

    @Test
    void shouldRefuseForAnyByteOfARecordThatOnlyTheLogHolds() throws IOException {
        try (Installation engine = new Installation(root).start().log(30).forceAndRelease()) {
            long journaled = engine.lastSequence();
            long position = engine.state.log().position();
            engine.log(1);
            long damaged = engine.lastSequence();
            engine.log(3).kill();
            Path log = engine.folder.commitLogFile();
            for (long offset = position; offset < position + 300; offset += 23) {
                Tampering.flip(log, offset);
                HistoryReport report = audit();
                assertThat(report.faults()).as("byte %d", offset).isNotEmpty();
                assertThat(report.faults().getFirst().kind()).isEqualTo(Kind.LOG_RECORDS);
                assertThat(report.faults().getFirst().firstSequence()).isBetween(journaled + 1, damaged);
                assertStartAgrees();
                Tampering.flip(log, offset);
            }
            assertThat(audit().faults()).isEmpty();
        }
    }

    @Test
    void shouldTellATornTailFromDamage() throws IOException {
        try (Installation engine = new Installation(root).start().log(12).journal()) {
            long at = engine.state.log().position();
            long last = engine.lastSequence();
            engine.log(1).kill();
            Tampering.flip(engine.folder.commitLogFile(), at + 150);
            HistoryReport report = audit();
            assertThat(report.isDamaged()).isFalse();
            assertThat(report.faults()).singleElement().satisfies(fault -> {
                assertThat(fault.kind()).isEqualTo(Kind.TORN_TAIL);
                assertThat(fault.logPosition()).isEqualTo(at);
                assertThat(fault.firstSequence()).isEqualTo(last + 1);
            });
            assertThat(report.start().tornPosition()).isEqualTo(at);
            assertThat(report.end().sequence()).isEqualTo(last);
            assertStartAgrees();
            engine.start();
            assertThat(audit().faults()).isEmpty();
        }
    }

    @Test
    void shouldTellAnUnforcedEndOfTheJournalFromDamage() throws IOException {
        try (Installation engine = new Installation(root).start().log(40).journal()) {
            engine.kill();
            Placed last = Tampering.batches(engine.folder.journal()).getLast();
            Tampering.flip(last.file(), last.offset() + 140);
            HistoryReport report = audit();
            assertThat(report.isDamaged()).isFalse();
            assertThat(report.faults()).singleElement().satisfies(fault -> {
                assertThat(fault.kind()).isEqualTo(Kind.JOURNAL_TAIL);
                assertThat(fault.firstSequence()).isEqualTo(last.firstSequence());
                assertThat(fault.lastSequence()).isEqualTo(engine.lastSequence());
            });
            assertThat(report.start().rewritesJournal()).isTrue();
            assertThat(report.end().sequence()).isEqualTo(engine.lastSequence());
            assertStartAgrees();
        }
    }

    @Test
    void shouldNotTakeAnAlteredRecordForAnUnforcedEnd() throws IOException {
        try (Installation engine = new Installation(root).start().log(40).journal()) {
            engine.kill();
            Placed altered = Tampering.batches(engine.folder.journal()).get(20);
            Tampering.flip(altered.file(), altered.offset() + 140);
            HistoryReport report = audit();
            assertThat(report.isDamaged()).isTrue();
            assertThat(report.faults()).singleElement().satisfies(fault -> {
                assertThat(fault.kind()).isEqualTo(Kind.RECORD);
                assertThat(fault.firstSequence()).isEqualTo(altered.firstSequence());
                assertThat(fault.fileOffset()).isEqualTo(altered.offset() + BatchDescriptor.HEADER_LENGTH);
            });
            assertThat(report.start().rewritesJournal()).isTrue();
            assertThat(report.end().sequence()).isEqualTo(engine.lastSequence());
            assertStartAgrees();
        }
    }

    @Test
    void shouldSeeALogThatWasCutOrIsOlderOrHasABadHeader() throws IOException {
        try (Installation engine = new Installation(root).start().log(5).forceAndRelease()) {
            engine.kill();
            Path log = engine.folder.commitLogFile();
            byte[] older = Files.readAllBytes(log);
            engine.start().log(5).forceAndRelease().kill();
            byte[] newer = Files.readAllBytes(log);
            Files.write(log, older);
            assertLogUnusable("older than the journal");
            Files.write(log, newer);
            Tampering.cut(log, newer.length - 4096);
            assertLogUnusable("another size");
            Files.write(log, newer);
            Tampering.flip(log, 17);
            assertLogUnusable("damaged file header");
        }
    }

    private void assertLogUnusable(String why) throws IOException {
        HistoryReport report = audit();
        assertThat(report.faults()).singleElement().satisfies(fault -> {
            assertThat(fault.kind()).isEqualTo(Kind.LOG_UNUSABLE);
            assertThat(fault.detail()).contains(why);
        });
        assertStartAgrees();
    }

    @Test
    void shouldSeeAnotherHistoryInTheJournalThanInTheLog() throws IOException {
        Installation engine = town();
        byte[] log = Files.readAllBytes(engine.folder.commitLogFile());
        // The same numbers of records in other batches: a history that somebody wrote anew, sound in itself.
        Path forged = temp.resolve("forged");
        try (Installation other = new Installation(forged).start()) {
            Records.fill(other.batch, other.state.log(), 2);
            other.state.log().append(other.batch);
            other.state.queue().append(other.batch.buffer(), 0, other.batch.batchLength());
            for (int i = 0; i < 8; i++) {
                other.log(50).forceAndRelease();
            }
            other.state.log().writeMark(true);
        }
        Tampering.copyFolder(forged.resolve("journal"), root.resolve("journal"));
        Files.write(engine.folder.commitLogFile(), log);
        HistoryReport report = audit();
        assertThat(report.faults()).extracting(HistoryFault::kind).contains(Kind.LOG_CONTRADICTS);
        assertThat(report.start().refusal()).isNotNull();
        assertStartAgrees();
    }

    // ---------------------------------------------------------------- helpers

    /** A stopped installation whose log has wrapped, with some days in its journal. */
    private Installation town() throws IOException {
        Installation engine = new Installation(root).start();
        for (int i = 0; i < 8; i++) {
            engine.log(50).forceAndRelease();
        }
        engine.state.log().writeMark(true);
        return engine.kill();
    }

    private HistoryReport audit() throws IOException {
        return HistoryAudit.run(DataFolder.at(root), (buffer, offset, length, chain) -> {});
    }

    private static void assertEndsAt(HistoryReport report, long sequence, Installation engine) {
        long expected = report.start().rewritesJournal() ? engine.lastSequence() : sequence;
        assertThat(report.end().sequence()).isEqualTo(expected);
    }

    /** A real start on a copy does what the audit foretold. */
    private void assertStartAgrees() throws IOException {
        HistoryReport report = audit();
        Path copy = temp.resolve("copy");
        Tampering.copyFolder(root, copy);
        String refusal = report.start().refusal();
        Installation engine = new Installation(copy);
        if (refusal != null) {
            assertThatThrownBy(engine::start)
                    .isInstanceOfSatisfying(
                            JournalDamaged.class,
                            damage -> assertThat(refusal).contains("record " + damage.sequence()));
            return;
        }
        engine.start();
        assertThat(engine.state.chain()).isEqualTo(report.end());
        String told = engine.state.report().toString();
        assertThat(told.contains("torn tail")).as(told).isEqualTo(report.start().tornPosition() >= 0);
        assertThat(told.contains("journal-damaged"))
                .as(told)
                .isEqualTo(report.start().rewritesJournal());
        assertThat(told.contains("taken over"))
                .as(told)
                .isEqualTo(report.start().takenOver() > 0);
        engine.kill();
    }

    private static long find(byte[] log, byte[] journal, int offset) {
        String header = new String(journal, offset, BatchDescriptor.HEADER_LENGTH, StandardCharsets.ISO_8859_1);
        return new String(log, StandardCharsets.ISO_8859_1).indexOf(header);
    }
}

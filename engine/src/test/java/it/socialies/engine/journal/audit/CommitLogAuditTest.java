// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.journal.audit;

import static org.assertj.core.api.Assertions.assertThat;

import it.socialies.engine.journal.examination.HistoryFault;
import it.socialies.engine.journal.examination.HistoryFault.Kind;
import it.socialies.engine.journal.fixture.Installation;
import it.socialies.engine.journal.fixture.Records;
import it.socialies.engine.journal.fixture.Tampering;
import it.socialies.engine.journal.fixture.Tampering.Placed;
import it.socialies.engine.protocol.BatchDescriptor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What an audit says of a commit log that somebody changed or a power cut left, and that a start of the engine agrees. */
class CommitLogAuditTest extends AuditedTown {

    /** The last batches that the commit log of {@link Installation#CONFIG} surely holds. */
    private static final int LOG_BATCHES = 100;

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

    private static long find(byte[] log, byte[] journal, int offset) {
        String header = new String(journal, offset, BatchDescriptor.HEADER_LENGTH, StandardCharsets.ISO_8859_1);
        return new String(log, StandardCharsets.ISO_8859_1).indexOf(header);
    }
}

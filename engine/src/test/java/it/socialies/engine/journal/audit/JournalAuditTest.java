// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.journal.audit;

import static org.assertj.core.api.Assertions.assertThat;

import it.socialies.engine.journal.examination.HistoryFault;
import it.socialies.engine.journal.examination.HistoryFault.Kind;
import it.socialies.engine.journal.fixture.Installation;
import it.socialies.engine.journal.fixture.Tampering;
import it.socialies.engine.journal.fixture.Tampering.Placed;
import it.socialies.engine.journal.queue.JournalFiles;
import it.socialies.engine.protocol.BatchDescriptor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What an audit says of a journal that somebody changed, and that a start of the engine agrees. */
class JournalAuditTest extends AuditedTown {
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
}

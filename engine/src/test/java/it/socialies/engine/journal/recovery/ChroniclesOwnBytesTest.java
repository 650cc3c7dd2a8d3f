// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.journal.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import it.socialies.engine.journal.audit.HistoryAudit;
import it.socialies.engine.journal.audit.HistoryReport;
import it.socialies.engine.journal.files.DataFolder;
import it.socialies.engine.journal.fixture.Installation;
import it.socialies.engine.journal.fixture.Tampering;
import it.socialies.engine.journal.fixture.Tampering.Placed;
import it.socialies.engine.journal.queue.JournalFiles;
import it.socialies.engine.journal.reader.RecordReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.agrona.ExpandableArrayBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Between the batches lie bytes of Chronicle's own: headers, indexes, positions, lists. No checksum guards them, so whatever happens to them,
 * no record may be lost, hidden or doubled, and the engine goes on.
 */
class ChroniclesOwnBytesTest {
    private static final long SEED = 20_270_301L;
    private static final int FLIPS = 6;

    /** Everything before the first document: the day's header and its indexes. */
    private static final int INDEXES_LENGTH = 65_808;

    private static final int SECTOR_LENGTH = 512;

    @TempDir
    Path temp;

    private Path root;
    private Path copy;
    private long last;

    @BeforeEach
    void town() throws IOException {
        root = temp.resolve("data");
        copy = temp.resolve("copy");
        Installation engine = new Installation(root).start();
        for (int i = 0; i < 8; i++) {
            engine.log(50).forceAndRelease();
        }
        engine.state.log().writeMark(true);
        last = engine.lastSequence();
        engine.kill();
    }

    @Test
    void shouldNotMatterInTheMetadata() throws IOException {
        Path metadata = JournalFiles.metadata(root.resolve("journal"));
        flipSome(metadata, notZero(metadata, 512));
    }

    @Test
    void shouldNotMatterInTheNewestDay() throws IOException {
        Path day = days().getLast();
        flipSome(day, notZero(day, INDEXES_LENGTH));
        flipSome(day, headersOfDocuments(day));
    }

    @Test
    void shouldNotMatterInAnOlderDay() throws IOException {
        Path day = days().get(3);
        flipSome(day, notZero(day, INDEXES_LENGTH));
        flipSome(day, headersOfDocuments(day));
    }

    @Test
    void shouldNotMatterAtTheEndOfADay() throws IOException {
        Path day = days().get(3);
        int end = (int) batchesOf(day).getLast().end();
        afterwards(day, "end mark", bytes -> bytes[end + 1] ^= 1);
        afterwards(day, "no end mark", bytes -> {
            for (int i = 0; i < 4; i++) {
                bytes[end + i] = 0;
            }
        });
    }

    @Test
    void shouldNotMatterWhereAnAppenderBegins() throws IOException {
        Path day = days().getLast();
        // The day's write position, and the same with the number of the document there.
        for (int offset : new int[] {0x40, 0x41, 0x48, 0x4C}) {
            afterwards(day, "write position, byte " + offset, bytes -> bytes[offset] ^= 4);
        }
    }

    @Test
    void shouldNotMatterThatADayHasNoBeginning() throws IOException {
        for (Path day : List.of(days().get(3), days().getLast())) {
            afterwards(day, "no beginning", bytes -> {
                for (int i = 0; i < 4; i++) {
                    bytes[i] = 0;
                }
            });
        }
    }

    @Test
    void shouldNotMatterThatADayWasJustBegun() throws IOException {
        Tampering.copyFolder(root, copy);
        Files.createFile(copy.resolve("journal").resolve("20300101F.cq4"));
        goesOn("an empty file");
    }

    /** What a cut of power leaves of a journal's first hour: the log has it all, and of the day's file each sector is on the disk or not. */
    @Test
    void shouldNotMatterWhichSectorsOfAYoungDayAreOnTheDisk() throws IOException {
        root = temp.resolve("young");
        Installation engine = new Installation(root).start().log(2).journal();
        last = engine.lastSequence();
        engine.kill();
        Path day = days().getFirst();
        List<Integer> sectors = sectorsInUse(day);
        assertThat(sectors).hasSizeBetween(3, 6);
        for (int lost = 0; lost < 1 << sectors.size(); lost++) {
            int bits = lost;
            Tampering.copyFolder(root, copy);
            Tampering.change(copy.resolve(root.relativize(day)), bytes -> {
                for (int i = 0; i < sectors.size(); i++) {
                    if ((bits >>> i & 1) != 0) {
                        Arrays.fill(bytes, sectors.get(i), sectors.get(i) + SECTOR_LENGTH, (byte) 0);
                    }
                }
            });
            try (Installation started = new Installation(copy).start()) {
                assertThat(started.lastSequence())
                        .as("sectors %s, lost %s", sectors, Integer.toBinaryString(bits))
                        .isEqualTo(last);
            }
        }
    }

    private static List<Integer> sectorsInUse(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        List<Integer> sectors = new ArrayList<>();
        for (int sector = 0; sector < bytes.length; sector += SECTOR_LENGTH) {
            if (!Arrays.equals(bytes, sector, sector + SECTOR_LENGTH, new byte[SECTOR_LENGTH], 0, SECTOR_LENGTH)) {
                sectors.add(sector);
            }
        }
        return sectors;
    }

    private void flipSome(Path file, List<Integer> offsets) throws IOException {
        Random random = new Random(SEED);
        for (int i = 0; i < FLIPS; i++) {
            int offset = offsets.get(random.nextInt(offsets.size()));
            int bit = 1 << random.nextInt(8);
            afterwards(file, "seed " + SEED + ", byte " + offset + " bit " + bit, bytes -> bytes[offset] ^= (byte) bit);
        }
    }

    private void afterwards(Path file, String what, Tampering.Change change) throws IOException {
        Tampering.copyFolder(root, copy);
        Tampering.change(copy.resolve(root.relativize(file)), change);
        goesOn(what + " of " + file.getFileName());
    }

    private void goesOn(String what) throws IOException {
        HistoryReport report = audit();
        assertThat(report.isDamaged()).as("%s: %s", what, report).isFalse();
        assertThat(report.end().sequence()).as("%s: %s", what, report).isEqualTo(last);
        assertThat(report.start().refusal()).as("%s: %s", what, report).isNull();

        Installation engine = new Installation(copy).start();
        assertThat(engine.state.chain()).as(what).isEqualTo(report.end());
        boolean isOfADay = !what.contains("metadata"); // which every start makes anew, without a word
        if (report.start().rewritesJournal() && isOfADay) {
            assertThat(engine.state.report().toString()).as(what).contains("journal-damaged");
        }
        engine.log(5).forceAndRelease().log(3).journal().kill();
        long longer = engine.lastSequence();
        engine.start();
        assertThat(engine.state.chain().sequence()).as(what).isEqualTo(longer);
        engine.state.log().writeMark(true);
        engine.kill();
        assertThat(audit().faults())
                .as(what)
                .allSatisfy(fault -> assertThat(fault.firstSequence()).isZero());
        readsEveryRecord(longer, what);
    }

    private void readsEveryRecord(long longer, String what) {
        ExpandableArrayBuffer record = new ExpandableArrayBuffer();
        try (RecordReader reader = RecordReader.open(DataFolder.at(copy))) {
            for (long sequence = 1; sequence <= longer; sequence += 97) {
                assertThat(reader.read(sequence, record))
                        .as("%s: record %d", what, sequence)
                        .isPositive();
            }
        }
    }

    private HistoryReport audit() throws IOException {
        return HistoryAudit.run(DataFolder.at(copy), (buffer, offset, length, chain) -> {});
    }

    private List<Path> days() throws IOException {
        return JournalFiles.days(root.resolve("journal"));
    }

    private List<Placed> batchesOf(Path day) throws IOException {
        return Tampering.batches(root.resolve("journal")).stream()
                .filter(batch -> batch.file().equals(day))
                .toList();
    }

    private List<Integer> headersOfDocuments(Path day) throws IOException {
        List<Integer> offsets = new ArrayList<>();
        for (Placed batch : batchesOf(day)) {
            for (int i = 1; i <= 4; i++) {
                offsets.add((int) batch.offset() - i);
            }
        }
        return offsets;
    }

    private static List<Integer> notZero(Path file, int length) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        List<Integer> offsets = new ArrayList<>();
        for (int i = 0; i < length; i++) {
            if (bytes[i] != 0) {
                offsets.add(i);
            }
        }
        return offsets;
    }
}

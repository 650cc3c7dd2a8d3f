// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import it.socialies.engine.journal.batch.JournalDamaged;
import it.socialies.engine.snapshot.SnapshotSummary;
import it.socialies.ops.figures.Cents;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** {@code ops/ies audit verify} on the files of a real engine: exit codes and texts. What the audit finds byte by byte is tested with the engine. */
class AuditVerifyTest extends TownFolder {
    @Test
    void shouldTellTheFiguresOfASoundHistory() throws Exception {
        assertThat(verify()).isEqualTo(Ies.AGREED);
        SnapshotSummary newest = newestTotals(data);
        String paid = Cents.format(5L * AuditedTown.PAYMENTS_A_DAY * AuditedTown.PAYMENT_CENTS);
        assertThat(newest.sequence()).isEqualTo(last);
        assertThat(printed)
                .contains("INTEGRA | SOUND: registrazioni | records 1 … " + String.format(Locale.ROOT, "%,d", last))
                .contains("chain: " + newest.chain())
                .contains(String.format(Locale.ROOT, "coreHash: %016x", newest.coreHash()))
                .contains(String.format(Locale.ROOT, "ledgerHash: %016x", newest.ledgerHash()))
                .containsPattern("cir_1 +EUR +" + paid + " +" + paid + " +0\\.00\n")
                .containsPattern(last + "\\.snapshot: concorda con la storia \\| agrees with the history")
                .containsPattern(last + "\\.totals\\.json: concorda")
                .doesNotContain("GUASTO");
    }

    @Test
    void shouldReadBesideARunningEngine() throws Exception {
        try (AuditedTown engine = AuditedTown.reopen(data, 4, proposalsSoFar())) {
            engine.pay();
            assertThat(verify()).isEqualTo(Ies.AGREED);
            assertThat(printed)
                    .contains("an engine uses the folder")
                    .contains(String.format(Locale.ROOT, "1 … %,d, ", engine.lastSequence()));
        }
    }

    @Test
    void shouldNameAByteThatWasFlippedInTheJournal() throws Exception {
        Path day = oldestDay();
        List<Long> batches = batches(day);
        flip(day, batches.get(1) + BODY_BYTE);
        assertThat(verify()).isEqualTo(Ies.DISAGREED);
        assertThat(printed)
                .contains("GUASTO | FAULT: journal/" + day.getFileName() + ", byte ")
                .contains("una registrazione non è quella scritta | a record is not what was written")
                .contains("DANNEGGIATA | DAMAGED: ");
        deleteSnapshots();
        assertThatThrownBy(() -> AuditedTown.reopen(data, 4, 0).close())
                .isInstanceOf(JournalDamaged.class)
                .hasMessageContaining("record ");
    }

    @Test
    void shouldNameAByteThatWasFlippedInABatchHeader() throws Exception {
        Path day = oldestDay();
        flip(day, batches(day).get(2) + 40);
        assertThat(verify()).isEqualTo(Ies.DISAGREED);
        assertThat(printed)
                .contains("FAULT: journal/" + day.getFileName() + ", byte "
                        + batches(day).get(2))
                .contains("the header of a batch is not what was written");
    }

    @Test
    void shouldNameAByteThatWasFlippedInTheCommitLog() throws Exception {
        Path log = data.resolve("commit-log/log.dat");
        List<Long> batches = newestLast(log, batches(log));
        long batch = batches.get(batches.size() - IN_THE_LOG);
        flip(log, batch + BODY_BYTE);
        assertThat(verify()).isEqualTo(Ies.DISAGREED);
        assertThat(printed)
                .contains("FAULT: commit-log/log.dat, byte " + batch)
                .contains("the commit log's copy is altered; the journal has the records");
    }

    @Test
    void shouldNotTellAThousandFaultsOneByOne() throws Exception {
        Path log = data.resolve("commit-log/log.dat");
        List<Long> batches = newestLast(log, batches(log));
        long newest = batches.getLast();
        for (long batch : batches) {
            if (batch != newest) {
                flip(log, batch + BODY_BYTE);
            }
        }
        assertThat(verify()).isEqualTo(Ies.DISAGREED);
        assertThat(printed.lines().filter(line -> line.startsWith("GUASTO"))).hasSize(100);
        assertThat(printed).containsPattern("… e altri \\| and more: \\d+\n").containsPattern("faults 1\\d\\d,");
    }

    @Test
    void shouldNameAJournalThatWasCut() throws Exception {
        Path day = oldestDay();
        List<Long> batches = batches(day);
        try (FileChannel channel = FileChannel.open(day, StandardOpenOption.WRITE)) {
            channel.truncate(batches.get(batches.size() / 2));
        }
        assertThat(verify()).isEqualTo(Ies.DISAGREED);
        assertThat(printed).contains("journal/" + day.getFileName()).contains("records are missing");
    }

    @Test
    void shouldNameTwoBatchesThatWereSwapped() throws Exception {
        Path day = oldestDay();
        List<Long> batches = batches(day);
        int first = neighboursOfOneLength(batches);
        byte[] bytes = Files.readAllBytes(day);
        int one = batches.get(first).intValue();
        int other = batches.get(first + 1).intValue();
        int length = other - one - 4;
        try (FileChannel channel = FileChannel.open(day, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(bytes, other, length), one);
            channel.write(ByteBuffer.wrap(bytes, one, length), other);
        }
        assertThat(verify()).isEqualTo(Ies.DISAGREED);
        assertThat(printed)
                .contains("records are missing")
                .contains("a batch stands again, or in another place than it was written");
    }

    @Test
    void shouldNameAFileOfTheArchiveThatWasDamaged() throws Exception {
        Path archived = files(data.resolve("journal-archive")).getFirst();
        flip(archived, Files.size(archived) / 2);
        assertThat(verify()).isEqualTo(Ies.DISAGREED);
        assertThat(printed)
                .contains("FAULT: journal-archive/" + archived.getFileName())
                .contains("a file of the archive is missing, or not what was written");
    }

    @Test
    void shouldNameASnapshotThatWasDamaged() throws Exception {
        Path snapshot = snapshot(last);
        flip(snapshot, Files.size(snapshot) / 2);
        assertThat(verify()).isEqualTo(Ies.DISAGREED);
        assertThat(printed)
                .contains("FAULT: snapshots/" + snapshot.getFileName() + ", record " + last)
                .contains("the journal can give it again")
                .containsPattern("block \\d+ at byte \\d+ is damaged|its digest");
        assertThat(printed.lines().filter(line -> line.startsWith("GUASTO"))).hasSize(1);
    }

    @Test
    void shouldNotTakeATornTailForDamage() throws Exception {
        Path log = data.resolve("commit-log/log.dat");
        tearTail(log);
        assertThat(verify()).isEqualTo(Ies.AGREED);
        assertThat(printed)
                .contains("DA SISTEMARE ALL'AVVIO | MENDED BY A START: commit-log/log.dat, byte ")
                .contains("torn tail of a write that was never acknowledged")
                .contains("SOUND");
        AuditedTown.reopen(data, 4, 0).close();
        assertThat(files(data.resolve("commit-log")).stream()
                        .map(file -> file.getFileName().toString()))
                .anyMatch(name -> name.startsWith("torn-"));
        assertThat(verify()).isEqualTo(Ies.AGREED);
        assertThat(printed).doesNotContain("MENDED BY A START");
    }

    @Test
    void shouldSayWhenNothingCanBeProven() throws Exception {
        assertThat(verify("--checkpoint", temp.resolve("nowhere").toString())).isEqualTo(UNREADABLE);
        assertThat(verify("--checkpoint", write("nonsense", "nonsense").toString()))
                .isEqualTo(UNREADABLE);
        assertThat(verify("--checkpoint", write("empty.json", "{}").toString())).isEqualTo(UNREADABLE);
        Path kept = write("kept.json", checkpoint(data).json().encode());
        assertThat(verify(
                        "--checkpoint",
                        kept.toString(),
                        "--jwks",
                        write("no.json", "{}").toString()))
                .isEqualTo(UNREADABLE);
        assertThat(verify("--jwks", kept.toString())).isEqualTo(UNREADABLE);
        data = Files.createDirectory(temp.resolve("empty"));
        assertThat(verify()).isEqualTo(UNREADABLE);
        assertThat(printed).isEmpty();
    }
}

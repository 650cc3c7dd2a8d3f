// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.cli;

import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.util.Base64URL;
import io.vertx.core.json.JsonObject;
import it.socialies.engine.journal.batch.JournalDamaged;
import it.socialies.engine.journal.files.DataFolder;
import it.socialies.engine.protocol.BatchDescriptor;
import it.socialies.engine.snapshot.SnapshotFolder;
import it.socialies.engine.snapshot.SnapshotSummary;
import it.socialies.gateway.audit.Checkpoint;
import it.socialies.gateway.security.AuditKeys;
import it.socialies.gateway.security.Secrets;
import it.socialies.ops.figures.Cents;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code ops/ies audit verify} on the files of a real engine: exit codes and texts. What the audit finds byte by byte is tested with the engine.
 */
class AuditVerifyTest {
    /** Nothing was proven, in either direction. */
    private static final int UNREADABLE = 2;

    /** A byte of the body of a batch's first record. */
    private static final int BODY_BYTE = BatchDescriptor.HEADER_LENGTH + 70;
    /** So many batches at the end of the commit log it surely still has. */
    private static final int IN_THE_LOG = 40;

    @TempDir
    private static Path shared;

    private static Path town;
    private static Path olderCopy;
    private static long last;

    @TempDir
    private Path temp;

    private Path data;
    private String printed = "";
    private final PrintStream console = System.out;

    /** Two days in the archive, three in the journal, two snapshots; and a copy that was taken before the last day. */
    @BeforeAll
    static void live() throws Exception {
        town = shared.resolve("town");
        olderCopy = shared.resolve("older");
        long proposals;
        try (AuditedTown engine = AuditedTown.create(town)) {
            for (int day = 0; day < 4; day++) {
                engine.pay();
                engine.nextDay();
            }
            proposals = engine.proposals();
        }
        assertThat(Ies.execute("snapshot", "--data", town.toString())).isZero();
        copy(town, olderCopy);
        try (AuditedTown engine = AuditedTown.reopen(town, 4, proposals)) {
            engine.pay();
        }
        assertThat(Ies.execute("snapshot", "--data", town.toString())).isZero();
        last = newestTotals(town).sequence();
        assertThat(Ies.execute(
                        "journal",
                        "archive",
                        "--data",
                        town.toString(),
                        "--live-days",
                        "2",
                        "--projected",
                        Long.toString(last)))
                .isZero();
        assertThat(files(town.resolve("journal-archive"))).isNotEmpty();
        assertThat(files(town.resolve("snapshots")).stream()
                        .filter(file -> file.toString().endsWith(".snapshot")))
                .hasSize(2);
    }

    @BeforeEach
    void copyOfTheTown() throws Exception {
        data = temp.resolve("data");
        copy(town, data);
    }

    @AfterEach
    void giveBackTheConsole() {
        System.setOut(console);
    }

    // ---------------------------------------------------------------- nothing wrong

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

    // ---------------------------------------------------------------- damage

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

    // ---------------------------------------------------------------- checkpoints

    @Test
    void shouldAgreeWithItsOwnCheckpointAndItsSignature() throws Exception {
        AuditKeys keys = keys("keys");
        Path jws = write("kept.jws", keys.sign(checkpoint(data).claims().encode()));
        Path jwks = write("keys.json", keys.publicJwks());
        assertThat(verify("--checkpoint", jws.toString())).isEqualTo(Ies.AGREED);
        assertThat(printed).contains("agrees with the history; firma NON verificata (manca --jwks)");
        assertThat(verify("--checkpoint", jws.toString(), "--jwks", jwks.toString()))
                .isEqualTo(Ies.AGREED);
        assertThat(printed).contains("signature good, key ");

        JsonObject answer = checkpoint(data).json();
        Path json = write("answer.json", answer.encode());
        assertThat(verify("--checkpoint", json.toString())).isEqualTo(Ies.AGREED);
        assertThat(verify("--checkpoint", json.toString(), "--jwks", jwks.toString()))
                .isEqualTo(UNREADABLE);
        Path signed =
                write("signed.json", answer.put("jws", Files.readString(jws)).encode());
        assertThat(verify("--checkpoint", signed.toString(), "--jwks", jwks.toString()))
                .isEqualTo(Ies.AGREED);
        Path altered = write("altered.json", answer.put("sequence", 1).encode());
        assertThat(verify("--checkpoint", altered.toString())).isEqualTo(UNREADABLE);
    }

    @Test
    void shouldNotBelieveASignatureOfAnotherKey() throws Exception {
        Path jws = write("kept.jws", keys("one").sign(checkpoint(data).claims().encode()));
        Path jwks = write("keys.json", keys("other").publicJwks());
        assertThat(verify("--checkpoint", jws.toString(), "--jwks", jwks.toString()))
                .isEqualTo(Ies.DISAGREED);
        assertThat(printed)
                .contains("the checkpoint's signature is not the installation's", "no key of these has the id");
        AuditKeys keys = keys("one");
        JWSObject kept = JWSObject.parse(Files.readString(jws));
        JsonObject claims = new JsonObject(kept.getPayload().toString());
        String forged = kept.getHeader().toBase64URL() + "."
                + Base64URL.encode(claims.put("chain", "00".repeat(32)).encode())
                + "." + kept.getSignature();
        Path altered = write("altered.jws", forged);
        Path own = write("own.json", keys.publicJwks());
        assertThat(verify("--checkpoint", altered.toString(), "--jwks", own.toString()))
                .isEqualTo(Ies.DISAGREED);
        assertThat(printed).contains("did not sign these bytes", "does NOT agree");
    }

    @Test
    void shouldCatchAnOlderCopyByTheCheckpointAndNotWithout() throws Exception {
        Path kept = write("kept.json", checkpoint(data).json().encode());
        copy(olderCopy, data);
        assertThat(verify()).isEqualTo(Ies.AGREED);
        long end = newestTotals(data).sequence();
        assertThat(verify("--checkpoint", kept.toString())).isEqualTo(Ies.DISAGREED);
        assertThat(printed)
                .contains("an older copy was put back, or the end of the history was taken away")
                .contains("the history ends at " + end + ", before the checkpoint's " + last);
    }

    @Test
    void shouldSeeThatOnlyTheJournalOfAnOlderCopyWasPutBack() throws Exception {
        copy(olderCopy, data);
        Files.copy(
                town.resolve("snapshots").resolve(snapshot(last).getFileName()),
                data.resolve("snapshots").resolve(snapshot(last).getFileName()));
        assertThat(verify()).isEqualTo(Ies.DISAGREED);
        assertThat(printed).contains("the snapshot is ahead of the history: an older copy was put back");
    }

    @Test
    void shouldHoldTheHistoryAgainstTheCheckpointsBesideIt() throws Exception {
        AuditKeys keys = keys("keys");
        Path folder = Files.createDirectory(data.resolve("checkpoints"));
        Files.writeString(folder.resolve("keys.json"), keys.publicJwks());
        for (Checkpoint checkpoint : List.of(checkpoint(olderCopy), checkpoint(data))) {
            Files.writeString(
                    folder.resolve(String.format(Locale.ROOT, "%020d.jws", checkpoint.sequence())),
                    keys.sign(checkpoint.claims().encode()));
        }
        assertThat(verify()).isEqualTo(Ies.AGREED);
        assertThat(printed).contains("checkpoints/: 2/2 concordano");

        Path newest = folder.resolve(String.format(Locale.ROOT, "%020d.jws", last));
        flip(newest, Files.size(newest) - 20);
        assertThat(verify()).isEqualTo(Ies.DISAGREED);
        assertThat(printed).contains("FAULT: checkpoints/" + newest.getFileName() + ", record " + last);
        flip(newest, Files.size(newest) - 20);

        Path kept = temp.resolve("checkpoints");
        copy(folder, kept);
        copy(olderCopy, data);
        copy(kept, folder);
        assertThat(verify()).isEqualTo(Ies.DISAGREED);
        assertThat(printed)
                .contains("checkpoints/: 1/2 concordano")
                .contains("an older copy was put back, or the end of the history was taken away");
    }

    @Test
    void shouldCatchAHistoryThatWasWrittenAnew() throws Exception {
        Path older = write("older.json", checkpoint(olderCopy).json().encode());
        Path newer = write("newer.json", checkpoint(data).json().encode());
        copy(olderCopy, data);
        // Sound in itself, and as long: the same payments once more, at other times.
        try (AuditedTown engine = AuditedTown.reopen(data, 4, proposalsSoFar() - AuditedTown.PAYMENTS_A_DAY)) {
            engine.pay();
            engine.nextDay();
            engine.pay();
        }
        assertThat(verify()).isEqualTo(Ies.AGREED);
        assertThat(verify("--checkpoint", newer.toString(), "--checkpoint", older.toString()))
                .isEqualTo(Ies.DISAGREED);
        long agreed = newestTotals(olderCopy).sequence();
        assertThat(printed)
                .contains("checkpoint older.json, record " + agreed + ": concorda")
                .contains("FAULT: checkpoint " + newer + ", records " + (agreed + 1) + "–" + last)
                .contains("differs from the checkpoint at record " + last + ": ");
    }

    // ---------------------------------------------------------------- could not be read

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

    // ---------------------------------------------------------------- helpers

    private int verify(String... options) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        List<String> line = new ArrayList<>(List.of("audit", "verify", "--data", data.toString()));
        line.addAll(List.of(options));
        int code = Ies.commandLine()
                .setErr(new PrintWriter(console, true, StandardCharsets.UTF_8))
                .execute(line.toArray(String[]::new));
        printed = bytes.toString(StandardCharsets.UTF_8);
        console.println(printed);
        return code;
    }

    private static Checkpoint checkpoint(Path folder) throws IOException {
        SnapshotSummary totals = newestTotals(folder);
        return new Checkpoint(
                "https://comune.example",
                1,
                totals.sequence(),
                totals.timestampMs(),
                totals.chain(),
                totals.coreHash(),
                totals.ledgerHash(),
                totals.circuits().stream()
                        .map(circuit -> new Checkpoint.Circuit(
                                circuit.circuit(),
                                circuit.outstanding(),
                                circuit.reserve(),
                                circuit.units().stream()
                                        .map(unit -> new Checkpoint.Unit(
                                                unit.unit(),
                                                unit.debitsPosted(),
                                                unit.creditsPosted(),
                                                unit.debitsPending(),
                                                unit.creditsPending()))
                                        .toList()))
                        .toList());
    }

    private static SnapshotSummary newestTotals(Path folder) throws IOException {
        SnapshotFolder snapshots = SnapshotFolder.of(DataFolder.at(folder));
        return snapshots.summary(snapshots.sequences().getFirst());
    }

    private AuditKeys keys(String name) {
        return Secrets.open(temp.resolve(name)).auditKeys(false, 1);
    }

    private static long proposalsSoFar() {
        return 2 + 5 * AuditedTown.PAYMENTS_A_DAY;
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(temp.resolve(name), text);
    }

    private Path snapshot(long sequence) {
        return SnapshotFolder.of(DataFolder.at(data)).path(sequence);
    }

    private void deleteSnapshots() throws IOException {
        for (Path file : files(data.resolve("snapshots"))) {
            Files.delete(file);
        }
    }

    private Path oldestDay() throws IOException {
        return files(data.resolve("journal")).stream()
                .filter(file -> file.toString().endsWith(".cq4"))
                .findFirst()
                .orElseThrow();
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    /** Where batches begin. */
    private static List<Long> batches(Path file) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(LITTLE_ENDIAN);
        List<Long> places = new ArrayList<>();
        for (int at = 0; at + Long.BYTES <= bytes.capacity(); at += Integer.BYTES) {
            if (bytes.getLong(at) == BatchDescriptor.MAGIC) {
                places.add((long) at);
            }
        }
        return places;
    }

    /** Those of the commit log with records, in the order in which they were written; the log goes round. */
    private static List<Long> newestLast(Path log, List<Long> batches) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(log)).order(LITTLE_ENDIAN);
        return batches.stream()
                .filter(at -> bytes.getInt(at.intValue() + BatchDescriptor.COUNT_OFFSET) > 0)
                .sorted(Comparator.comparingLong(
                        at -> bytes.getLong(at.intValue() + BatchDescriptor.LOG_POSITION_OFFSET)))
                .toList();
    }

    /** The first of two batches of one length that lie side by side, each of one record. */
    private static int neighboursOfOneLength(List<Long> batches) {
        for (int i = 1; i + 2 < batches.size(); i++) {
            if (batches.get(i + 1) - batches.get(i) == batches.get(i + 2) - batches.get(i + 1)) {
                return i;
            }
        }
        throw new AssertionError("no two batches of one length: " + batches);
    }

    private static void flip(Path file, long offset) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            ByteBuffer one = ByteBuffer.allocate(1);
            channel.read(one, offset);
            one.put(0, (byte) (one.get(0) ^ 0x20));
            channel.write(one.flip(), offset);
        }
    }

    /** Leaves behind the log's newest block what a write that a power cut interrupted would: half a header over that of the lap before. */
    private static void tearTail(Path log) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(log)).order(LITTLE_ENDIAN);
        long newest = batches(log).stream()
                .max(Comparator.comparingLong(at -> bytes.getLong(at.intValue() + BatchDescriptor.LOG_POSITION_OFFSET)))
                .orElseThrow();
        long next = newest + BatchDescriptor.BLOCK_LENGTH;
        flip(
                log,
                (next == bytes.capacity() ? BatchDescriptor.BLOCK_LENGTH : next)
                        + BatchDescriptor.FIRST_SEQUENCE_OFFSET);
    }

    /** Keeps the holes of sparse files. */
    private static void copy(Path from, Path to) throws IOException {
        try {
            Process remove =
                    new ProcessBuilder("rm", "-rf", to.toString()).inheritIO().start();
            assertThat(remove.waitFor()).isZero();
            Process copy = new ProcessBuilder("cp", "-a", "--sparse=always", from.toString(), to.toString())
                    .inheritIO()
                    .start();
            assertThat(copy.waitFor()).isZero();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}

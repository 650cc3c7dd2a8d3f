// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.cli;

import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static org.assertj.core.api.Assertions.assertThat;

import it.socialies.engine.journal.files.DataFolder;
import it.socialies.engine.protocol.BatchDescriptor;
import it.socialies.engine.snapshot.SnapshotFolder;
import it.socialies.engine.snapshot.SnapshotSummary;
import it.socialies.gateway.audit.Checkpoint;
import it.socialies.gateway.security.AuditKeys;
import it.socialies.gateway.security.Secrets;
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
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Files of a real engine that tests may damage: each gets a copy of the same town, which is made once. */
abstract class TownFolder {
    /** Nothing was proven, in either direction. */
    static final int UNREADABLE = 2;

    /** A byte of the body of a batch's first record. */
    static final int BODY_BYTE = BatchDescriptor.HEADER_LENGTH + 70;
    /** So many batches at the end of the commit log it surely still has. */
    static final int IN_THE_LOG = 40;

    private static @Nullable Path shared;
    static Path town;
    static Path olderCopy;
    static long last;

    @TempDir
    Path temp;

    Path data;
    String printed = "";
    private final PrintStream console = System.out;

    /** Two days in the archive, three in the journal, two snapshots; and a copy that was taken before the last day. */
    @BeforeAll
    static void live() throws Exception {
        if (shared != null) {
            return;
        }
        shared = Path.of("target", "audited-town").toAbsolutePath();
        remove(shared);
        Files.createDirectories(shared);
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

    final int verify(String... options) {
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

    static Checkpoint checkpoint(Path folder) throws IOException {
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

    static SnapshotSummary newestTotals(Path folder) throws IOException {
        SnapshotFolder snapshots = SnapshotFolder.of(DataFolder.at(folder));
        return snapshots.summary(snapshots.sequences().getFirst());
    }

    final AuditKeys keys(String name) {
        return Secrets.open(temp.resolve(name)).auditKeys(false, 1);
    }

    static long proposalsSoFar() {
        return 2 + 5 * AuditedTown.PAYMENTS_A_DAY;
    }

    final Path write(String name, String text) throws IOException {
        return Files.writeString(temp.resolve(name), text);
    }

    final Path snapshot(long sequence) {
        return SnapshotFolder.of(DataFolder.at(data)).path(sequence);
    }

    final void deleteSnapshots() throws IOException {
        for (Path file : files(data.resolve("snapshots"))) {
            Files.delete(file);
        }
    }

    final Path oldestDay() throws IOException {
        return files(data.resolve("journal")).stream()
                .filter(file -> file.toString().endsWith(".cq4"))
                .findFirst()
                .orElseThrow();
    }

    static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    /** Where batches begin. */
    static List<Long> batches(Path file) throws IOException {
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
    static List<Long> newestLast(Path log, List<Long> batches) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(log)).order(LITTLE_ENDIAN);
        return batches.stream()
                .filter(at -> bytes.getInt(at.intValue() + BatchDescriptor.COUNT_OFFSET) > 0)
                .sorted(Comparator.comparingLong(
                        at -> bytes.getLong(at.intValue() + BatchDescriptor.LOG_POSITION_OFFSET)))
                .toList();
    }

    /** The first of two batches of one length that lie side by side, each of one record. */
    static int neighboursOfOneLength(List<Long> batches) {
        for (int i = 1; i + 2 < batches.size(); i++) {
            if (batches.get(i + 1) - batches.get(i) == batches.get(i + 2) - batches.get(i + 1)) {
                return i;
            }
        }
        throw new AssertionError("no two batches of one length: " + batches);
    }

    static void flip(Path file, long offset) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            ByteBuffer one = ByteBuffer.allocate(1);
            channel.read(one, offset);
            one.put(0, (byte) (one.get(0) ^ 0x20));
            channel.write(one.flip(), offset);
        }
    }

    /** Leaves behind the log's newest block what a write that a power cut interrupted would: half a header over that of the lap before. */
    static void tearTail(Path log) throws IOException {
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
    static void copy(Path from, Path to) throws IOException {
        remove(to);
        run("cp", "-a", "--sparse=always", from.toString(), to.toString());
    }

    private static void remove(Path folder) throws IOException {
        run("rm", "-rf", folder.toString());
    }

    private static void run(String... command) throws IOException {
        try {
            assertThat(new ProcessBuilder(command).inheritIO().start().waitFor())
                    .isZero();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}

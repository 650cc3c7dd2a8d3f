// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.journal.queue;

import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Pattern;
import net.openhft.chronicle.core.time.TimeProvider;
import net.openhft.chronicle.queue.RollCycle;
import net.openhft.chronicle.queue.RollCycles;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;

/**
 * The only place that opens Chronicle Queues, so that its system properties are set before its first class loads: no analytics, no
 * announcement, no background threads, and a write lock left by a killed process is taken over (our own lock keeps second writers out).
 */
public final class ChronicleQueues {
    /** One file a day of the record stamps (UTC): {@code 20260131F.cq4}. */
    public static final RollCycle ROLL_CYCLE = RollCycles.FAST_DAILY;

    /**
     * Bytes mapped at once. Files grow by it, but sparse: a test folder takes kilobytes. A quarter of it overlaps the next mapping, and a
     * document must fit there: 4 MiB is more than any batch.
     */
    private static final long BLOCK_SIZE_BYTES = 16L << 20;

    /** Mapped behind each chunk as well, so a file ends with it: Chronicle's default for this block size. */
    private static final long OVERLAP_BYTES = BLOCK_SIZE_BYTES / 4;

    private static final String FILE_SUFFIX = "F" + SingleChronicleQueue.SUFFIX;
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("uuuuMMdd", Locale.ROOT);
    private static final Pattern FILE_NAME = Pattern.compile("\\d{8}" + Pattern.quote(FILE_SUFFIX));

    static {
        setDefault("chronicle.analytics.disable", "true");
        setDefault("chronicle.announcer.disable", "true");
        setDefault("chronicle.disk.monitor.disable", "true");
        setDefault("queue.force.unlock.mode", "ALWAYS");
    }

    private ChronicleQueues() {}

    /** Opens for appending, rolling by the given time. */
    public static SingleChronicleQueue openForAppend(Path folder, TimeProvider time) {
        return builder(folder).timeProvider(time).build();
    }

    /** Opens for reading, in this process or another one, while the engine appends or not. */
    static SingleChronicleQueue openReadOnly(Path folder) {
        return builder(folder).readOnly(true).build();
    }

    private static SingleChronicleQueueBuilder builder(Path folder) {
        return SingleChronicleQueueBuilder.binary(folder.toFile())
                .rollCycle(ROLL_CYCLE)
                .blockSize(BLOCK_SIZE_BYTES);
    }

    /** Name of the file of a day. */
    public static String fileName(int cycle) {
        return LocalDate.ofEpochDay(cycle).format(DAY) + FILE_SUFFIX;
    }

    /** Whether a file of this name is a day's. */
    static boolean isFileName(String name) {
        return FILE_NAME.matcher(name).matches();
    }

    /** The day of a file. */
    static int cycle(String fileName) {
        return (int) LocalDate.parse(fileName.substring(0, fileName.length() - FILE_SUFFIX.length()), DAY)
                .toEpochDay();
    }

    /** Whether Chronicle makes files of this length. It maps them by whole chunks, so a reader of a shorter one faults. */
    static boolean isWholeFile(long bytes) {
        return bytes >= BLOCK_SIZE_BYTES + OVERLAP_BYTES && bytes % BLOCK_SIZE_BYTES == OVERLAP_BYTES;
    }

    /** The least length of a file that holds this many bytes. */
    static long wholeFileLength(long bytes) {
        long chunks = Math.max(1, Math.ceilDiv(bytes - OVERLAP_BYTES, BLOCK_SIZE_BYTES));
        return chunks * BLOCK_SIZE_BYTES + OVERLAP_BYTES;
    }

    private static void setDefault(String key, String value) {
        if (System.getProperty(key) == null) {
            System.setProperty(key, value);
        }
    }
}

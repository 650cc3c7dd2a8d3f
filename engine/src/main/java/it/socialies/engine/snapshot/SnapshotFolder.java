// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.snapshot;

import it.socialies.engine.core.CoreService;
import it.socialies.engine.journal.batch.Chain;
import it.socialies.engine.journal.files.DataFolder;
import it.socialies.engine.journal.files.LogFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The snapshots of a data folder: {@code <sequence>.snapshot}, the sequence with 20 digits, and beside each its totals. A file that has its name is whole
 * and durable; one that does not has a name ending in {@code .tmp}.
 *
 * <p>Threading: any number of readers, one writer at a time ({@link SnapshotTaker} holds the lock).
 */
public final class SnapshotFolder {
    private static final Pattern SNAPSHOT = Pattern.compile("(\\d{20})\\.snapshot");
    private static final Pattern TOTALS = Pattern.compile("(\\d{20})\\.totals\\.json");
    private static final String TEMPORARY = ".tmp";
    private static final int TOTALS_LENGTH_MAX = 16 << 20;

    private final Path folder;
    private final SnapshotFiles files;

    public SnapshotFolder(DataFolder dataFolder, SnapshotFiles files) {
        this.folder = dataFolder.snapshots();
        this.files = files;
    }

    /** The folder of real files. */
    public static SnapshotFolder of(DataFolder dataFolder) {
        return new SnapshotFolder(dataFolder, SnapshotFiles.REAL);
    }

    /** Sequences of the snapshots that are there, newest first; unread. */
    public List<Long> sequences() throws IOException {
        return files.list(folder).stream()
                .map(SNAPSHOT::matcher)
                .filter(Matcher::matches)
                .map(name -> Long.valueOf(name.group(1)))
                .sorted(Comparator.reverseOrder())
                .toList();
    }

    /** The sequence up to which both kept snapshots hold the state, so that no start needs the records before it; 0 while there are not two. */
    public long coveredSequence() throws IOException {
        List<Long> kept = sequences();
        return kept.size() < 2 ? 0 : kept.get(1);
    }

    /** The place in the history that the newest readable snapshot vouches for: a history that does not go through it is not the one it was made from. */
    public Chain promised() throws IOException {
        for (long sequence : sequences()) {
            try (SnapshotFileReader reader = open(sequence)) {
                return reader.header().chain();
            } catch (SnapshotUnusable e) {
                // An older one may vouch for something.
            }
        }
        return new Chain();
    }

    /** Where the snapshot of a sequence lies. */
    public Path path(long sequence) {
        return folder.resolve(fileName(sequence));
    }

    /** Opens one; the caller closes it. */
    public SnapshotFileReader open(long sequence) throws IOException {
        LogFile file = files.openToRead(path(sequence));
        try {
            return new SnapshotFileReader(file);
        } catch (RuntimeException e) {
            file.close();
            throw e;
        }
    }

    /** What one says of itself in a few numbers. */
    public SnapshotSummary summary(long sequence) throws IOException {
        try (LogFile file = files.openToRead(folder.resolve(totalsName(sequence)))) {
            long size = file.size();
            if (size > TOTALS_LENGTH_MAX) {
                throw new IOException("the totals of snapshot " + sequence + " have " + size + " bytes");
            }
            ByteBuffer text = ByteBuffer.allocate((int) size);
            file.read(text, 0);
            return SnapshotSummary.parse(text.array());
        }
    }

    /** Bytes that may still be written to the disk. */
    long usableBytes() throws IOException {
        return files.usableBytes(folder);
    }

    /** Makes the folder; removes what a killed writer left: nothing without its name is of use. */
    void prepare() throws IOException {
        files.createFolder(folder);
        List<Long> whole = sequences();
        for (String name : files.list(folder)) {
            Matcher totals = TOTALS.matcher(name);
            boolean isOrphan = totals.matches() && !whole.contains(Long.parseLong(totals.group(1)));
            if (name.endsWith(TEMPORARY) || isOrphan) {
                files.delete(folder.resolve(name));
            }
        }
    }

    /**
     * Writes the state of a core that stands behind {@code chain}. Forced before it gets its name, the totals first: a snapshot that has its name has
     * its totals.
     *
     * @return its size in bytes
     */
    long write(Chain chain, CoreService core) throws IOException {
        SnapshotHeader header =
                new SnapshotHeader(chain.copy(), core.lastTimestampMs(), core.coreHash(), core.ledgerHash());
        Path snapshot = path(chain.sequence());
        Path totals = folder.resolve(totalsName(chain.sequence()));
        try {
            long size;
            try (SnapshotFileWriter writer = new SnapshotFileWriter(files.create(temporary(snapshot)), header)) {
                core.snapshotTo(writer);
                size = writer.finish();
            }
            try (LogFile file = files.create(temporary(totals))) {
                file.write(ByteBuffer.wrap(SnapshotSummary.of(chain, core).toJson()), 0);
                file.sync();
            }
            files.rename(temporary(totals), totals);
            files.rename(temporary(snapshot), snapshot);
            files.forceFolder(folder);
            return size;
        } catch (IOException | RuntimeException e) {
            deleteQuietly(temporary(snapshot), e);
            deleteQuietly(temporary(totals), e);
            throw e;
        }
    }

    /** Deletes the snapshots before {@code newest}, with their totals, except {@code kept}. They lose their names first: deleting takes its time. */
    void deleteOlder(long newest, long kept) throws IOException {
        for (Pattern pattern : List.of(SNAPSHOT, TOTALS)) {
            for (String name : files.list(folder)) {
                Matcher matcher = pattern.matcher(name);
                if (matcher.matches() && isOlder(Long.parseLong(matcher.group(1)), newest, kept)) {
                    Path file = folder.resolve(name);
                    files.rename(file, temporary(file));
                    files.delete(temporary(file));
                }
            }
        }
        files.forceFolder(folder);
    }

    private static boolean isOlder(long sequence, long newest, long kept) {
        return sequence < newest && sequence != kept;
    }

    /** A full disk leaves room for payments again at once. */
    private void deleteQuietly(Path path, Exception reason) {
        try {
            files.delete(path);
        } catch (IOException e) {
            reason.addSuppressed(e);
        }
    }

    private static Path temporary(Path path) {
        return path.resolveSibling(path.getFileName() + TEMPORARY);
    }

    static String fileName(long sequence) {
        return String.format(Locale.ROOT, "%020d.snapshot", sequence);
    }

    static String totalsName(long sequence) {
        return String.format(Locale.ROOT, "%020d.totals.json", sequence);
    }
}

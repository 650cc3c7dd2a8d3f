// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.journal.reader;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import it.socialies.engine.journal.archive.ArchiveFile;
import it.socialies.engine.journal.archive.ArchiveFolder;
import it.socialies.engine.journal.archive.ArchiveHeader;
import it.socialies.engine.journal.archive.ArchiveName;
import it.socialies.engine.journal.batch.BatchCursor;
import it.socialies.engine.journal.batch.BatchRecords;
import it.socialies.engine.journal.batch.BatchView;
import it.socialies.engine.journal.batch.JournalDamaged;
import it.socialies.engine.journal.batch.JournalFailure;
import it.socialies.engine.journal.files.DataFolder;
import it.socialies.engine.journal.queue.ChronicleQueues;
import it.socialies.engine.journal.queue.JournalCursor;
import it.socialies.engine.journal.queue.JournalFiles;
import it.socialies.engine.protocol.BatchDescriptor;
import it.socialies.engine.protocol.RecordDescriptor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.agrona.DirectBuffer;

/** Lists the files that hold the history, beside a running engine or without one. Looks at their ends only. Stateless. */
public final class HistorySegments {
    private HistorySegments() {}

    /**
     * The archive's files, then the journal's, each oldest first. A day that is in both is listed twice.
     *
     * @throws JournalDamaged when a file does not say what it holds
     */
    public static List<HistorySegment> list(DataFolder folder) {
        while (true) {
            int[] days = days(folder);
            try {
                List<HistorySegment> segments = list(folder, days);
                if (Arrays.equals(days, days(folder))) {
                    return segments;
                }
            } catch (JournalDamaged e) {
                if (Arrays.equals(days, days(folder))) {
                    throw e;
                }
            }
            // A day came, or left for the archive, while the others were looked at.
        }
    }

    private static int[] days(DataFolder folder) {
        try {
            return JournalFiles.cycles(folder.journal());
        } catch (IOException e) {
            throw new JournalFailure("the journal " + folder.journal() + " cannot be read", e);
        }
    }

    private static List<HistorySegment> list(DataFolder folder, int[] days) {
        List<HistorySegment> segments = new ArrayList<>();
        for (ArchiveName name : new ArchiveFolder(folder.journalArchive()).files()) {
            ArchiveHeader header = ArchiveFile.readHeader(name);
            segments.add(new HistorySegment(
                    name.path(),
                    true,
                    header.firstSequence(),
                    header.lastSequence(),
                    header.firstTimestampMs(),
                    header.lastTimestampMs(),
                    header.rawBytes(),
                    header.fileBytes()));
        }
        try (JournalCursor cursor = new JournalCursor(folder.journal())) {
            for (int day : days) {
                Path file = folder.journal().resolve(ChronicleQueues.fileName(day));
                long documents = cursor.documents(day);
                if (documents > 0) {
                    segments.add(journalDay(cursor, file, day, (int) documents));
                }
            }
        }
        return segments;
    }

    private static HistorySegment journalDay(JournalCursor cursor, Path file, int day, int documents) {
        DirectBuffer batch = read(cursor, file, day, 0);
        long first = BatchView.firstSequence(batch, 0);
        long firstTimestampMs = stampOf(batch, first);
        read(cursor, file, day, documents - 1);
        long last = BatchView.lastSequence(batch, 0);
        long bytes = cursor.endOffset();
        return new HistorySegment(file, false, first, last, firstTimestampMs, stampOf(batch, last), bytes, bytes);
    }

    private static DirectBuffer read(JournalCursor cursor, Path file, int day, int document) {
        if (cursor.readAt(day, document) == BatchCursor.NOTHING
                || !cursor.frame().hasIntactHeader()) {
            throw new JournalDamaged(0, "the journal is damaged: document " + document + " of " + file);
        }
        return cursor.frame().buffer();
    }

    private static long stampOf(DirectBuffer batch, long sequence) {
        int record = BatchRecords.offsetOf(batch, 0, sequence);
        return record + RecordDescriptor.HEADER_LENGTH <= BatchView.length(batch, 0)
                ? batch.getLong(record + RecordDescriptor.TIMESTAMP_OFFSET, LITTLE_ENDIAN)
                : batch.getLong(BatchDescriptor.HEADER_LENGTH + RecordDescriptor.TIMESTAMP_OFFSET, LITTLE_ENDIAN);
    }
}

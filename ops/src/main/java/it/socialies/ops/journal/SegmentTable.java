// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.journal;

import it.socialies.engine.journal.reader.HistorySegment;
import it.socialies.engine.journal.reader.HistorySegments;
import it.socialies.ops.data.DataFolder;
import it.socialies.ops.terminal.TextTable;
import java.io.PrintStream;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** Prints which files hold the history. */
public final class SegmentTable {
    private SegmentTable() {}

    /** A line for each file, then the sums of the archive. */
    public static void print(DataFolder folder, PrintStream out) {
        List<HistorySegment> segments = HistorySegments.list(folder.engine());
        TextTable table = new TextTable(
                "file",
                "dove | where",
                "da | from",
                "a | to",
                "inizio | begin (UTC)",
                "fine | end (UTC)",
                "byte",
                "su disco | stored");
        for (HistorySegment segment : segments) {
            table.row(
                    String.valueOf(segment.path().getFileName()),
                    segment.archived() ? "archivio | archive" : "giornale | journal",
                    Long.toString(segment.firstSequence()),
                    Long.toString(segment.lastSequence()),
                    Instant.ofEpochMilli(segment.firstTimestampMs()).toString(),
                    Instant.ofEpochMilli(segment.lastTimestampMs()).toString(),
                    Long.toString(segment.rawBytes()),
                    Long.toString(segment.storedBytes()));
        }
        table.print(out);
        List<HistorySegment> archived =
                segments.stream().filter(HistorySegment::archived).toList();
        if (!archived.isEmpty()) {
            long raw = archived.stream().mapToLong(HistorySegment::rawBytes).sum();
            long stored =
                    archived.stream().mapToLong(HistorySegment::storedBytes).sum();
            out.println(String.format(
                    Locale.ROOT,
                    "archivio | archive: %d file, %d byte → %d, %.2f : 1",
                    archived.size(),
                    raw,
                    stored,
                    (double) raw / stored));
        }
        out.flush();
    }
}

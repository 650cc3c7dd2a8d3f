// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.journal.reader;

import java.nio.file.Path;

/**
 * A file of the history.
 *
 * @param path of the file
 * @param archived in the archive; otherwise a day of the journal
 * @param firstSequence it holds
 * @param lastSequence it holds; of the day being written, the last one seen
 * @param firstTimestampMs stamp of the first record, milliseconds since the epoch
 * @param lastTimestampMs stamp of the last record
 * @param rawBytes of its batches; in the journal with Chronicle's framing
 * @param storedBytes what they take on the disk; less than {@code rawBytes} in the archive, the same in the journal
 */
public record HistorySegment(
        Path path,
        boolean archived,
        long firstSequence,
        long lastSequence,
        long firstTimestampMs,
        long lastTimestampMs,
        long rawBytes,
        long storedBytes) {}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.journal.archive;

import java.util.List;

/**
 * What a run of the {@link Archiver} did.
 *
 * @param segments whose originals left the journal
 * @param rawBytes of their batches
 * @param archiveBytes of the files that hold them now
 * @param lines what was done and why it ended, for the host to log
 */
public record ArchiveReport(int segments, long rawBytes, long archiveBytes, List<String> lines) {}

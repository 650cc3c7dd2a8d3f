// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.simulation;

import it.socialies.engine.core.CoreService;
import it.socialies.engine.journal.batch.BatchHandler;
import it.socialies.engine.journal.batch.BatchRecords;
import it.socialies.engine.journal.files.DataFolder;
import it.socialies.engine.journal.reader.JournalTailer;

/** Replays a whole history from its first record, archive included. Stateless. */
final class Replay {
    private Replay() {}

    static void all(DataFolder folder, CoreService core) {
        BatchHandler records = (buffer, offset, length) -> BatchRecords.forEach(buffer, offset, 0, core::onRecord);
        try (JournalTailer tailer = JournalTailer.open(folder)) {
            while (tailer.poll(records, Integer.MAX_VALUE) > 0) {
                // until nothing is left
            }
        }
    }
}

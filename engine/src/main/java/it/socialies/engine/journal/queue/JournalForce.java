// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.journal.queue;

import it.socialies.engine.journal.files.DataFolder;
import java.io.IOException;

/**
 * Forces the journal from outside the engine. A reader sees records that are durable in the commit log, but not always forced in the journal yet; who
 * builds on what it read forces the journal first, so that its work is never ahead of it. Stateless.
 */
public final class JournalForce {
    private JournalForce() {}

    /** Returns when everything a reader of the journal has seen is on the disk, in the journal's own files. */
    public static void force(DataFolder folder) throws IOException {
        JournalFiles.forceNewest(folder.journal());
    }
}

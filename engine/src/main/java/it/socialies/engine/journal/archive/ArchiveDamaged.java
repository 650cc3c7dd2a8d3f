// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.journal.archive;

import it.socialies.engine.journal.batch.JournalDamaged;

/**
 * A file of the archive is missing or not what was written. The commit log holds nothing as old, so a start refuses: put the file back from a
 * backup. The message names the file, where it can the block, and the record.
 */
public final class ArchiveDamaged extends JournalDamaged {
    private static final long serialVersionUID = 1L;

    /**
     * Names what is wrong.
     *
     * @param sequence the first record that is missing or damaged
     */
    public ArchiveDamaged(long sequence, String message) {
        super(sequence, message);
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.journal.commitlog;

import it.socialies.engine.journal.batch.JournalDamaged;

/**
 * The commit log is not there, cannot be used, or is older than the journal: it may have held durable records that the journal never got. A start
 * refuses unless the operator accepts the loss.
 */
public final class CommitLogMissing extends JournalDamaged {
    private static final long serialVersionUID = 1L;

    /**
     * Names what is wrong.
     *
     * @param sequence the first record that may be lost: the one behind the journal's last
     */
    public CommitLogMissing(long sequence, String message) {
        super(sequence, message);
    }
}

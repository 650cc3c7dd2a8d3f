// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.journal.batch;

/**
 * A write or a sync failed, or an invariant of the journal broke: what is durable is no longer known. The host halts the process; nothing
 * may be retried, because a second sync can succeed without having written what the first one lost.
 */
public class JournalFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public JournalFailure(String message) {
        super(message);
    }

    public JournalFailure(String message, Throwable cause) {
        super(message, cause);
    }
}

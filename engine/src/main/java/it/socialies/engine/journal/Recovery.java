// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.journal;

/** Joins journal and commit log at the start. Idempotent: interrupted and repeated, it ends the same. */
@SuppressWarnings("DoNotCallSuggester")
public final class Recovery {
    private Recovery() {}

    /**
     * Replays, repairs, verifies.
     *
     * @param folder locked by the caller
     * @param startAfter what the state already holds (a snapshot); a new {@link Chain} for nothing
     * @param handler receives every record behind {@code startAfter}, in order
     * @throws JournalDamaged when something durable is missing or altered: refuse to start
     */
    public static RecoveryResult recover(
            DataFolder folder, JournalConfig config, LogFiles files, Chain startAfter, RecordHandler handler) {
        throw new UnsupportedOperationException();
    }
}

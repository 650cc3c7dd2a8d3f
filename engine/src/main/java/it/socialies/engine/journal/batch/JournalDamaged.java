// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.journal.batch;

/** Something that was durable is missing or altered. The engine refuses to start; readers stop. The message names the record and its place. */
public class JournalDamaged extends JournalFailure {
    private static final long serialVersionUID = 1L;

    private final long sequence;

    /**
     * Names what is wrong.
     *
     * @param sequence the first record that is missing or damaged
     */
    public JournalDamaged(long sequence, String message) {
        super(message);
        this.sequence = sequence;
    }

    /** True when a reader could not read on, rather than read something else than was written. */
    public boolean isUnreadable() {
        return getCause() instanceof JournalFailure;
    }

    /** The first record that is missing or damaged. */
    public long sequence() {
        return sequence;
    }
}

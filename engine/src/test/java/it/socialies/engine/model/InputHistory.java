// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.model;

import java.util.ArrayList;
import java.util.List;

/**
 * What made each record: the inputs that were journaled, by sequence. It lives outside the process that is audited and survives its crashes, so that
 * whatever a journal or a snapshot brings back can be held against what was asked.
 *
 * <p>Threading: one thread at a time.
 */
public final class InputHistory {
    private final List<Input> inputs = new ArrayList<>();

    /** Notes what became the record of {@code sequence}; what a lost record of that sequence was, and all behind it, is forgotten. */
    void note(long sequence, Input input) {
        truncateAfter(sequence - 1);
        if (sequence != inputs.size() + 1L) {
            throw new AuditFailed("record " + sequence + " follows record " + inputs.size());
        }
        inputs.add(input);
    }

    /** Forgets the inputs whose records never became durable. */
    public void truncateAfter(long sequence) {
        if (sequence < inputs.size()) {
            inputs.subList(Math.toIntExact(sequence), inputs.size()).clear();
        }
    }

    /** The input that made a record. */
    Input of(long sequence) {
        if (sequence < 1 || sequence > inputs.size()) {
            throw new AuditFailed("nobody asked for record " + sequence + "; the last one is " + inputs.size());
        }
        return inputs.get(Math.toIntExact(sequence - 1));
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.pipeline;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How far the stages are, as sequences; {@code journaled ≤ durable} always. Each has one writer; any thread may read.
 */
public final class EnginePositions {
    private final AtomicLong durableSequence;
    private final AtomicLong journaledSequence;

    /** @param sequence the last one recovered: durable and in the journal */
    public EnginePositions(long sequence) {
        durableSequence = new AtomicLong(sequence);
        journaledSequence = new AtomicLong(sequence);
    }

    /** Written and synchronised in the commit log. Nothing above it may leave. */
    public long durableSequence() {
        return durableSequence.getAcquire();
    }

    /** Appended to the journal, where a tailer sees it. */
    public long journaledSequence() {
        return journaledSequence.getAcquire();
    }

    void durable(long sequence) {
        durableSequence.setRelease(sequence);
    }

    void journaled(long sequence) {
        journaledSequence.setRelease(sequence);
    }
}

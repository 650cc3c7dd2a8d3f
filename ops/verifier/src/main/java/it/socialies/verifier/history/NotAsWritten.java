// SPDX-License-Identifier: EUPL-1.2
package it.socialies.verifier.history;

/** The first thing in a history that is not as it was written, or not what the rules allow: the answer is no. */
public final class NotAsWritten extends Exception {
    private final long firstSequence;
    private final long lastSequence;
    private final Place place;
    private final Why why;

    /**
     * Names it.
     *
     * @param firstSequence the first wrong record; when only a batch or a stretch can be named, its first
     * @param lastSequence the last one that may be wrong
     */
    public NotAsWritten(long firstSequence, long lastSequence, Place place, Why why) {
        super(why.english());
        this.firstSequence = firstSequence;
        this.lastSequence = lastSequence;
        this.place = place;
        this.why = why;
    }

    public NotAsWritten(long sequence, Place place, Why why) {
        this(sequence, sequence, place, why);
    }

    public long firstSequence() {
        return firstSequence;
    }

    public long lastSequence() {
        return lastSequence;
    }

    public Place place() {
        return place;
    }

    public Why why() {
        return why;
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.projection;

/** Hears of each change of the projection, on the projector's thread: it must return at once and not throw. */
@FunctionalInterface
public interface ProjectionListener {
    /**
     * Something changed. Whoever waits for a sequence up to {@code status.lastSequence()} finds it in Postgres now. The sequence falls when
     * an older database takes the place of the one before.
     */
    void onStatus(ProjectionStatus status);
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.status;

import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

/** How the parts of the node are, as far as they know themselves. Threading: any. */
public interface NodeState {
    /**
     * What a start would begin with.
     *
     * @param sequence its last record
     * @param timestampMs of that record
     */
    record Snapshot(long sequence, long timestampMs) {}

    /** Written and synchronised. */
    long durableSequence();

    /** In the journal. */
    long journaledSequence();

    /** In Postgres. */
    long projectedSequence();

    /** Whether the projection follows the journal. */
    boolean isProjectionUp();

    /** The newest snapshot; null when there is none yet. */
    @Nullable
    Snapshot lastSnapshot();

    /** Less disk left than the reserve: commands are refused. */
    boolean isStorageLow();

    /** Asks the office database. */
    Future<Boolean> isOfficeUp();
}

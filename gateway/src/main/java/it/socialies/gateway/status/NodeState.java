// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.status;

import io.vertx.core.Future;

/** How the parts of the node are, as far as they know themselves. Threading: any. */
public interface NodeState {
    /** Written and synchronised. */
    long durableSequence();

    /** In the journal. */
    long journaledSequence();

    /** In Postgres. */
    long projectedSequence();

    /** Whether the projection follows the journal. */
    boolean isProjectionUp();

    /** Less disk left than the reserve: commands are refused. */
    boolean isStorageLow();

    /** Asks the office database. */
    Future<Boolean> isOfficeUp();
}

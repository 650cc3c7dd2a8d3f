// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.snapshot;

import it.socialies.engine.core.CoreService;
import it.socialies.engine.journal.batch.Chain;
import java.util.List;

/**
 * What a core starts from.
 *
 * @param core restored from a snapshot, or new
 * @param startAfter the chain behind the last record it holds; a new one when it holds none
 * @param promised the highest place of the history that any snapshot vouches for: the history must go through it
 * @param restoreNs nanoseconds that reading took
 * @param notes what was found, one line each, for the host to log
 */
public record LoadedState(CoreService core, Chain startAfter, Chain promised, long restoreNs, List<String> notes) {

    /** The state of a core that knows nothing yet: the whole journal is replayed into it. */
    public static LoadedState nothing(CoreService core) {
        return new LoadedState(core, new Chain(), new Chain(), 0, List.of());
    }

    /** Sequence of the snapshot; 0 when the core starts from nothing. */
    public long sequence() {
        return startAfter.sequence();
    }
}

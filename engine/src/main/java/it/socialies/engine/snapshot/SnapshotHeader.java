// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.snapshot;

import it.socialies.engine.journal.batch.Chain;

/**
 * What a snapshot says of itself before its body.
 *
 * @param chain the journal's chain behind the last record it holds; not to be changed
 * @param timestampMs stamp of that record, milliseconds since the epoch
 * @param coreHash of the state
 * @param ledgerHash of the state
 */
public record SnapshotHeader(Chain chain, long timestampMs, long coreHash, long ledgerHash) {

    /** The last record it holds. */
    public long sequence() {
        return chain.sequence();
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.ies;

import it.socialies.engine.core.kernel.InvariantViolated;

/** How many transfers there were: the source of their ids. */
public final class TransferCount {
    private long count;

    /** Id of the next transfer. */
    public long nextId() {
        return count + 1;
    }

    /** Transfers so far. */
    public long count() {
        return count;
    }

    void made(final long id) {
        if (id != count + 1) {
            throw new InvariantViolated("transfer " + id + " made after " + count);
        }
        count = id;
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.ies;

import it.socialies.engine.core.collections.StateFields;
import it.socialies.engine.core.collections.StateTable;
import it.socialies.engine.core.kernel.InvariantViolated;

/** How many transfers there were: the source of their ids. */
public final class TransferCount implements StateTable {
    private long count;

    /** Id of the next transfer. */
    public long nextId() {
        return count + 1;
    }

    /** Transfers so far. */
    public long count() {
        return count;
    }

    @Override
    public void visit(final StateFields fields) {
        count = fields.number("transfers.count", count);
    }

    @Override
    public void rebuild() {
        // Nothing follows from it.
    }

    void made(final long id) {
        if (id != count + 1) {
            throw new InvariantViolated("transfer " + id + " made after " + count);
        }
        count = id;
    }
}

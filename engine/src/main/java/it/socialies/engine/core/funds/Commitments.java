// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.funds;

import it.socialies.engine.core.collections.LongColumn;
import it.socialies.engine.core.collections.StateFields;
import it.socialies.engine.core.collections.StateTable;
import it.socialies.engine.core.kernel.HashSums;
import it.socialies.engine.core.ledger.Accounts;
import it.socialies.engine.core.programmes.Programmes;
import it.socialies.engine.protocol.EntityHash;

/**
 * What acts have bound of each fund (<em>committed</em>, the {@code impegno} of art. 183 D.Lgs. 267/2000) and what was paid out of it by
 * mandate (<em>cashed</em>). Awards never exceed what is committed, and what is committed never exceeds what funders assigned. Columns by
 * programme id, minor units.
 */
public final class Commitments implements StateTable {
    private final Programmes programmes;
    private final Accounts accounts;
    private final HashSums sums;
    private final LongColumn committed;
    private final LongColumn cashed;

    /** For at most {@code maxProgrammes}; {@code programmes} and {@code accounts} say what was assigned and awarded. */
    public Commitments(
            final int maxProgrammes, final Programmes programmes, final Accounts accounts, final HashSums sums) {
        this.programmes = programmes;
        this.accounts = accounts;
        this.sums = sums;
        committed = new LongColumn(maxProgrammes);
        cashed = new LongColumn(maxProgrammes);
    }

    /** What acts have bound. */
    public long committed(final long programmeId) {
        return committed.get(programmeId);
    }

    /** What was paid out by mandate. */
    public long cashed(final long programmeId) {
        return cashed.get(programmeId);
    }

    /** What funders gave, less what went back to them. */
    public long assigned(final long programmeId) {
        return accounts.available(programmes.fundingAccountId(programmeId));
    }

    /** What is on cards or was spent from them: top-ups less what came back to the fund. */
    public long awarded(final long programmeId) {
        return assigned(programmeId) - accounts.available(programmes.fundAccountId(programmeId));
    }

    /** True when so much more may be awarded. */
    public boolean covers(final long programmeId, final long amount) {
        return awarded(programmeId) + amount <= committed(programmeId);
    }

    void commit(final long programmeId, final long committedAfter) {
        sums.removeLedger(hash(programmeId));
        committed.set(programmeId, committedAfter);
        sums.addLedger(hash(programmeId));
    }

    void cash(final long programmeId, final long cashedAfter) {
        sums.removeLedger(hash(programmeId));
        cashed.set(programmeId, cashedAfter);
        sums.addLedger(hash(programmeId));
    }

    @Override
    public void visit(final StateFields fields) {
        committed.visit(fields, "commitments.committed");
        cashed.visit(fields, "commitments.cashed");
    }

    @Override
    public void rebuild() {
        for (long id = 1; id <= programmes.count(); id++) {
            sums.addLedger(hash(id));
        }
    }

    private long hash(final long programmeId) {
        return EntityHash.commitment(programmeId, committed.get(programmeId), cashed.get(programmeId));
    }
}

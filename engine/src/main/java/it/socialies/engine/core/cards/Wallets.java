// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.cards;

import it.socialies.engine.core.collections.ByteColumn;
import it.socialies.engine.core.collections.IntColumn;
import it.socialies.engine.core.collections.LongColumn;
import it.socialies.engine.core.collections.StateFields;
import it.socialies.engine.core.collections.StateTable;
import it.socialies.engine.core.kernel.HashSums;
import it.socialies.engine.core.kernel.InvariantViolated;
import it.socialies.engine.protocol.EntityHash;

/** Wallets: what a card points at. A wallet outlives its cards. Columns by wallet id. */
public final class Wallets implements StateTable {
    private final int max;
    private final HashSums sums;
    private final IntColumn circuitId;
    private final LongColumn holderId;
    private final ByteColumn householdSize;
    private final LongColumn iesAccountId;
    private final LongColumn successorId;
    private final ByteColumn closedFor;
    private long count;

    /** At most {@code max} wallets. */
    public Wallets(final int max, final HashSums sums) {
        this.max = max;
        this.sums = sums;
        circuitId = new IntColumn(max);
        holderId = new LongColumn(max);
        householdSize = new ByteColumn(max);
        iesAccountId = new LongColumn(max);
        successorId = new LongColumn(max);
        closedFor = new ByteColumn(max);
    }

    /** Id of the next wallet. */
    public long nextId() {
        return count + 1;
    }

    /** Wallets so far. */
    public long count() {
        return count;
    }

    /** True when this many more wallets fit. */
    public boolean hasRoomFor(final int wallets) {
        return count + wallets <= max;
    }

    /** True when there is such a wallet in the circuit. */
    public boolean exists(final long id, final int circuitId) {
        return id > 0 && id <= count && this.circuitId.get(id) == circuitId;
    }

    void open(final long id, final int circuitId) {
        if (id != count + 1) {
            throw new InvariantViolated("wallet " + id + " opened after " + count);
        }
        count = id;
        this.circuitId.set(id, circuitId);
        sums.addLedger(hash(id));
    }

    void assign(final long id, final long holderId, final int householdSize) {
        sums.removeLedger(hash(id));
        this.holderId.set(id, holderId);
        this.householdSize.set(id, (byte) householdSize);
        sums.addLedger(hash(id));
    }

    /** Ends a wallet for good; {@code reason} is not 0. */
    public void close(final long id, final long successorId, final int reason) {
        this.successorId.set(id, successorId);
        closedFor.set(id, (byte) reason);
        sums.addLedger(closureHash(id));
    }

    /** True when no card of the wallet works any more. */
    public boolean isClosed(final long id) {
        return closedFor.get(id) != 0;
    }

    /** Books the account of IES opened for the wallet; the account carries the hash. */
    public void setIesAccountId(final long id, final long accountId) {
        iesAccountId.set(id, accountId);
    }

    /** Circuit of the wallet. */
    public int circuitId(final long id) {
        return circuitId.get(id);
    }

    /** Opaque id of the holder in the vault; 0 while unassigned. */
    public long holderId(final long id) {
        return holderId.get(id);
    }

    /** Persons in the household; 0 while unassigned. */
    public int householdSize(final long id) {
        return householdSize.get(id);
    }

    /** Account of IES; 0 until the first IES arrives. */
    public long iesAccountId(final long id) {
        return iesAccountId.get(id);
    }

    @Override
    public void visit(final StateFields fields) {
        count = fields.count("wallets.count", count, max);
        circuitId.visit(fields, "wallets.circuit_id");
        holderId.visit(fields, "wallets.holder_id");
        householdSize.visit(fields, "wallets.household_size");
        iesAccountId.visit(fields, "wallets.ies_account_id");
        successorId.visit(fields, "wallets.successor_id");
        closedFor.visit(fields, "wallets.closed_for");
    }

    @Override
    public void rebuild() {
        for (long id = 1; id <= count; id++) {
            sums.addLedger(hash(id));
            sums.addLedger(closureHash(id));
        }
    }

    private long closureHash(final long id) {
        return EntityHash.closure(id, successorId.get(id), closedFor.get(id));
    }

    private long hash(final long id) {
        return EntityHash.wallet(id, circuitId.get(id), holderId.get(id), householdSize.get(id));
    }
}

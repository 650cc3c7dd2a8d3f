// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.merchants;

import it.socialies.engine.core.collections.ByteColumn;
import it.socialies.engine.core.collections.IntColumn;
import it.socialies.engine.core.collections.StateFields;
import it.socialies.engine.core.collections.StateTable;
import it.socialies.engine.core.kernel.HashSums;
import it.socialies.engine.core.kernel.InvariantViolated;
import it.socialies.engine.protocol.EntityHash;
import it.socialies.engine.protocol.sbe.MerchantStatus;

/** Merchants with the category that admits them to programmes. Columns by merchant id. */
public final class Merchants implements StateTable {
    /** Categories are bits of a programme's 64-bit set. */
    public static final int CATEGORIES = 64;

    private final int max;
    private final HashSums sums;
    private final IntColumn circuitId;
    private final ByteColumn category;
    private final ByteColumn status;
    private long count;

    /** At most {@code max} merchants. */
    public Merchants(final int max, final HashSums sums) {
        this.max = max;
        this.sums = sums;
        circuitId = new IntColumn(max);
        category = new ByteColumn(max);
        status = new ByteColumn(max);
    }

    /** Id of the next merchant. */
    public long nextId() {
        return count + 1;
    }

    /** Merchants so far. */
    public long count() {
        return count;
    }

    /** True when no merchant fits any more. */
    public boolean isFull() {
        return count >= max;
    }

    /** True when there is such a merchant in the circuit. */
    public boolean exists(final long id, final int circuitId) {
        return id > 0 && id <= count && this.circuitId.get(id) == circuitId;
    }

    void register(final long id, final int circuitId, final int category) {
        if (id != count + 1) {
            throw new InvariantViolated("merchant " + id + " registered after " + count);
        }
        count = id;
        this.circuitId.set(id, circuitId);
        this.category.set(id, (byte) category);
        status.set(id, (byte) MerchantStatus.ACTIVE.value());
        sums.addLedger(hash(id));
    }

    void changeStatus(final long id, final MerchantStatus newStatus) {
        sums.removeLedger(hash(id));
        status.set(id, (byte) newStatus.value());
        sums.addLedger(hash(id));
    }

    /** Circuit of the merchant. */
    public int circuitId(final long id) {
        return circuitId.get(id);
    }

    /** Category, 0 … 63. */
    public int category(final long id) {
        return category.get(id);
    }

    /** Status, as in the schema. */
    public MerchantStatus status(final long id) {
        return MerchantStatus.get(status.get(id));
    }

    /** True once the merchant has left for ever. */
    public boolean isClosed(final long id) {
        return status.get(id) == MerchantStatus.CLOSED.value();
    }

    /** True unless suspended or closed. */
    public boolean isActive(final long id) {
        return status.get(id) == MerchantStatus.ACTIVE.value();
    }

    @Override
    public void visit(final StateFields fields) {
        count = fields.count("merchants.count", count, max);
        circuitId.visit(fields, "merchants.circuit_id");
        category.visit(fields, "merchants.category");
        status.visit(fields, "merchants.status");
    }

    @Override
    public void rebuild() {
        for (long id = 1; id <= count; id++) {
            sums.addLedger(hash(id));
        }
    }

    private long hash(final long id) {
        return EntityHash.merchant(id, circuitId.get(id), category.get(id), status.get(id));
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.programmes;

import it.socialies.engine.core.collections.ByteColumn;
import it.socialies.engine.core.collections.IntColumn;
import it.socialies.engine.core.collections.LongColumn;
import it.socialies.engine.core.collections.StateFields;
import it.socialies.engine.core.collections.StateTable;
import it.socialies.engine.core.kernel.CoreTags;
import it.socialies.engine.core.kernel.HashSums;
import it.socialies.engine.core.kernel.InvariantViolated;
import it.socialies.engine.protocol.EntityHash;
import it.socialies.engine.protocol.sbe.AccountKind;
import it.socialies.engine.protocol.sbe.ProgrammeCreatedDecoder;
import it.socialies.engine.protocol.sbe.ProgrammeStatus;

/** Programmes: a fund and its rules. Redeemed at face value: there is no field for a fee. Columns by programme id. */
public final class Programmes implements StateTable {
    /** Household sizes with a cap of their own; larger ones share the last. */
    public static final int CAPS = 5;

    private final int max;
    private final HashSums sums;
    private final IntColumn circuitId;
    private final LongColumn categories;
    private final LongColumn validFromMs;
    private final LongColumn validUntilMs;
    private final LongColumn caps;
    private final ByteColumn status;
    private final LongColumn fundingAccountId;
    private final LongColumn fundAccountId;
    private final LongColumn restoringUntilMs;
    private long count;
    private int restoring;

    /** At most {@code max} programmes. */
    public Programmes(final int max, final HashSums sums) {
        this.max = max;
        this.sums = sums;
        circuitId = new IntColumn(max);
        categories = new LongColumn(max);
        validFromMs = new LongColumn(max);
        validUntilMs = new LongColumn(max);
        caps = new LongColumn((max + 1) * CAPS);
        status = new ByteColumn(max);
        fundingAccountId = new LongColumn(max);
        fundAccountId = new LongColumn(max);
        restoringUntilMs = new LongColumn(max);
    }

    /** Id of the next programme. */
    public long nextId() {
        return count + 1;
    }

    /** Programmes so far. */
    public long count() {
        return count;
    }

    /** True when no programme fits any more. */
    public boolean isFull() {
        return count >= max;
    }

    /** True when there is such a programme in the circuit. */
    public boolean exists(final long id, final int circuitId) {
        return id > 0 && id <= count && this.circuitId.get(id) == circuitId;
    }

    void create(final ProgrammeCreatedDecoder event) {
        final long id = event.programmeId();
        if (id != count + 1) {
            throw new InvariantViolated("programme " + id + " created after " + count);
        }
        count = id;
        circuitId.set(id, event.circuitId());
        categories.set(id, event.categories());
        validFromMs.set(id, event.validFromMs());
        validUntilMs.set(id, event.validUntilMs());
        caps.set(id * CAPS, event.cap1());
        caps.set(id * CAPS + 1, event.cap2());
        caps.set(id * CAPS + 2, event.cap3());
        caps.set(id * CAPS + 3, event.cap4());
        caps.set(id * CAPS + 4, event.cap5());
        status.set(id, (byte) ProgrammeStatus.DRAFT.value());
        sums.addLedger(hash(id));
    }

    void changeStatus(final long id, final ProgrammeStatus newStatus) {
        sums.removeLedger(hash(id));
        status.set(id, (byte) newStatus.value());
        sums.addLedger(hash(id));
    }

    /** The programme shall be valid until then, once its pockets have their money again. */
    public void beginExtension(final long id, final long untilMs) {
        restoringUntilMs.set(id, untilMs);
        restoring++;
        sums.addCore(restorationHash(id));
    }

    /** The programme is valid until then. */
    public void extend(final long id, final long untilMs) {
        if (isRestoring(id)) {
            sums.removeCore(restorationHash(id));
            restoringUntilMs.set(id, 0);
            restoring--;
        }
        sums.removeLedger(hash(id));
        validUntilMs.set(id, untilMs);
        sums.addLedger(hash(id));
    }

    /** Books an account of the programme; the account carries the hash. */
    public void addAccount(final long id, final AccountKind kind, final long accountId) {
        if (kind == AccountKind.FUND) {
            fundAccountId.set(id, accountId);
        } else {
            fundingAccountId.set(id, accountId);
        }
    }

    /** True when the programme was published and is not suspended. */
    public boolean isActive(final long id) {
        return status.get(id) == ProgrammeStatus.ACTIVE.value();
    }

    /** Status, as in the schema. */
    public ProgrammeStatus status(final long id) {
        return ProgrammeStatus.get(status.get(id));
    }

    /** True when the programme pays for goods of this category. */
    public boolean admits(final long id, final int category) {
        return (categories.get(id) >>> category & 1) != 0;
    }

    /** Cap on a wallet's top-ups for a household of this size, in minor units; 0 when there is none. */
    public long cap(final long id, final int householdSize) {
        return caps.get(id * CAPS + capIndex(householdSize));
    }

    /** Which of the {@link #CAPS} a household of this size has. */
    public static int capIndex(final int householdSize) {
        return Math.max(1, Math.min(householdSize, CAPS)) - 1;
    }

    /** First instant of validity, in milliseconds. */
    public long validFromMs(final long id) {
        return validFromMs.get(id);
    }

    /** First instant after validity, in milliseconds. */
    public long validUntilMs(final long id) {
        return validUntilMs.get(id);
    }

    /** True from {@link #validUntilMs} on. */
    public boolean hasEnded(final long id, final long nowMs) {
        return nowMs >= validUntilMs.get(id);
    }

    /** True from an extension after the end until all pockets have their money again. */
    public boolean isRestoring(final long id) {
        return restoringUntilMs.get(id) != 0;
    }

    /** When a programme that is being restored will end; 0 for the others. */
    public long restoringUntilMs(final long id) {
        return restoringUntilMs.get(id);
    }

    /** The first programme, by id, that is being restored; 0 for none. */
    public long firstRestoring() {
        if (restoring == 0) {
            return 0;
        }
        long id = 1;
        while (!isRestoring(id)) {
            id++;
        }
        return id;
    }

    /** When what is in pockets of the programme goes back to its fund. */
    public long sweepDueMs(final long id) {
        return isRestoring(id) ? restoringUntilMs.get(id) : validUntilMs.get(id);
    }

    /** Contra account that funders pay from. */
    public long fundingAccountId(final long id) {
        return fundingAccountId.get(id);
    }

    /** Account of money not yet on cards. */
    public long fundAccountId(final long id) {
        return fundAccountId.get(id);
    }

    @Override
    public void visit(final StateFields fields) {
        count = fields.count("programmes.count", count, max);
        circuitId.visit(fields, "programmes.circuit_id");
        categories.visit(fields, "programmes.categories");
        validFromMs.visit(fields, "programmes.valid_from_ms");
        validUntilMs.visit(fields, "programmes.valid_until_ms");
        caps.visit(fields, "programmes.caps");
        status.visit(fields, "programmes.status");
        fundingAccountId.visit(fields, "programmes.funding_account_id");
        fundAccountId.visit(fields, "programmes.fund_account_id");
        restoringUntilMs.visit(fields, "programmes.restoring_until_ms");
    }

    @Override
    public void rebuild() {
        for (long id = 1; id <= count; id++) {
            sums.addLedger(hash(id));
            if (isRestoring(id)) {
                restoring++;
                sums.addCore(restorationHash(id));
            }
        }
    }

    private long restorationHash(final long id) {
        long h = EntityHash.start(CoreTags.RESTORATION);
        h = EntityHash.add(h, id);
        h = EntityHash.add(h, restoringUntilMs.get(id));
        return EntityHash.end(h);
    }

    private long hash(final long id) {
        return EntityHash.programme(
                id,
                circuitId.get(id),
                categories.get(id),
                validFromMs.get(id),
                validUntilMs.get(id),
                caps.get(id * CAPS),
                caps.get(id * CAPS + 1),
                caps.get(id * CAPS + 2),
                caps.get(id * CAPS + 3),
                caps.get(id * CAPS + 4),
                status.get(id));
    }
}

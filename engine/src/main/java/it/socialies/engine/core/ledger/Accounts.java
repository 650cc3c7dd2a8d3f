// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.ledger;

import it.socialies.engine.core.collections.ByteColumn;
import it.socialies.engine.core.collections.IntColumn;
import it.socialies.engine.core.collections.LongColumn;
import it.socialies.engine.core.collections.StateFields;
import it.socialies.engine.core.collections.StateTable;
import it.socialies.engine.core.kernel.HashSums;
import it.socialies.engine.core.kernel.InvariantViolated;
import it.socialies.engine.protocol.EntityHash;
import it.socialies.engine.protocol.sbe.AccountKind;
import it.socialies.engine.protocol.sbe.UnitCode;

/**
 * Accounts with four counters each: debits and credits, pending and posted, in minor units. Columns by account id. Only {@link LedgerApplier}
 * moves money; every movement checks that neither side falls below 0.
 */
public final class Accounts implements StateTable {
    private static final int UNIT_CODES = 4;

    private final int max;
    private final HashSums sums;
    private final UnitTotals totals;
    private final LongColumn ownerId;
    private final LongColumn programmeId;
    private final IntColumn circuitId;
    private final ByteColumn kind;
    private final ByteColumn unit;
    private final LongColumn debitsPending;
    private final LongColumn debitsPosted;
    private final LongColumn creditsPending;
    private final LongColumn creditsPosted;
    private long count;

    /** At most {@code max} accounts in units of at most {@code circuits} circuits. */
    public Accounts(final int max, final int circuits, final HashSums sums) {
        this.max = max;
        this.sums = sums;
        totals = new UnitTotals((circuits + 1) * UNIT_CODES);
        ownerId = new LongColumn(max);
        programmeId = new LongColumn(max);
        circuitId = new IntColumn(max);
        kind = new ByteColumn(max);
        unit = new ByteColumn(max);
        debitsPending = new LongColumn(max);
        debitsPosted = new LongColumn(max);
        creditsPending = new LongColumn(max);
        creditsPosted = new LongColumn(max);
    }

    /** Id of the next account to open. */
    public long nextId() {
        return count + 1;
    }

    /** Accounts opened so far. */
    public long count() {
        return count;
    }

    /** True when this many more accounts fit. */
    public boolean hasRoomFor(final int accounts) {
        return count + accounts <= max;
    }

    void open(
            final long id,
            final long ownerId,
            final long programmeId,
            final int circuitId,
            final AccountKind kind,
            final UnitCode unit) {
        if (id != count + 1) {
            throw new InvariantViolated("account " + id + " opened after " + count);
        }
        count = id;
        this.ownerId.set(id, ownerId);
        this.programmeId.set(id, programmeId);
        this.circuitId.set(id, circuitId);
        this.kind.set(id, (byte) kind.value());
        this.unit.set(id, (byte) unit.value());
        debitsPending.set(id, 0);
        debitsPosted.set(id, 0);
        creditsPending.set(id, 0);
        creditsPosted.set(id, 0);
        sums.addLedger(hash(id));
    }

    /**
     * What can still leave the account, pending debits taken off; for a contra account, what can still come back.
     */
    public long available(final long id) {
        return isContra(id)
                ? debitsPosted.get(id) - creditsPosted.get(id) - creditsPending.get(id)
                : creditsPosted.get(id) - debitsPosted.get(id) - debitsPending.get(id);
    }

    /** Money held: debits that may still be posted. */
    public long pending(final long id) {
        return debitsPending.get(id);
    }

    /** Wallet, merchant or programme that owns the account; 0 for the circuit. */
    public long ownerId(final long id) {
        return ownerId.get(id);
    }

    /** Programme whose money it is; 0 for none. */
    public long programmeId(final long id) {
        return programmeId.get(id);
    }

    /** Kind of the account. */
    public int kind(final long id) {
        return kind.get(id);
    }

    void changeDebits(final long id, final long pendingDelta, final long postedDelta) {
        sums.removeLedger(hash(id));
        debitsPending.add(id, pendingDelta);
        debitsPosted.add(id, postedDelta);
        sums.addLedger(hash(id));
        totals.debits(unitIndex(id), pendingDelta, postedDelta);
    }

    void changeCredits(final long id, final long pendingDelta, final long postedDelta) {
        sums.removeLedger(hash(id));
        creditsPending.add(id, pendingDelta);
        creditsPosted.add(id, postedDelta);
        sums.addLedger(hash(id));
        totals.credits(unitIndex(id), pendingDelta, postedDelta);
    }

    void verify(final long debitId, final long creditId) {
        if (circuitId.get(debitId) != circuitId.get(creditId) || unit.get(debitId) != unit.get(creditId)) {
            throw new InvariantViolated("accounts " + debitId + " and " + creditId + " differ in circuit or unit");
        }
        verifyNotBelowZero(debitId);
        verifyNotBelowZero(creditId);
        totals.verify(unitIndex(debitId));
    }

    @Override
    public void visit(final StateFields fields) {
        count = fields.count("accounts.count", count, max);
        ownerId.visit(fields, "accounts.owner_id");
        programmeId.visit(fields, "accounts.programme_id");
        circuitId.visit(fields, "accounts.circuit_id");
        kind.visit(fields, "accounts.kind");
        unit.visit(fields, "accounts.unit");
        debitsPending.visit(fields, "accounts.debits_pending");
        debitsPosted.visit(fields, "accounts.debits_posted");
        creditsPending.visit(fields, "accounts.credits_pending");
        creditsPosted.visit(fields, "accounts.credits_posted");
    }

    @Override
    public void rebuild() {
        for (long id = 1; id <= count; id++) {
            sums.addLedger(hash(id));
            totals.debits(unitIndex(id), debitsPending.get(id), debitsPosted.get(id));
            totals.credits(unitIndex(id), creditsPending.get(id), creditsPosted.get(id));
            verifyNotBelowZero(id);
        }
        totals.verify();
    }

    /** Tells the totals of each unit of a circuit. */
    public void totals(final int circuitId, final TotalsConsumer consumer) {
        for (final UnitCode code : UnitCode.values()) {
            if (code == UnitCode.NULL_VAL) {
                continue;
            }
            final int index = circuitId * UNIT_CODES + code.value();
            final long debits = totals.debitsPosted(index);
            final long debitsHeld = totals.debitsPending(index);
            if ((debits | debitsHeld) != 0) {
                consumer.onUnit(
                        circuitId, code, debitsHeld, debits, totals.creditsPending(index), totals.creditsPosted(index));
            }
        }
    }

    private void verifyNotBelowZero(final long id) {
        if (available(id) < 0 || debitsPending.get(id) < 0 || creditsPending.get(id) < 0) {
            throw new InvariantViolated("account " + id + " fell below zero");
        }
    }

    private boolean isContra(final long id) {
        final int k = kind.get(id);
        return k == AccountKind.FUNDING.value()
                || k == AccountKind.RESERVE_BANK.value()
                || k == AccountKind.ISSUANCE.value()
                || k == AccountKind.RECEIVABLE.value();
    }

    private int unitIndex(final long id) {
        return circuitId.get(id) * UNIT_CODES + unit.get(id);
    }

    private long hash(final long id) {
        return EntityHash.account(
                id,
                ownerId.get(id),
                programmeId.get(id),
                circuitId.get(id),
                kind.get(id),
                unit.get(id),
                debitsPending.get(id),
                debitsPosted.get(id),
                creditsPending.get(id),
                creditsPosted.get(id));
    }
}

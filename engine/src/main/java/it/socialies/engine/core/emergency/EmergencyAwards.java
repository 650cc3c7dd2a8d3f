// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.emergency;

import it.socialies.engine.core.collections.ByteColumn;
import it.socialies.engine.core.collections.IntColumn;
import it.socialies.engine.core.collections.LongColumn;
import it.socialies.engine.core.collections.Slots;
import it.socialies.engine.core.collections.StateFields;
import it.socialies.engine.core.collections.StateTable;
import it.socialies.engine.core.kernel.CoreTags;
import it.socialies.engine.core.kernel.HashSums;
import it.socialies.engine.core.kernel.InvariantViolated;
import it.socialies.engine.protocol.EntityHash;
import it.socialies.engine.protocol.sbe.EmergencyAwardedDecoder;
import it.socialies.engine.protocol.sbe.ResultCode;
import it.socialies.engine.protocol.sbe.ReviewVerdict;

/**
 * Emergency awards that still matter: those that nobody reviewed, those of this month, and what was given behind such a one. They come and leave in the order of
 * their ids, so those present have ids without a gap. Columns by slot.
 */
public final class EmergencyAwards implements StateTable {
    private static final int LEAVING_AN_AWARD = 2;

    private final HashSums sums;
    private final Slots slots;
    private final LongColumn programmeId;
    private final LongColumn walletId;
    private final LongColumn householdId;
    private final LongColumn amount;
    private final LongColumn reviewByMs;
    private final LongColumn operatorId;
    private final IntColumn month;
    private final ByteColumn verdict;
    private long lastId;

    /** At most {@code max} awards at a time. */
    public EmergencyAwards(final int max, final HashSums sums) {
        this.sums = sums;
        slots = new Slots(max);
        programmeId = new LongColumn(max);
        walletId = new LongColumn(max);
        householdId = new LongColumn(max);
        amount = new LongColumn(max);
        reviewByMs = new LongColumn(max);
        operatorId = new LongColumn(max);
        month = new IntColumn(max);
        verdict = new ByteColumn(max);
    }

    /** Id of the next award. */
    public long nextId() {
        return lastId + 1;
    }

    /** True when one more award finds room in this month: there is some, or the oldest lets go. */
    public boolean hasRoom(final int thisMonth) {
        return slots.hasRoomFor(1) || mayOldestLeave(thisMonth);
    }

    /** True when there is such an award, of whatever circuit, and it has not left. */
    public boolean exists(final long id) {
        return id >= firstId() && id <= lastId;
    }

    /** Programme that the award was given from. */
    public long programmeId(final long id) {
        return programmeId.get(slots.slotOf(id));
    }

    /** Operator who awarded. */
    public long operatorId(final long id) {
        return operatorId.get(slots.slotOf(id));
    }

    /** True when another person has said what it thinks of the award. */
    public boolean isReviewed(final long id) {
        return isSlotReviewed(slots.slotOf(id));
    }

    /**
     * Whether the fund may give so much more: no review of it is overdue, and neither the household nor the wallet gets more than {@code monthMax} in a month. One pass
     * over all awards present.
     */
    ResultCode check(
            final long fundId,
            final long wallet,
            final long household,
            final long wanted,
            final long monthMax,
            final int thisMonth,
            final long nowMs) {
        long ofHousehold = 0;
        long ofWallet = 0;
        for (long id = firstId(); id <= lastId; id++) {
            final int slot = slots.slotOf(id);
            if (programmeId.get(slot) != fundId) {
                continue;
            }
            if (!isSlotReviewed(slot) && nowMs >= reviewByMs.get(slot)) {
                return ResultCode.REVIEW_OVERDUE;
            }
            if (month.get(slot) == thisMonth) {
                ofHousehold += householdId.get(slot) == household ? amount.get(slot) : 0;
                ofWallet += walletId.get(slot) == wallet ? amount.get(slot) : 0;
            }
        }
        return Math.max(ofHousehold, ofWallet) + wanted <= monthMax
                ? ResultCode.OK
                : ResultCode.EMERGENCY_LIMIT_EXCEEDED;
    }

    void award(final EmergencyAwardedDecoder event) {
        final long id = event.awardId();
        if (id != lastId + 1) {
            throw new InvariantViolated("emergency award " + id + " after " + lastId);
        }
        letGo(event.month());
        final int slot = slots.open(id);
        programmeId.set(slot, event.programmeId());
        walletId.set(slot, event.walletId());
        householdId.set(slot, event.householdId());
        amount.set(slot, event.amount());
        reviewByMs.set(slot, event.reviewByMs());
        operatorId.set(slot, event.operatorId());
        month.set(slot, event.month());
        verdict.set(slot, (byte) 0);
        sums.removeCore(countHash());
        lastId = id;
        sums.addCore(countHash());
        sums.addCore(hash(id, slot));
    }

    void review(final long id, final ReviewVerdict given) {
        final int slot = slots.slotOf(id);
        if (slot == 0) {
            throw new InvariantViolated("emergency award " + id + " is not there");
        }
        sums.removeCore(hash(id, slot));
        verdict.set(slot, (byte) given.value());
        sums.addCore(hash(id, slot));
    }

    private void letGo(final int thisMonth) {
        for (int i = 0; i < LEAVING_AN_AWARD && mayOldestLeave(thisMonth); i++) {
            final long id = firstId();
            sums.removeCore(hash(id, slots.slotOf(id)));
            slots.close(id);
        }
    }

    private boolean mayOldestLeave(final int thisMonth) {
        final int slot = slots.slotOf(firstId());
        return slot != 0 && isSlotReviewed(slot) && month.get(slot) < thisMonth;
    }

    private boolean isSlotReviewed(final int slot) {
        return verdict.get(slot) != 0;
    }

    private long firstId() {
        return lastId - slots.count() + 1;
    }

    @Override
    public void visit(final StateFields fields) {
        slots.visit(fields, "proposals.emergencyawards", "emergencyawards");
        lastId = fields.number("emergencyawards.last_id", lastId);
        programmeId.visit(fields, "emergencyawards.programme_id");
        walletId.visit(fields, "emergencyawards.wallet_id");
        householdId.visit(fields, "emergencyawards.household_id");
        amount.visit(fields, "emergencyawards.amount");
        reviewByMs.visit(fields, "emergencyawards.review_by_ms");
        operatorId.visit(fields, "emergencyawards.operator_id");
        month.visit(fields, "emergencyawards.month");
        verdict.visit(fields, "emergencyawards.verdict");
    }

    @Override
    public void rebuild() {
        sums.addCore(countHash());
        slots.rebuild((id, slot) -> {
            if (!exists(id)) {
                throw new InvariantViolated("emergency award " + id + " is none of the last, up to " + lastId);
            }
            sums.addCore(hash(id, slot));
        });
    }

    /** 0 before the first award, so that the hashes of older journals stay. */
    private long countHash() {
        return lastId == 0 ? 0 : EntityHash.end(EntityHash.add(EntityHash.start(CoreTags.EMERGENCY_AWARDS), lastId));
    }

    private long hash(final long id, final int slot) {
        long h = EntityHash.start(CoreTags.EMERGENCY_AWARD);
        h = EntityHash.add(h, id);
        h = EntityHash.add(h, programmeId.get(slot));
        h = EntityHash.add(h, walletId.get(slot));
        h = EntityHash.add(h, householdId.get(slot));
        h = EntityHash.add(h, amount.get(slot));
        h = EntityHash.add(h, reviewByMs.get(slot));
        h = EntityHash.add(h, operatorId.get(slot));
        h = EntityHash.add(h, month.get(slot));
        h = EntityHash.add(h, verdict.get(slot));
        return EntityHash.end(h);
    }
}

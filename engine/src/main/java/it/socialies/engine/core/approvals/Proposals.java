// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.approvals;

import it.socialies.engine.core.collections.ByteColumn;
import it.socialies.engine.core.collections.IntColumn;
import it.socialies.engine.core.collections.LongColumn;
import it.socialies.engine.core.collections.StateFields;
import it.socialies.engine.core.collections.StateTable;
import it.socialies.engine.core.kernel.CoreTags;
import it.socialies.engine.core.kernel.Digest;
import it.socialies.engine.core.kernel.DigestColumn;
import it.socialies.engine.core.kernel.HashSums;
import it.socialies.engine.core.kernel.InvariantViolated;
import it.socialies.engine.protocol.EntityHash;
import it.socialies.engine.protocol.sbe.ProposalKind;
import it.socialies.engine.protocol.sbe.ProposalMadeDecoder;
import it.socialies.engine.protocol.sbe.ProposalState;

/** Proposals and how far they came. Columns by proposal id. */
public final class Proposals implements StateTable {
    private final int max;
    private final HashSums sums;
    private final IntColumn circuitId;
    private final ByteColumn kind;
    private final ByteColumn state;
    private final LongColumn subjectId;
    private final LongColumn targetId;
    private final LongColumn amount;
    private final LongColumn extra;
    private final IntColumn rowCount;
    private final DigestColumn digest;
    private final LongColumn proposerId;
    private final LongColumn personId;
    private final LongColumn deciderId;
    private final LongColumn totalDone;
    private final IntColumn rowsDone;
    private final DigestColumn digestOfRest;
    private final LongColumn reversed;
    private long count;

    /** At most {@code max} proposals. */
    public Proposals(final int max, final HashSums sums) {
        this.max = max;
        this.sums = sums;
        circuitId = new IntColumn(max);
        kind = new ByteColumn(max);
        state = new ByteColumn(max);
        subjectId = new LongColumn(max);
        targetId = new LongColumn(max);
        amount = new LongColumn(max);
        extra = new LongColumn(max);
        rowCount = new IntColumn(max);
        digest = new DigestColumn(max);
        proposerId = new LongColumn(max);
        personId = new LongColumn(max);
        deciderId = new LongColumn(max);
        totalDone = new LongColumn(max);
        rowsDone = new IntColumn(max);
        digestOfRest = new DigestColumn(max);
        reversed = new LongColumn(max);
    }

    /** Id of the next proposal. */
    public long nextId() {
        return count + 1;
    }

    /** Proposals made. */
    public long count() {
        return count;
    }

    /** True when no proposal fits any more. */
    public boolean isFull() {
        return count >= max;
    }

    /** True when there is such a proposal in the circuit. */
    public boolean exists(final long id, final int circuitId) {
        return id > 0 && id <= count && this.circuitId.get(id) == circuitId;
    }

    void make(final ProposalMadeDecoder event, final int circuitId) {
        final long id = event.proposalId();
        if (id != count + 1) {
            throw new InvariantViolated("proposal " + id + " made after " + count);
        }
        count = id;
        this.circuitId.set(id, circuitId);
        kind.set(id, (byte) event.kind().value());
        state.set(id, (byte) ProposalState.PROPOSED.value());
        subjectId.set(id, event.subjectId());
        targetId.set(id, event.targetId());
        amount.set(id, event.amount());
        extra.set(id, event.extra());
        rowCount.set(id, event.rowCount());
        digest.set(id, event.digest());
        proposerId.set(id, event.proposerId());
        personId.set(id, event.personId());
        deciderId.set(id, 0);
        totalDone.set(id, 0);
        rowsDone.set(id, 0);
        digestOfRest.clear(id);
        sums.addCore(hash(id));
    }

    void decide(final long id, final long deciderId, final ProposalState newState) {
        sums.removeCore(hash(id));
        this.deciderId.set(id, deciderId);
        state.set(id, (byte) newState.value());
        sums.addCore(hash(id));
        if (kind(id) == ProposalKind.TAKE_BACK_BATCH && newState == ProposalState.APPROVED) {
            reverse(subjectId.get(id), amount.get(id));
        }
    }

    private void reverse(final long batchId, final long total) {
        sums.removeCore(reversalHash(batchId));
        reversed.add(batchId, total);
        sums.addCore(reversalHash(batchId));
    }

    void progress(
            final long id,
            final int rowsDone,
            final long totalDone,
            final ProposalState newState,
            final Digest newDigest) {
        sums.removeCore(hash(id));
        this.rowsDone.set(id, rowsDone);
        this.totalDone.set(id, totalDone);
        state.set(id, (byte) newState.value());
        digestOfRest.set(id, newDigest);
        sums.addCore(hash(id));
        if (kind(id) == ProposalKind.TAKE_BACK_BATCH && newState == ProposalState.CANCELLED) {
            // What it will not take back any more, another reversal may.
            reverse(subjectId.get(id), totalDone - amount.get(id));
        }
    }

    /** Copies the terms of a proposal. */
    public void readTerms(final long id, final ProposalTerms terms, final long timestampMs) {
        terms.set(id, circuitId.get(id), timestampMs)
                .set(subjectId.get(id), targetId.get(id), amount.get(id), extra.get(id), rowCount.get(id));
        digest.get(id, terms.digest());
    }

    /** Kind of the proposal. */
    public ProposalKind kind(final long id) {
        return ProposalKind.get(kind.get(id));
    }

    /** State of the proposal. */
    public ProposalState state(final long id) {
        return ProposalState.get(state.get(id));
    }

    /** Operator who proposed. */
    public long proposerId(final long id) {
        return proposerId.get(id);
    }

    /** Natural person who proposed. */
    public long proposerPersonId(final long id) {
        return personId.get(id);
    }

    /** Operator who approved or rejected; 0 while undecided. */
    public long deciderId(final long id) {
        return deciderId.get(id);
    }

    /** Rows of the batch executed so far. */
    public int rowsDone(final long id) {
        return rowsDone.get(id);
    }

    /** Minor units credited so far. */
    public long totalDone(final long id) {
        return totalDone.get(id);
    }

    /** Minor units that approved reversals of the batch ask back. */
    public long reversed(final long id) {
        return reversed.get(id);
    }

    /** Copies the digest of the rows of the batch that are still to come: all that were approved, less those executed. */
    public void readDigestToCome(final long id, final Digest into) {
        if (rowsDone.get(id) == 0) {
            digest.get(id, into);
        } else {
            digestOfRest.get(id, into);
        }
    }

    @Override
    public void visit(final StateFields fields) {
        count = fields.count("proposals.count", count, max);
        circuitId.visit(fields, "proposals.circuit_id");
        kind.visit(fields, "proposals.kind");
        state.visit(fields, "proposals.state");
        subjectId.visit(fields, "proposals.subject_id");
        targetId.visit(fields, "proposals.target_id");
        amount.visit(fields, "proposals.amount");
        extra.visit(fields, "proposals.extra");
        rowCount.visit(fields, "proposals.row_count");
        digest.visit(fields, "proposals.digest");
        proposerId.visit(fields, "proposals.proposer_id");
        personId.visit(fields, "proposals.person_id");
        deciderId.visit(fields, "proposals.decider_id");
        totalDone.visit(fields, "proposals.total_done");
        rowsDone.visit(fields, "proposals.rows_done");
        digestOfRest.visit(fields, "proposals.digest_of_rest");
        reversed.visit(fields, "proposals.reversed");
    }

    @Override
    public void rebuild() {
        for (long id = 1; id <= count; id++) {
            sums.addCore(hash(id));
            sums.addCore(reversalHash(id));
        }
    }

    /** 0 for a batch that nobody reversed. */
    private long reversalHash(final long id) {
        if (reversed.get(id) == 0) {
            return 0;
        }
        long h = EntityHash.start(CoreTags.REVERSAL);
        h = EntityHash.add(h, id);
        h = EntityHash.add(h, reversed.get(id));
        return EntityHash.end(h);
    }

    private long hash(final long id) {
        long h = EntityHash.start(CoreTags.PROPOSAL);
        h = EntityHash.add(h, id);
        h = EntityHash.add(h, circuitId.get(id));
        h = EntityHash.add(h, kind.get(id));
        h = EntityHash.add(h, subjectId.get(id));
        h = EntityHash.add(h, targetId.get(id));
        h = EntityHash.add(h, amount.get(id));
        h = EntityHash.add(h, extra.get(id));
        h = EntityHash.add(h, rowCount.get(id));
        h = digest.addTo(h, id);
        h = EntityHash.add(h, proposerId.get(id));
        h = EntityHash.add(h, personId.get(id));
        h = EntityHash.add(h, deciderId.get(id));
        h = EntityHash.add(h, totalDone.get(id));
        h = EntityHash.add(h, rowsDone.get(id));
        h = digestOfRest.addTo(h, id);
        h = EntityHash.add(h, state.get(id));
        return EntityHash.end(h);
    }
}

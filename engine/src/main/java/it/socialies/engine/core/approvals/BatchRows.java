// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.approvals;

import it.socialies.engine.core.kernel.Amounts;
import it.socialies.engine.core.kernel.Digest;
import it.socialies.engine.core.kernel.EventWriter;
import it.socialies.engine.protocol.sbe.Digest256Decoder;
import it.socialies.engine.protocol.sbe.ProposalKind;
import it.socialies.engine.protocol.sbe.ProposalProgressedEncoder;
import it.socialies.engine.protocol.sbe.ProposalState;
import it.socialies.engine.protocol.sbe.ResultCode;

/** The next rows of an approved batch: that they are what was approved, without gap, excess or change. Reused for each command. */
public final class BatchRows {
    /** Rows of one command. */
    public static final int MAX = 64;

    private final ProposalProgressedEncoder proposalProgressed = new ProposalProgressedEncoder();
    private final ProposalTerms terms = new ProposalTerms();
    private final Digest expected = new Digest();
    private final Digest rest = new Digest();
    private final Digest chained = new Digest();
    private final RowDigest rowDigest = new RowDigest();
    private final long[] walletIds = new long[MAX];
    private final long[] amounts = new long[MAX];
    private final EventWriter events;
    private final Proposals proposals;
    private int firstRow;
    private int count;
    private long total;

    /** Rows of these proposals. */
    public BatchRows(final EventWriter events, final Proposals proposals) {
        this.events = events;
        this.proposals = proposals;
    }

    /** Forgets the rows before. */
    public void begin(final int firstRow, final Digest256Decoder restDigest) {
        this.firstRow = firstRow;
        rest.from(restDigest);
        count = 0;
        total = 0;
    }

    /** Adds the next row; at most {@link #MAX}. */
    public void add(final long walletId, final long amount) {
        walletIds[count] = walletId;
        amounts[count++] = amount;
        // An amount that is none makes the sum useless, and check() says so.
        total += amount;
    }

    /** Whether these are the next rows of the batch {@code proposalId}, in the order of {@code commands.md}. */
    public ResultCode check(final long proposalId, final ProposalKind kind, final int circuitId, final long nowMs) {
        for (int row = 0; row < count; row++) {
            if (!Amounts.isPositive(amounts[row])) {
                return ResultCode.INVALID_AMOUNT;
            }
        }
        if (!proposals.exists(proposalId, circuitId) || proposals.kind(proposalId) != kind) {
            return ResultCode.NOT_FOUND;
        }
        if (proposals.state(proposalId) != ProposalState.APPROVED) {
            return ResultCode.PROPOSAL_STATE_CONFLICT;
        }
        if (firstRow != proposals.rowsDone(proposalId)) {
            return ResultCode.BATCH_GAP;
        }
        proposals.readTerms(proposalId, terms, nowMs);
        if (rowsDone() > terms.rowCount() || total > terms.amount() - proposals.totalDone(proposalId)) {
            return ResultCode.BATCH_EXCESS;
        }
        return areRowsTheApproved() ? ResultCode.OK : ResultCode.BATCH_DIGEST_MISMATCH;
    }

    /** What was approved; known once {@link #check} said that the rows are its. */
    public ProposalTerms terms() {
        return terms;
    }

    /** Rows of the command. */
    public int count() {
        return count;
    }

    /** Sum of the amounts, in minor units. */
    public long total() {
        return total;
    }

    /** Number of a row within the batch. */
    public int number(final int row) {
        return firstRow + row;
    }

    /** Wallet of a row. */
    public long walletId(final int row) {
        return walletIds[row];
    }

    /** Amount of a row, in minor units. */
    public long amount(final int row) {
        return amounts[row];
    }

    /** Writes how far the batch came; {@code moved} is what these rows moved. */
    public void progressed(final long moved) {
        final long id = terms.proposalId();
        rest.to(events.start(proposalProgressed)
                .proposalId(id)
                .totalDone(proposals.totalDone(id) + moved)
                .rowsDone(rowsDone())
                .state(isLast() ? ProposalState.EXECUTED : ProposalState.APPROVED)
                .digest());
        events.end();
    }

    private int rowsDone() {
        return firstRow + count;
    }

    private boolean isLast() {
        return rowsDone() == terms.rowCount();
    }

    /** True when these rows, followed by the rest, are what is still to come of what was approved; before any money moves. */
    private boolean areRowsTheApproved() {
        if (isLast() != rest.isZero()) {
            return false;
        }
        chained.set(rest.w0(), rest.w1(), rest.w2(), rest.w3());
        for (int row = count - 1; row >= 0; row--) {
            rowDigest.add(chained, walletIds[row], amounts[row]);
        }
        proposals.readDigestToCome(terms.proposalId(), expected);
        return expected.sameAs(chained.w0(), chained.w1(), chained.w2(), chained.w3());
    }
}

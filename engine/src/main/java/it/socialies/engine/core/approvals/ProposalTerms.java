// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.approvals;

import it.socialies.engine.core.kernel.Digest;

/** What a proposal says: the terms at hand, reused for each command. The meaning of the fields by kind is in {@code commands.md}. */
public final class ProposalTerms {
    private final Digest digest = new Digest();
    private long proposalId;
    private int circuitId;
    private long timestampMs;
    private long subjectId;
    private long targetId;
    private long amount;
    private long extra;
    private int rowCount;

    ProposalTerms set(final long proposalId, final int circuitId, final long timestampMs) {
        this.proposalId = proposalId;
        this.circuitId = circuitId;
        this.timestampMs = timestampMs;
        return this;
    }

    ProposalTerms set(
            final long subjectId, final long targetId, final long amount, final long extra, final int rowCount) {
        this.subjectId = subjectId;
        this.targetId = targetId;
        this.amount = amount;
        this.extra = extra;
        this.rowCount = rowCount;
        return this;
    }

    /** The proposal; at {@code Propose} the id it would get. */
    public long proposalId() {
        return proposalId;
    }

    /** Circuit of the command. */
    public int circuitId() {
        return circuitId;
    }

    /** Stamp of the command, in milliseconds. */
    public long timestampMs() {
        return timestampMs;
    }

    /** What it is about. */
    public long subjectId() {
        return subjectId;
    }

    /** For or with whom. */
    public long targetId() {
        return targetId;
    }

    /** Minor units. */
    public long amount() {
        return amount;
    }

    /** Roles, basis points, flags or a reference. */
    public long extra() {
        return extra;
    }

    /** Rows of a batch. */
    public int rowCount() {
        return rowCount;
    }

    /** Digest of the rows of a batch. */
    public Digest digest() {
        return digest;
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.model;

import it.socialies.engine.protocol.sbe.ProposalKind;
import it.socialies.engine.protocol.sbe.ProposalState;
import it.socialies.engine.protocol.sbe.ResultCode;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;

/** What every batch has in common: approved as a whole by its digest, executed chunk by chunk, cancelled for what is left. */
final class BatchChunks {
    private static final int ROWS_MAX = 100_000;
    private static final int CHUNK_MAX = 64;
    private static final List<Long> ZEROS = List.of(0L, 0L, 0L, 0L);
    private static final int EXECUTORS = Access.SOCIAL | Access.TREASURER | Access.ADMIN;

    /**
     * The next rows of a batch, proved to be the approved ones.
     *
     * @param rest the digest of those behind them
     */
    record Chunk(World.Proposal batch, List<Message> rows, List<Long> rest) {
        BigInteger total() {
            return sum(rows);
        }

        int number(int index) {
            return batch.rowsDone + index;
        }

        /** Notes that all rows were looked at, and that they moved so much. */
        void finish(BigInteger moved, List<Message> events) {
            batch.totalDone = batch.totalDone.add(moved);
            batch.rowsDone += rows.size();
            batch.digestToCome = rest;
            batch.state =
                    batch.rowsDone == batch.terms.integer("rowCount") ? ProposalState.EXECUTED : ProposalState.APPROVED;
            events.add(progressed(batch));
        }
    }

    private final World world;
    private final Access access;

    BatchChunks(World world, Access access) {
        this.world = world;
        this.access = access;
    }

    static boolean isBatch(ProposalKind kind) {
        return kind == ProposalKind.TOP_UP_BATCH || kind == ProposalKind.TAKE_BACK_BATCH;
    }

    static void requireRowCount(Message terms) {
        long rows = terms.number("rowCount");
        Refused.unless(rows >= 1 && rows <= ROWS_MAX, ResultCode.INVALID_FIELD);
    }

    /** The rows that a command carries, as many as it may. */
    List<Message> requireRows(Call call) {
        access.require(call, EXECUTORS);
        List<Message> rows = call.command().group("rows");
        Refused.when(rows.isEmpty() || rows.size() > CHUNK_MAX, ResultCode.MALFORMED);
        return rows;
    }

    /** The chunk that these rows are of an approved batch of this kind. */
    Chunk requireChunk(Call call, ProposalKind kind, List<Message> rows) {
        rows.forEach(row -> Amounts.requirePositive(row.amount("amount")));
        World.Proposal batch = require(call);
        Refused.unless(batch.kind == kind, ResultCode.NOT_FOUND);
        Refused.unless(batch.state == ProposalState.APPROVED, ResultCode.PROPOSAL_STATE_CONFLICT);
        Refused.unless(call.number("firstRow") == batch.rowsDone, ResultCode.BATCH_GAP);
        int rowCount = batch.terms.integer("rowCount");
        int rowsAfter = batch.rowsDone + rows.size();
        Refused.when(
                rowsAfter > rowCount || Amounts.isMore(batch.totalDone.add(sum(rows)), batch.terms.amount("amount")),
                ResultCode.BATCH_EXCESS);
        List<Long> rest = call.command().digest("restDigest");
        Refused.unless(
                rest.equals(ZEROS) == (rowsAfter == rowCount)
                        && digest(rows, rest).equals(batch.digestToCome),
                ResultCode.BATCH_DIGEST_MISMATCH);
        return new Chunk(batch, rows, rest);
    }

    /** {@code CancelBatch}. */
    Effect cancel(Call call) {
        access.require(call, EXECUTORS);
        World.Proposal batch = require(call);
        Refused.unless(batch.state == ProposalState.APPROVED, ResultCode.PROPOSAL_STATE_CONFLICT);
        return events -> {
            batch.state = ProposalState.CANCELLED;
            events.add(progressed(batch));
        };
    }

    private World.Proposal require(Call call) {
        World.Proposal proposal = world.proposals.get(call.number("proposalId"));
        if (proposal == null || proposal.circuitId != call.circuitId() || !isBatch(proposal.kind)) {
            throw new Refused(ResultCode.NOT_FOUND);
        }
        return proposal;
    }

    private static Message progressed(World.Proposal batch) {
        return new Message("ProposalProgressed")
                .with("proposalId", batch.id)
                .with("totalDone", batch.totalDone)
                .with("rowsDone", batch.rowsDone)
                .with("state", batch.state)
                .put("digest", batch.digestToCome);
    }

    private static BigInteger sum(List<Message> rows) {
        return rows.stream().map(row -> row.amount("amount")).reduce(BigInteger.ZERO, BigInteger::add);
    }

    /** Digest of rows followed by those whose digest is {@code rest}: SHA-256(rest, wallet, amount), from the last row to the first. */
    private static List<Long> digest(List<Message> rows, List<Long> rest) {
        List<Long> digest = rest;
        for (Message row : rows.reversed()) {
            ByteBuffer bytes = ByteBuffer.allocate(48);
            digest.forEach(bytes::putLong);
            bytes.putLong(row.number("walletId")).putLong(row.number("amount"));
            ByteBuffer words = ByteBuffer.wrap(sha256(bytes.array()));
            digest = List.of(words.getLong(), words.getLong(), words.getLong(), words.getLong());
        }
        return digest;
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}

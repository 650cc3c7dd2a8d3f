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

/** TOP_UP_BATCH: approved as a whole by its digest, executed chunk by chunk. */
final class BatchRules implements ProposalRules.Kind {
    private static final int ROWS_MAX = 100_000;
    private static final int CHUNK_MAX = 64;
    private static final List<Long> ZEROS = List.of(0L, 0L, 0L, 0L);

    private final World world;
    private final Access access;
    private final ProgrammeRules programmes;
    private final TopUpRules topUps;

    BatchRules(World world, Access access, ProgrammeRules programmes, TopUpRules topUps) {
        this.world = world;
        this.access = access;
        this.programmes = programmes;
        this.topUps = topUps;
    }

    @Override
    public int proposers() {
        return Access.SOCIAL;
    }

    @Override
    public int approvers() {
        return Access.SOCIAL | Access.TREASURER | Access.ADMIN;
    }

    @Override
    public void checkTerms(Message terms) {
        Amounts.requirePositive(terms.amount("amount"));
        long rows = terms.number("rowCount");
        Refused.unless(rows >= 1 && rows <= ROWS_MAX, ResultCode.INVALID_FIELD);
    }

    private World.Programme programme(Message terms, int circuitId) {
        return programmes.require(terms.number("subjectId"), circuitId);
    }

    @Override
    public void check(ProposalRules.Terms terms) {
        TopUpRules.requireOpen(programme(terms.message(), terms.circuitId()), terms.stampMs());
    }

    @Override
    public void checkApproval(ProposalRules.Terms terms) {
        TopUpRules.requireCommitment(
                programme(terms.message(), terms.circuitId()), terms.message().amount("amount"));
    }

    @Override
    public void execute(ProposalRules.Terms terms, List<Message> events) {}

    /** {@code ExecuteTopUps}. */
    Effect executeRows(Call call) {
        access.require(call, approvers());
        List<Message> rows = call.command().group("rows");
        Refused.when(rows.isEmpty() || rows.size() > CHUNK_MAX, ResultCode.MALFORMED);
        topUps.requireTables(rows.size());
        rows.forEach(row -> Amounts.requirePositive(row.amount("amount")));
        World.Proposal batch = require(call);
        Refused.unless(batch.state == ProposalState.APPROVED, ResultCode.PROPOSAL_STATE_CONFLICT);
        Refused.unless(call.number("firstRow") == batch.rowsDone, ResultCode.BATCH_GAP);
        BigInteger total = rows.stream().map(row -> row.amount("amount")).reduce(BigInteger.ZERO, BigInteger::add);
        int rowsAfter = batch.rowsDone + rows.size();
        Refused.when(
                rowsAfter > batch.terms.integer("rowCount")
                        || Amounts.isMore(batch.totalDone.add(total), batch.terms.amount("amount")),
                ResultCode.BATCH_EXCESS);
        boolean isLast = rowsAfter == batch.terms.integer("rowCount");
        List<Long> rest = call.command().digest("restDigest");
        Refused.unless(
                rest.equals(ZEROS) == isLast && digest(rows, rest).equals(batch.digestToCome),
                ResultCode.BATCH_DIGEST_MISMATCH);
        World.Programme programme = programme(batch.terms, batch.circuitId);
        TopUpRules.requireOpen(programme, call.stampMs());
        TopUpRules.requireCommitment(programme, total);
        return events -> {
            for (int i = 0; i < rows.size(); i++) {
                executeRow(batch, programme, rows.get(i), batch.rowsDone + i, call.stampMs(), events);
            }
            batch.rowsDone = rowsAfter;
            batch.digestToCome = rest;
            batch.state = isLast ? ProposalState.EXECUTED : ProposalState.APPROVED;
            events.add(new Message("ProposalProgressed")
                    .with("proposalId", batch.id)
                    .with("totalDone", batch.totalDone)
                    .with("rowsDone", batch.rowsDone)
                    .with("state", batch.state)
                    .put("digest", rest));
        };
    }

    private World.Proposal require(Call call) {
        World.Proposal proposal = world.proposals.get(call.number("proposalId"));
        if (proposal == null || proposal.circuitId != call.circuitId() || proposal.kind != ProposalKind.TOP_UP_BATCH) {
            throw new Refused(ResultCode.NOT_FOUND);
        }
        return proposal;
    }

    private void executeRow(
            World.Proposal batch,
            World.Programme programme,
            Message row,
            int number,
            long stampMs,
            List<Message> events) {
        BigInteger amount = row.amount("amount");
        World.Wallet wallet = world.wallets.get(row.number("walletId"));
        try {
            if (wallet == null || wallet.circuitId != batch.circuitId) {
                throw new Refused(ResultCode.NOT_FOUND);
            }
            TopUpRules.requireRoom(wallet, programme, amount, stampMs);
            topUps.credit(wallet, programme, amount, batch.id, events);
            batch.totalDone = batch.totalDone.add(amount);
        } catch (Refused refused) {
            events.add(new Message("TopUpRefused")
                    .with("proposalId", batch.id)
                    .with("walletId", row.number("walletId"))
                    .with("amount", amount)
                    .with("row", number)
                    .with("code", refused.code));
        }
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

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.model;

import it.socialies.engine.protocol.sbe.ProposalKind;
import it.socialies.engine.protocol.sbe.ResultCode;
import java.math.BigInteger;
import java.util.List;

/** TOP_UP_BATCH: money for many wallets. */
final class BatchRules implements ProposalRules.Kind {
    private final World world;
    private final BatchChunks chunks;
    private final ProgrammeRules programmes;
    private final TopUpRules topUps;

    BatchRules(World world, BatchChunks chunks, ProgrammeRules programmes, TopUpRules topUps) {
        this.world = world;
        this.chunks = chunks;
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
        BatchChunks.requireRowCount(terms);
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
        List<Message> rows = chunks.requireRows(call);
        topUps.requireTables(rows.size());
        BatchChunks.Chunk chunk = chunks.requireChunk(call, ProposalKind.TOP_UP_BATCH, rows);
        World.Programme programme = programme(chunk.batch().terms, call.circuitId());
        TopUpRules.requireOpen(programme, call.stampMs());
        TopUpRules.requireCommitment(programme, chunk.total());
        return events -> {
            BigInteger credited = BigInteger.ZERO;
            for (int i = 0; i < rows.size(); i++) {
                credited = credited.add(executeRow(chunk, programme, i, call.stampMs(), events));
            }
            chunk.finish(credited, events);
        };
    }

    /** What the row credited. */
    private BigInteger executeRow(
            BatchChunks.Chunk chunk, World.Programme programme, int index, long stampMs, List<Message> events) {
        World.Proposal batch = chunk.batch();
        Message row = chunk.rows().get(index);
        BigInteger amount = row.amount("amount");
        World.Wallet wallet = world.wallets.get(row.number("walletId"));
        try {
            if (wallet == null || wallet.circuitId != batch.circuitId) {
                throw new Refused(ResultCode.NOT_FOUND);
            }
            TopUpRules.requireRoom(wallet, programme, amount, stampMs);
            topUps.credit(wallet, programme, amount, batch.id, events);
            return amount;
        } catch (Refused refused) {
            events.add(new Message("TopUpRefused")
                    .with("proposalId", batch.id)
                    .with("walletId", row.number("walletId"))
                    .with("amount", amount)
                    .with("row", chunk.number(index))
                    .with("code", refused.code));
            return BigInteger.ZERO;
        }
    }
}

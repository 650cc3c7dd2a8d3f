// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.model;

import it.socialies.engine.protocol.sbe.ProposalKind;
import it.socialies.engine.protocol.sbe.ProposalState;
import it.socialies.engine.protocol.sbe.ResultCode;
import java.math.BigInteger;
import java.util.List;

/** TAKE_BACK_BATCH: rows of a batch of top-ups taken back, never more than it credited. */
final class ReversalRules implements ProposalRules.Kind {
    private final World world;
    private final BatchChunks chunks;
    private final ProgrammeRules programmes;
    private final TransferRules transfers;
    private final TakeBackRules takeBacks;

    ReversalRules(
            World world,
            BatchChunks chunks,
            ProgrammeRules programmes,
            TransferRules transfers,
            TakeBackRules takeBacks) {
        this.world = world;
        this.chunks = chunks;
        this.programmes = programmes;
        this.transfers = transfers;
        this.takeBacks = takeBacks;
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
        TakeBackRules.requireReason(terms);
    }

    @Override
    public void check(ProposalRules.Terms terms) {
        World.Proposal batch = batch(terms.message(), terms.circuitId());
        Refused.unless(
                batch.state == ProposalState.EXECUTED || batch.state == ProposalState.CANCELLED,
                ResultCode.PROPOSAL_STATE_CONFLICT);
        BigInteger asked = askedBackOf(batch).add(terms.message().amount("amount"));
        Refused.when(Amounts.isMore(asked, batch.totalDone), ResultCode.AMOUNT_EXCEEDS_CREDITED);
    }

    /** The batch of top-ups that is reversed. */
    private World.Proposal batch(Message terms, int circuitId) {
        World.Proposal batch = world.proposals.get(terms.number("subjectId"));
        if (batch == null || batch.circuitId != circuitId || batch.kind != ProposalKind.TOP_UP_BATCH) {
            throw new Refused(ResultCode.NOT_FOUND);
        }
        return batch;
    }

    private BigInteger askedBackOf(World.Proposal batch) {
        return world.proposals.values().stream()
                .filter(other ->
                        other.kind == ProposalKind.TAKE_BACK_BATCH && other.terms.number("subjectId") == batch.id)
                .map(ReversalRules::askedBackBy)
                .reduce(BigInteger.ZERO, BigInteger::add);
    }

    private static BigInteger askedBackBy(World.Proposal reversal) {
        return switch (reversal.state) {
            case APPROVED, EXECUTED -> reversal.terms.amount("amount");
            case CANCELLED -> reversal.totalDone;
            default -> BigInteger.ZERO;
        };
    }

    @Override
    public void execute(ProposalRules.Terms terms, List<Message> events) {}

    /** {@code ExecuteTakeBacks}. */
    Effect executeRows(Call call) {
        List<Message> rows = chunks.requireRows(call);
        BatchChunks.Chunk chunk = chunks.requireChunk(call, ProposalKind.TAKE_BACK_BATCH, rows);
        World.Proposal credited = batch(chunk.batch().terms, call.circuitId());
        World.Programme programme = programmes.require(credited.terms.number("subjectId"), call.circuitId());
        return events -> {
            BigInteger gone = BigInteger.ZERO;
            for (int i = 0; i < rows.size(); i++) {
                gone = gone.add(executeRow(chunk, programme, i, events));
            }
            chunk.finish(gone, events);
        };
    }

    /** What the row took back or forwent. */
    private BigInteger executeRow(BatchChunks.Chunk chunk, World.Programme programme, int index, List<Message> events) {
        World.Proposal batch = chunk.batch();
        Message row = chunk.rows().get(index);
        BigInteger amount = row.amount("amount");
        try {
            World.Wallet wallet = transfers.requireWallet(row.number("walletId"), batch.circuitId);
            World.Pocket pocket = TakeBackRules.requirePocket(wallet, programme);
            TakeBackRules.requireCredited(pocket, amount);
            return takeBacks.takeBack(pocket, amount, batch.id, events);
        } catch (Refused refused) {
            events.add(new Message("TakeBackRefused")
                    .with("proposalId", batch.id)
                    .with("walletId", row.number("walletId"))
                    .with("amount", amount)
                    .with("row", chunk.number(index))
                    .with("code", refused.code));
            return BigInteger.ZERO;
        }
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.topups;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import it.socialies.engine.client.CommandFrame;
import it.socialies.engine.protocol.sbe.ExecuteTakeBacksEncoder;
import it.socialies.engine.protocol.sbe.ExecuteTopUpsEncoder;
import it.socialies.engine.protocol.sbe.PrincipalKind;
import it.socialies.engine.protocol.sbe.ProposalKind;
import it.socialies.engine.protocol.sbe.ProposalProgressedDecoder;
import it.socialies.engine.protocol.sbe.ProposalState;
import it.socialies.engine.protocol.sbe.ProposalViewDecoder;
import it.socialies.engine.protocol.sbe.QueryProposalEncoder;
import it.socialies.engine.protocol.sbe.ResultCode;
import it.socialies.engine.protocol.sbe.TakeBackRefusedDecoder;
import it.socialies.engine.protocol.sbe.TopUpRefusedDecoder;
import it.socialies.gateway.api.Ids;
import it.socialies.gateway.api.Json;
import it.socialies.gateway.api.ProblemException;
import it.socialies.gateway.engineclient.CoreClient;
import it.socialies.gateway.engineclient.CoreReply;
import it.socialies.gateway.engineclient.EngineCoreAccess;
import it.socialies.gateway.http.Refusals;
import it.socialies.gateway.office.RowChain;
import it.socialies.gateway.office.TopUp;
import it.socialies.gateway.office.TopUpBatches;
import it.socialies.gateway.security.KeyedHash;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.LongSupplier;

/**
 * Runs the rows of an approved batch in chunks, starting where the core says it stands. The core takes each row once, in order, whoever sends it and
 * how often. One run a batch at a time. Threading: any event loop.
 */
public final class BatchExecution {
    private static final int CHUNK_ROWS = 64;

    /** How far a batch is. */
    public record Progress(ProposalState state, int rowsDone, long totalDone, JsonArray refused, long sequence) {
        /** Adds it to a proposal. */
        public JsonObject addTo(JsonObject proposal) {
            return proposal.put("state", Json.word(state))
                    .put("rows_done", rowsDone)
                    .put("amount_done", Json.euro(totalDone))
                    .put("refused", refused)
                    .put("sequence", sequence);
        }
    }

    private final CoreClient core;
    private final TopUpBatches batches;
    private final KeyedHash keys;
    private final LongSupplier nowMs;
    private final ConcurrentMap<Long, Future<Progress>> running = new ConcurrentHashMap<>();

    /**
     * @param keys makes the idempotency keys of chunks
     * @param nowMs installation time
     */
    public BatchExecution(CoreClient core, TopUpBatches batches, KeyedHash keys, LongSupplier nowMs) {
        this.core = core;
        this.batches = batches;
        this.keys = keys;
        this.nowMs = nowMs;
    }

    /**
     * Runs what is left of a batch and tells how it ended.
     *
     * @param operatorId on whose behalf: the core checks the role
     */
    public Future<Progress> run(long operatorId, int circuitId, long proposalId) {
        Future<Progress> other = running.get(proposalId);
        if (other != null && !other.isComplete()) {
            return other;
        }
        Future<Progress> run = view(operatorId, circuitId, proposalId).compose(reply -> {
            ProposalViewDecoder view = reply.get(new ProposalViewDecoder());
            Progress progress =
                    new Progress(view.state(), view.rowsDone(), view.totalDone(), new JsonArray(), reply.sequence());
            return batches.rows(proposalId, progress.rowsDone())
                    .compose(rows -> step(
                            new Run(
                                    view.kind(),
                                    operatorId,
                                    circuitId,
                                    proposalId,
                                    RowChain.of(progress.rowsDone(), rows),
                                    new JsonArray()),
                            progress));
        });
        running.put(proposalId, run);
        return run.onComplete(done -> running.remove(proposalId, run));
    }

    private record Run(
            ProposalKind kind, long operatorId, int circuitId, long proposalId, RowChain chain, JsonArray refused) {}

    private Future<Progress> step(Run run, Progress progress) {
        if (progress.state() != ProposalState.APPROVED) {
            return Future.succeededFuture(progress);
        }
        List<TopUp> rows = run.chain().rows(progress.rowsDone(), CHUNK_ROWS);
        if (rows.isEmpty()) {
            return Future.failedFuture(
                    new ProblemException("batch_gap", "The rows of this batch are not in the office."));
        }
        return send(run, progress.rowsDone(), rows).compose(reply -> step(run, progress(run, reply)));
    }

    private Future<CoreReply> send(Run run, int firstRow, List<TopUp> rows) {
        ByteBuffer name = ByteBuffer.allocate(Long.BYTES + Integer.BYTES)
                .putLong(run.proposalId())
                .putInt(firstRow);
        ByteBuffer random = ByteBuffer.wrap(keys.bytes(name.array()));
        long keyHi = (nowMs.getAsLong() << 16) | 0x7000L | (random.getLong() & 0xFFFL);
        long keyLo = (random.getLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
        return core.send(frame -> {
                    frame.from(PrincipalKind.OPERATOR, run.operatorId(), run.circuitId())
                            .key(keyHi, keyLo);
                    if (run.kind() == ProposalKind.TAKE_BACK_BATCH) {
                        takeBack(frame, run, firstRow, rows);
                    } else {
                        topUp(frame, run, firstRow, rows);
                    }
                })
                .compose(reply -> reply.isOk() || reply.code() == ResultCode.BATCH_GAP
                        ? Future.succeededFuture(reply)
                        : Future.failedFuture(Refusals.problem(reply)))
                .compose(reply -> reply.isOk()
                        ? Future.succeededFuture(reply)
                        : view(run.operatorId(), run.circuitId(), run.proposalId()));
    }

    private static void topUp(CommandFrame frame, Run run, int firstRow, List<TopUp> rows) {
        ExecuteTopUpsEncoder command = frame.message(new ExecuteTopUpsEncoder())
                .proposalId(run.proposalId())
                .firstRow(firstRow);
        EngineCoreAccess.put(command.restDigest(), run.chain().digestFrom(firstRow + rows.size()));
        ExecuteTopUpsEncoder.RowsEncoder group = command.rowsCount(rows.size());
        for (TopUp row : rows) {
            group.next().walletId(row.walletId()).amount(row.amount());
        }
    }

    private static void takeBack(CommandFrame frame, Run run, int firstRow, List<TopUp> rows) {
        ExecuteTakeBacksEncoder command = frame.message(new ExecuteTakeBacksEncoder())
                .proposalId(run.proposalId())
                .firstRow(firstRow);
        EngineCoreAccess.put(command.restDigest(), run.chain().digestFrom(firstRow + rows.size()));
        ExecuteTakeBacksEncoder.RowsEncoder group = command.rowsCount(rows.size());
        for (TopUp row : rows) {
            group.next().walletId(row.walletId()).amount(row.amount());
        }
    }

    private Progress progress(Run run, CoreReply reply) {
        ProposalProgressedDecoder progressed = reply.isRecord() ? reply.find(new ProposalProgressedDecoder()) : null;
        if (progressed == null) {
            ProposalViewDecoder view = reply.get(new ProposalViewDecoder());
            return new Progress(view.state(), view.rowsDone(), view.totalDone(), run.refused(), reply.sequence());
        }
        TopUpRefusedDecoder refusal = new TopUpRefusedDecoder();
        TakeBackRefusedDecoder kept = new TakeBackRefusedDecoder();
        reply.forEachMessage((templateId, buffer, offset, blockLength, version) -> {
            if (templateId == TopUpRefusedDecoder.TEMPLATE_ID) {
                refusal.wrap(buffer, offset, blockLength, version);
                run.refused().add(refused(refusal.row(), refusal.walletId(), refusal.amount(), refusal.code()));
            } else if (templateId == TakeBackRefusedDecoder.TEMPLATE_ID) {
                kept.wrap(buffer, offset, blockLength, version);
                run.refused().add(refused(kept.row(), kept.walletId(), kept.amount(), kept.code()));
            }
        });
        return new Progress(
                progressed.state(), progressed.rowsDone(), progressed.totalDone(), run.refused(), reply.sequence());
    }

    private static JsonObject refused(int row, long walletId, long amount, ResultCode code) {
        return new JsonObject()
                .put("row", row)
                .put("wallet_id", Ids.WALLET.format(walletId))
                .put("amount", Json.euro(amount))
                .put("code", ProblemException.codeOf(code));
    }

    private Future<CoreReply> view(long operatorId, int circuitId, long proposalId) {
        return core.send(frame -> frame.from(PrincipalKind.OPERATOR, operatorId, circuitId)
                        .message(new QueryProposalEncoder())
                        .proposalId(proposalId))
                .compose(reply ->
                        reply.isOk() ? Future.succeededFuture(reply) : Future.failedFuture(Refusals.problem(reply)));
    }
}

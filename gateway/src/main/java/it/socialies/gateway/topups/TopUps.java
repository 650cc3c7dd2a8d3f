// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.topups;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import it.socialies.engine.protocol.sbe.ProposalKind;
import it.socialies.engine.protocol.sbe.ProposalMadeDecoder;
import it.socialies.engine.protocol.sbe.ProposeEncoder;
import it.socialies.engine.protocol.sbe.ResultCode;
import it.socialies.gateway.api.Ids;
import it.socialies.gateway.api.Json;
import it.socialies.gateway.api.ProblemException;
import it.socialies.gateway.engineclient.CoreReply;
import it.socialies.gateway.engineclient.EngineCoreAccess;
import it.socialies.gateway.http.Api;
import it.socialies.gateway.http.ApiAnswer;
import it.socialies.gateway.http.ApiRequest;
import it.socialies.gateway.http.Resource;
import it.socialies.gateway.office.TopUp;
import it.socialies.gateway.office.TopUpBatch;
import it.socialies.gateway.office.TopUpBatches;
import it.socialies.gateway.projection.Projection;
import it.socialies.gateway.proposals.Decided;
import it.socialies.gateway.proposals.Proposals;
import it.socialies.gateway.proposals.Proposing;
import java.util.ArrayList;
import java.util.List;

/**
 * Top-ups, single or in batches. The core knows a batch by its count, total and digest; the rows wait in the office database, and run in bounded chunks once
 * somebody else has approved them.
 */
public final class TopUps implements Resource, Decided {
    private static final String REFUSED_ROWS =
            "SELECT row, wallet_id, amount, code FROM top_up_refusal WHERE proposal_id = $1 ORDER BY row";

    private final Projection projection;
    private final TopUpBatches batches;
    private final BatchExecution execution;

    public TopUps(Projection projection, TopUpBatches batches, BatchExecution execution) {
        this.projection = projection;
        this.batches = batches;
        this.execution = execution;
    }

    @Override
    public void mount(Api api) {
        api.on("proposeTopUp", request -> propose(api, request));
        api.on(
                "getTopUp",
                request -> Proposals.view(api, request)
                        .map(TopUps::onlyTopUps)
                        .compose(this::withRefusedRows)
                        .map(ApiAnswer::ok));
        api.on("executeTopUp", request -> execute(api, request));
    }

    private Future<ApiAnswer> propose(Api api, ApiRequest request) {
        JsonObject body = request.body();
        long programmeId = Ids.PROGRAMME.parse(body.getString("programme_id"));
        List<TopUp> rows = rows(body.getJsonArray("rows"));
        if (rows.size() == 1) {
            TopUp row = rows.getFirst();
            return api.send(
                            request,
                            (each, frame) -> frame.message(new ProposeEncoder())
                                    .kind(ProposalKind.TOP_UP)
                                    .subjectId(row.walletId())
                                    .targetId(programmeId)
                                    .amount(row.amount()))
                    .map(Proposing::answer)
                    .map(answer -> named(answer, programmeId));
        }
        TopUpBatch batch = batch(request, programmeId, rows);
        return api.send(request, (each, frame) -> {
                    ProposeEncoder command = frame.message(new ProposeEncoder())
                            .kind(ProposalKind.TOP_UP_BATCH)
                            .subjectId(programmeId)
                            .amount(batch.total())
                            .rowCount(batch.rowCount());
                    EngineCoreAccess.put(command.digest(), batch.digest());
                })
                .compose(reply -> {
                    if (!reply.isRecord()) {
                        return Future.succeededFuture(ApiAnswer.ok(dryRun(reply, batch)));
                    }
                    ApiAnswer answer = named(Proposing.answer(reply), programmeId);
                    return batches.save(reply.get(new ProposalMadeDecoder()).proposalId(), batch, rows)
                            .map(answer);
                });
    }

    private static TopUpBatch batch(ApiRequest request, long programmeId, List<TopUp> rows) {
        try {
            return TopUpBatch.of(request.circuitId(), programmeId, rows);
        } catch (ArithmeticException e) {
            throw new ProblemException("invalid_amount");
        }
    }

    private static List<TopUp> rows(JsonArray json) {
        List<TopUp> rows = new ArrayList<>(json.size());
        for (int i = 0; i < json.size(); i++) {
            JsonObject row = json.getJsonObject(i);
            rows.add(new TopUp(Ids.WALLET.parse(row.getString("wallet_id")), Json.minorUnits(row, "amount", Json.EUR)));
        }
        return rows;
    }

    /** The rows of an issuance batch wait for its own approval, with what that binds and the delay behind it. */
    @Override
    public Future<Void> beforeApproval(long proposalId, JsonObject proposal) {
        return notOfIssuance(proposalId, proposal);
    }

    @Override
    public Future<Void> beforeRejection(long proposalId, JsonObject proposal) {
        return notOfIssuance(proposalId, proposal);
    }

    private Future<Void> notOfIssuance(long proposalId, JsonObject proposal) {
        if (!proposal.getString("kind").equals(Json.word(ProposalKind.TOP_UP_BATCH))) {
            return Future.succeededFuture();
        }
        return batches.isOfIssuance(proposalId)
                .compose(isOne -> isOne
                        ? Future.failedFuture(new ProblemException("issuance_of_a_batch"))
                        : Future.succeededFuture());
    }

    /** A single top-up is approved here as any proposal; the rows of a batch follow at once. */
    @Override
    public Future<JsonObject> onApproved(ApiRequest request, long proposalId, JsonObject proposal, CoreReply reply) {
        if (!proposal.containsKey("rows_done")) {
            return Future.succeededFuture(proposal);
        }
        return execution
                .run(request.operator().id(), request.circuitId(), proposalId)
                .map(progress -> progress.addTo(proposal));
    }

    private Future<ApiAnswer> execute(Api api, ApiRequest request) {
        request.key();
        long proposalId = request.id(Ids.PROPOSAL);
        return Proposals.view(api, request)
                .map(TopUps::onlyBatches)
                .compose(proposal -> notOfIssuance(proposalId, proposal).map(proposal))
                .compose(proposal -> execution
                        .run(request.operator().id(), request.circuitId(), proposalId)
                        .map(progress -> new ApiAnswer(201, progress.addTo(proposal), false)));
    }

    /** Batches that credit and those that take back run the same way. */
    private static JsonObject onlyBatches(JsonObject proposal) {
        if (!proposal.containsKey("rows_done")) {
            throw new ProblemException("not_found");
        }
        return proposal;
    }

    private static JsonObject onlyTopUps(JsonObject proposal) {
        if (!proposal.getString("kind").startsWith("top_up")) {
            throw new ProblemException("not_found");
        }
        boolean isBatch = proposal.containsKey("rows_done");
        return proposal.put("programme_id", proposal.getString(isBatch ? "subject_id" : "target_id"));
    }

    /** Rows that could not be credited are in the projection; without it they are left out. */
    private Future<JsonObject> withRefusedRows(JsonObject proposal) {
        long proposalId = Ids.PROPOSAL.parse(proposal.getString("id"));
        return projection
                .rows(0, REFUSED_ROWS, Tuple.of(proposalId))
                .map(rows -> {
                    JsonArray refused = new JsonArray();
                    for (Row row : rows) {
                        refused.add(new JsonObject()
                                .put("row", row.getInteger("row"))
                                .put("wallet_id", Ids.WALLET.format(row.getLong("wallet_id")))
                                .put("amount", Json.euro(row.getLong("amount")))
                                .put("code", ProblemException.codeOf(ResultCode.get(row.getShort("code")))));
                    }
                    return proposal.put("refused", refused);
                })
                .otherwise(proposal);
    }

    private static ApiAnswer named(ApiAnswer answer, long programmeId) {
        answer.body().put("programme_id", Ids.PROGRAMME.format(programmeId));
        return answer;
    }

    private static JsonObject dryRun(CoreReply reply, TopUpBatch batch) {
        return Api.dryRun(reply)
                .put("amount", Json.euro(batch.total()))
                .put("row_count", batch.rowCount())
                .put(
                        "digest",
                        Json.digest(
                                batch.digest().w0(),
                                batch.digest().w1(),
                                batch.digest().w2(),
                                batch.digest().w3()));
    }
}

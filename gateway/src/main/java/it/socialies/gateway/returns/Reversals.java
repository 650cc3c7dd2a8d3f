// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.returns;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import it.socialies.engine.protocol.sbe.CancelBatchEncoder;
import it.socialies.engine.protocol.sbe.ProposalKind;
import it.socialies.engine.protocol.sbe.ProposalMadeDecoder;
import it.socialies.engine.protocol.sbe.ProposalProgressedDecoder;
import it.socialies.engine.protocol.sbe.ProposeEncoder;
import it.socialies.gateway.acts.Acts;
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
import it.socialies.gateway.proposals.Grounds;
import it.socialies.gateway.proposals.Proposals;
import it.socialies.gateway.proposals.Proposing;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Batches that should not have been: one is stopped before its rows are executed, or what it credited is taken back as far as it is there. */
public final class Reversals implements Resource {
    private static final String CREDITED =
            "SELECT wallet_id, amount FROM top_up WHERE proposal_id = $1 AND circuit_id = $2 ORDER BY sequence, index";

    private final Projection projection;
    private final TopUpBatches batches;
    private final Acts acts;

    /** @param batches keep the rows of a reversal between its proposal and its execution, as those of the batch itself */
    public Reversals(Projection projection, TopUpBatches batches, Acts acts) {
        this.acts = acts;
        this.projection = projection;
        this.batches = batches;
    }

    @Override
    public void mount(Api api) {
        api.command(
                "cancelTopUp",
                (request, frame) -> frame.message(new CancelBatchEncoder()).proposalId(request.id(Ids.PROPOSAL)),
                Reversals::cancelled);
        api.on("proposeReversal", request -> propose(api, request));
    }

    private static JsonObject cancelled(ApiRequest request, CoreReply reply) {
        ProposalProgressedDecoder progressed = reply.get(new ProposalProgressedDecoder());
        String id = Ids.PROPOSAL.format(progressed.proposalId());
        return new JsonObject()
                .put("id", id)
                .put("proposal_id", id)
                .put("state", Json.word(progressed.state()))
                .put("rows_done", progressed.rowsDone())
                .put("amount_done", Json.euro(progressed.totalDone()))
                .put("sequence", reply.sequence());
    }

    private Future<ApiAnswer> propose(Api api, ApiRequest request) {
        long batchId = request.id(Ids.PROPOSAL);
        return Proposals.view(api, request).compose(proposal -> {
            if (!proposal.getString("kind").equals(Json.word(ProposalKind.TOP_UP_BATCH))) {
                return Future.failedFuture(new ProblemException("not_found"));
            }
            return rows(request, batchId, proposal.getLong("sequence"))
                    .compose(rows -> acts.reference(request)
                            .compose(reference -> propose(
                                    api,
                                    request,
                                    batchId,
                                    Ids.PROGRAMME.parse(proposal.getString("subject_id")),
                                    Grounds.of(reference, request.body()),
                                    rows)));
        });
    }

    /** What the request names of what the batch credited, else all of it. */
    private Future<List<TopUp>> rows(ApiRequest request, long batchId, long minSequence) {
        JsonArray named = request.body().getJsonArray("rows");
        return projection
                .rows(minSequence, CREDITED, Tuple.of(batchId, request.circuitId()))
                .map(rows -> {
                    List<TopUp> credited = new ArrayList<>();
                    for (Row row : rows) {
                        credited.add(new TopUp(row.getLong("wallet_id"), row.getLong("amount")));
                    }
                    List<TopUp> reversed = named == null ? credited : within(named, credited);
                    if (reversed.isEmpty()) {
                        throw new ProblemException("amount_exceeds_credited");
                    }
                    return reversed;
                });
    }

    private static List<TopUp> within(JsonArray named, List<TopUp> credited) {
        Map<Long, Long> rest = new HashMap<>();
        credited.forEach(row -> rest.merge(row.walletId(), row.amount(), Long::sum));
        List<TopUp> rows = new ArrayList<>();
        for (int i = 0; i < named.size(); i++) {
            JsonObject json = named.getJsonObject(i);
            TopUp row =
                    new TopUp(Ids.WALLET.parse(json.getString("wallet_id")), Json.minorUnits(json, "amount", Json.EUR));
            long left = rest.getOrDefault(row.walletId(), 0L) - row.amount();
            if (left < 0) {
                throw new ProblemException("amount_exceeds_credited");
            }
            rest.put(row.walletId(), left);
            rows.add(row);
        }
        return rows;
    }

    private Future<ApiAnswer> propose(
            Api api, ApiRequest request, long batchId, long programmeId, long grounds, List<TopUp> rows) {
        TopUpBatch reversal = TopUpBatch.of(request.circuitId(), programmeId, rows);
        return api.send(request, (each, frame) -> {
                    ProposeEncoder command = frame.message(new ProposeEncoder())
                            .kind(ProposalKind.TAKE_BACK_BATCH)
                            .subjectId(batchId)
                            .amount(reversal.total())
                            .rowCount(reversal.rowCount())
                            .extra(grounds);
                    EngineCoreAccess.put(command.digest(), reversal.digest());
                })
                .compose(reply -> {
                    ApiAnswer answer = Proposing.answer(reply);
                    return reply.isRecord()
                            ? batches.save(reply.get(new ProposalMadeDecoder()).proposalId(), reversal, rows)
                                    .map(answer)
                            : Future.succeededFuture(answer);
                });
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.proposals;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import it.socialies.engine.protocol.sbe.ApproveEncoder;
import it.socialies.engine.protocol.sbe.ProposalDecidedDecoder;
import it.socialies.engine.protocol.sbe.ProposalKind;
import it.socialies.engine.protocol.sbe.ProposalState;
import it.socialies.engine.protocol.sbe.ProposalViewDecoder;
import it.socialies.engine.protocol.sbe.QueryProposalEncoder;
import it.socialies.engine.protocol.sbe.RejectEncoder;
import it.socialies.gateway.acts.Acts;
import it.socialies.gateway.api.Ids;
import it.socialies.gateway.api.Json;
import it.socialies.gateway.api.ProblemException;
import it.socialies.gateway.engineclient.CoreReply;
import it.socialies.gateway.http.Api;
import it.socialies.gateway.http.ApiAnswer;
import it.socialies.gateway.http.ApiRequest;
import it.socialies.gateway.http.Resource;
import it.socialies.gateway.projection.ListQuery;
import it.socialies.gateway.projection.Projection;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;

/** Reads and decides proposals. The approvals of single resources are these. */
public final class Proposals implements Resource {
    private final Projection projection;
    private final Acts acts;
    private final Map<ProposalKind, Decided> hooks;

    /** @param hooks what kinds do beyond the core when they are decided */
    public Proposals(Projection projection, Acts acts, Map<ProposalKind, Decided> hooks) {
        this.projection = projection;
        this.acts = acts;
        this.hooks = Map.copyOf(hooks);
    }

    @Override
    public void mount(Api api) {
        api.on("listProposals", this::list);
        api.on(
                "getProposal",
                request -> view(api, request)
                        .compose(proposal -> acts.describe(request.circuitId(), new JsonArray().add(proposal))
                                .map(described -> ApiAnswer.ok(proposal))));
        for (String operationId : new String[] {"approveProposal", "approveOperator", "approveTopUp"}) {
            api.on(operationId, request -> approve(api, request));
        }
        for (String operationId : new String[] {"rejectProposal", "rejectOperator", "rejectTopUp"}) {
            api.on(operationId, request -> reject(api, request));
        }
    }

    /** The proposal that the path names. */
    public static Future<JsonObject> view(Api api, ApiRequest request) {
        long proposalId = request.id(Ids.PROPOSAL);
        return api.ask(
                        request,
                        (each, frame) ->
                                frame.message(new QueryProposalEncoder()).proposalId(proposalId))
                .map(reply -> ProposalJson.view(reply, reply.get(new ProposalViewDecoder())));
    }

    private Future<ApiAnswer> approve(Api api, ApiRequest request) {
        long proposalId = request.id(Ids.PROPOSAL);
        JsonObject body = request.body();
        return view(api, request).compose(seen -> {
            JsonObject amount = body.getJsonObject("amount");
            ProposalKind kind = kindOf(seen);
            if (amount != null && !amount.getString("currency").equals(ProposalJson.currency(kind))) {
                return Future.failedFuture(new ProblemException("proposal_changed"));
            }
            long[] digest = Json.digestWords(body, "digest");
            Decided hook = hooks.get(kind);
            Future<Void> possible = hook == null ? Future.succeededFuture() : hook.beforeApproval(proposalId, seen);
            return possible.compose(yes -> api.send(request, (each, frame) -> {
                        ApproveEncoder command = frame.message(new ApproveEncoder())
                                .proposalId(proposalId)
                                .amount(seenAmount(kind, body))
                                .rowCount(body.getInteger("row_count", 0));
                        command.digest()
                                .w0(digest[0])
                                .w1(digest[1])
                                .w2(digest[2])
                                .w3(digest[3]);
                    })
                    .compose(reply -> {
                        JsonObject proposal = decided(seen, reply);
                        return (hook == null
                                        ? Future.succeededFuture(proposal)
                                        : hook.onApproved(request, proposalId, proposal, reply))
                                .map(json -> ApiAnswer.created(reply, json));
                    }));
        });
    }

    /** What the approver saw: a sum, or the instant that an extension is about. */
    private static long seenAmount(ProposalKind kind, JsonObject body) {
        if (kind == ProposalKind.EXTEND_PROGRAMME) {
            return body.containsKey("valid_until") ? Json.timeMs(body, "valid_until") : 0;
        }
        JsonObject amount = body.getJsonObject("amount");
        return amount == null ? 0 : amount.getLong("amount");
    }

    private Future<ApiAnswer> reject(Api api, ApiRequest request) {
        long proposalId = request.id(Ids.PROPOSAL);
        return view(api, request)
                .compose(seen -> {
                    Decided hook = hooks.get(kindOf(seen));
                    return (hook == null ? Future.<Void>succeededFuture() : hook.beforeRejection(proposalId, seen))
                            .map(seen);
                })
                .compose(seen -> api.send(
                                request,
                                (each, frame) ->
                                        frame.message(new RejectEncoder()).proposalId(proposalId))
                        .compose(reply -> {
                            JsonObject proposal = decided(seen, reply);
                            Decided hook = hooks.get(kindOf(seen));
                            return (hook == null
                                            ? Future.succeededFuture(proposal)
                                            : hook.onRejected(request, proposalId, proposal, reply))
                                    .map(json -> ApiAnswer.created(reply, json));
                        }));
    }

    private static JsonObject decided(JsonObject seen, CoreReply reply) {
        ProposalDecidedDecoder decided = reply.get(new ProposalDecidedDecoder());
        seen.remove("waits_for");
        return seen.put("state", Json.word(decided.state()))
                .put("decided_by", Ids.OPERATOR.format(decided.deciderId()))
                .put("time", Json.time(reply.timestampMs()))
                .put("sequence", reply.sequence());
    }

    private static ProposalKind kindOf(JsonObject proposal) {
        return ProposalKind.valueOf(proposal.getString("kind").toUpperCase(Locale.ROOT));
    }

    private Future<ApiAnswer> list(ApiRequest request) {
        request.operator();
        ListQuery query = new ListQuery(
                        "proposal_id, circuit_id, kind, state, subject_id, target_id, amount, extra, row_count, digest,"
                                + " proposer_id, decider_id, rows_done, total_done, proposed_ms",
                        "proposal",
                        "proposal_id",
                        true,
                        Proposals::json)
                .where("circuit_id = ?", request.circuitId());
        String state = request.query("state");
        if (state != null) {
            query.where(
                    "state = ?",
                    ProposalState.valueOf(state.toUpperCase(Locale.ROOT)).value());
        }
        return projection
                .page(request, query)
                .compose(page -> acts.describe(request.circuitId(), page.getJsonArray("items"))
                        .map(described -> ApiAnswer.ok(page)));
    }

    private static JsonObject json(Row row) {
        ProposalKind kind = ProposalKind.get(row.getShort("kind"));
        JsonObject json = ProposalJson.core(
                        row.getLong("proposal_id"),
                        kind,
                        ProposalState.get(row.getShort("state")),
                        row.getLong("subject_id"),
                        row.getLong("target_id"),
                        row.getLong("amount"),
                        row.getLong("extra"))
                .put("circuit_id", Ids.CIRCUIT.format(row.getInteger("circuit_id")))
                .put("proposed_by", Ids.OPERATOR.format(row.getLong("proposer_id")))
                .put("row_count", row.getInteger("row_count"))
                .put("digest", HexFormat.of().formatHex(row.getBuffer("digest").getBytes()))
                .put("time", Json.time(row.getLong("proposed_ms")));
        Buffer digest = row.getBuffer("digest");
        json.mergeIn(ProposalJson.terms(
                kind, digest.getLong(0), digest.getLong(Long.BYTES), digest.getLong(2 * Long.BYTES)));
        if (row.getShort("state") == ProposalState.PROPOSED.value()) {
            json.put("waits_for", ProposalJson.waitsFor(kind).put("since", json.getValue("time")));
        }
        if (row.getLong("decider_id") != 0) {
            json.put("decided_by", Ids.OPERATOR.format(row.getLong("decider_id")));
        }
        if (ProposalJson.isBatch(kind)) {
            json.put("rows_done", row.getInteger("rows_done")).put("amount_done", Json.euro(row.getLong("total_done")));
        }
        return json;
    }
}

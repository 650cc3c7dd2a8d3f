// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.issuance.batches;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import it.socialies.engine.protocol.sbe.CancelBatchEncoder;
import it.socialies.engine.protocol.sbe.ProposalProgressedDecoder;
import it.socialies.engine.protocol.sbe.ProposalViewDecoder;
import it.socialies.engine.protocol.sbe.QueryProposalEncoder;
import it.socialies.engine.protocol.sbe.ResultCode;
import it.socialies.gateway.acts.Acts;
import it.socialies.gateway.api.Cursor;
import it.socialies.gateway.api.Ids;
import it.socialies.gateway.api.Json;
import it.socialies.gateway.api.ProblemException;
import it.socialies.gateway.http.Api;
import it.socialies.gateway.http.ApiAnswer;
import it.socialies.gateway.http.ApiRequest;
import it.socialies.gateway.http.Idempotency;
import it.socialies.gateway.http.Resource;
import it.socialies.gateway.office.OfficeAnswer;
import it.socialies.gateway.office.OfficeRequests;
import it.socialies.gateway.people.CanonicalJson;
import it.socialies.gateway.projection.Projection;
import it.socialies.gateway.security.InstallationClock;
import it.socialies.gateway.security.OperatorRole;
import it.socialies.gateway.security.Principal;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;

/** Batches from their definition to their execution, over HTTP; their files come through {@link BatchFiles}, what is read of their rows through {@link BatchRows}. */
final class IssuanceBatches implements Resource {
    private static final int CREATED = 201;
    private static final int ACCEPTED = 202;

    private final Batches batches;
    private final Submission submission;
    private final SubmissionJob submissions;
    private final Preview preview;
    private final Acts acts;
    private final Decisions decisions;
    private final Execution execution;
    private final OfficeRequests requests;
    private final Projection projection;
    private final InstallationClock clock;

    IssuanceBatches(
            Batches batches,
            Submission submission,
            SubmissionJob submissions,
            Preview preview,
            Acts acts,
            Decisions decisions,
            Execution execution,
            OfficeRequests requests,
            Projection projection,
            InstallationClock clock) {
        this.batches = batches;
        this.submission = submission;
        this.submissions = submissions;
        this.preview = preview;
        this.acts = acts;
        this.decisions = decisions;
        this.execution = execution;
        this.requests = requests;
        this.projection = projection;
        this.clock = clock;
    }

    @Override
    public void mount(Api api) {
        api.on("defineIssuanceBatch", this::define);
        api.on("listIssuanceBatches", this::list);
        api.on(
                "getIssuanceBatch",
                request -> find(request)
                        .compose(batch -> withProgress(api, request, batch))
                        .map(ApiAnswer::ok));
        api.on("submitIssuanceBatch", this::submit);
        api.on("approveIssuanceBatch", request -> {
            request.operatorWith(OperatorRole.SOCIAL, OperatorRole.TREASURER, OperatorRole.ADMIN);
            return find(request)
                    .compose(batch -> decisions.approve(api, request, batch))
                    .compose(hit -> again(request, CREATED, hit));
        });
        api.on("rejectIssuanceBatch", request -> {
            request.operatorWith(OperatorRole.SOCIAL, OperatorRole.TREASURER, OperatorRole.ADMIN);
            return find(request)
                    .compose(batch -> decisions.reject(api, request, batch))
                    .compose(hit -> again(request, CREATED, hit));
        });
        api.on("cancelIssuanceBatch", request -> cancel(api, request));
        api.on("executeIssuanceBatch", this::goOn);
    }

    private Future<Batch> find(ApiRequest request) {
        request.operator();
        return batches.find(request.circuitId(), request.id(Ids.ISSUANCE_BATCH));
    }

    private Future<ApiAnswer> again(ApiRequest request, int status, boolean hit) {
        return find(request).map(batch -> new ApiAnswer(status, batch.json(), hit));
    }

    private Future<ApiAnswer> define(ApiRequest request) {
        Principal operator = request.operatorWith(OperatorRole.SOCIAL);
        JsonObject body = request.body();
        long programmeId = Ids.PROGRAMME.parse(body.getString("programme_id"));
        JsonObject criteria = body.getJsonObject("criteria");
        Batch.Kind kind = Batch.Kind.valueOf(body.getString("kind").toUpperCase(Locale.ROOT));
        if (criteria != null) {
            Criteria.of(criteria);
            if (kind == Batch.Kind.RECHARGE) {
                throw ProblemException.field("/criteria", "criteria", "A recharge list says its amounts itself.");
            }
        }
        return act(request)
                .compose(act -> projection
                        .rows(
                                0,
                                "SELECT EXISTS (SELECT 1 FROM emergency_fund f WHERE f.programme_id = p.programme_id)"
                                        + " FROM programme p WHERE programme_id = $1 AND circuit_id = $2",
                                Tuple.of(programmeId, request.circuitId()))
                        .compose(found -> requireOrdinary(found)
                                .compose(ordinary -> change(
                                        request,
                                        operator,
                                        CREATED,
                                        connection -> connection
                                                .preparedQuery(
                                                        "INSERT INTO issuance_batch (circuit_id, programme_id, kind, purpose,"
                                                                + " act_reference, criteria, state, created_by, created_ms)"
                                                                + " VALUES ($1, $2, $3, $4, $5, $6, 'DRAFT', $7, $8) RETURNING "
                                                                + Batch.COLUMNS)
                                                .execute(Tuple.of(
                                                                request.circuitId(),
                                                                programmeId,
                                                                kind.name(),
                                                                body.getString(
                                                                        "purpose", body.getString("programme_id")),
                                                                act)
                                                        .addValue(criteria)
                                                        .addValue(operator.id())
                                                        .addValue(clock.nowMs()))
                                                .map(rows ->
                                                        Batch.of(rows.iterator().next()))))));
    }

    /** An emergency fund takes no batch. */
    private static Future<Void> requireOrdinary(RowSet<Row> programme) {
        if (programme.size() == 0) {
            return Future.failedFuture(new ProblemException("not_found"));
        }
        return programme.iterator().next().getBoolean(0)
                ? Future.failedFuture(ProblemException.of(ResultCode.EMERGENCY_FUND))
                : Future.succeededFuture();
    }

    /** The act in words: as the request has them, or of the act that it names. */
    private Future<String> act(ApiRequest request) {
        String named = request.body().getString("act_reference");
        return Ids.ACT.read(named) == Ids.INVALID
                ? Future.succeededFuture(named)
                : acts.find(request.circuitId(), List.of(Ids.ACT.parse(named)))
                        .map(found -> Acts.citation(found.getJsonObject(0)));
    }

    private Future<ApiAnswer> list(ApiRequest request) {
        request.operator();
        int limit = (int) request.query("limit", 50);
        String cursor = request.query("cursor");
        return batches.page(request.circuitId(), cursor == null ? Long.MAX_VALUE : Cursor.parse(cursor), limit + 1)
                .map(found -> ApiAnswer.ok(page(found, limit)));
    }

    private static JsonObject page(List<Batch> found, int limit) {
        JsonArray items = new JsonArray();
        found.stream().limit(limit).forEach(batch -> items.add(batch.json()));
        JsonObject page = new JsonObject().put("items", items);
        return found.size() > limit
                ? page.put("next_cursor", Cursor.format(found.get(limit - 1).batchId()))
                : page;
    }

    /** What the core has done of it, while it does it. */
    private Future<JsonObject> withProgress(Api api, ApiRequest request, Batch batch) {
        Long proposalId = batch.proposalId();
        if (proposalId == null) {
            return Future.succeededFuture(batch.json());
        }
        return api.ask(
                        request,
                        (each, frame) ->
                                frame.message(new QueryProposalEncoder()).proposalId(proposalId))
                .map(reply -> {
                    ProposalViewDecoder view = reply.get(new ProposalViewDecoder());
                    JsonObject json = batch.json()
                            .put("rows_done", view.rowsDone())
                            .put("amount_done", Json.euro(view.totalDone()));
                    Long startedMs = batch.startedMs();
                    if (startedMs != null) {
                        Long finishedMs = batch.finishedMs();
                        long tookMs = (finishedMs == null ? clock.nowMs() : finishedMs) - startedMs;
                        json.put("rows_per_second", view.rowsDone() * 1_000L / Math.max(1, tookMs));
                    }
                    return json;
                });
    }

    private Future<ApiAnswer> submit(ApiRequest request) {
        Principal operator = request.operatorWith(OperatorRole.SOCIAL);
        if (request.isDryRun()) {
            request.key();
            return find(request)
                    .compose(preview::of)
                    .map(seen -> ApiAnswer.ok(seen.put("outcome", Preview.outcome(seen))));
        }
        return change(
                        request,
                        operator,
                        ACCEPTED,
                        connection -> submission.begin(
                                connection, request.circuitId(), request.id(Ids.ISSUANCE_BATCH), operator.id()))
                .onSuccess(begun -> submissions.wake());
    }

    /** What nobody approved goes without more; of what was approved the core credits no further row. */
    private Future<ApiAnswer> cancel(Api api, ApiRequest request) {
        Principal operator = request.operatorWith(OperatorRole.SOCIAL, OperatorRole.TREASURER, OperatorRole.ADMIN);
        return find(request).compose(batch -> {
            if (batch.approvedBy() == null || batch.state() == BatchState.EXECUTED) {
                return change(
                        request,
                        operator,
                        CREATED,
                        connection -> Batches.lock(connection, request.circuitId(), batch.batchId())
                                .compose(now ->
                                        Batches.require(now, BatchState.DRAFT, BatchState.FAULTY, BatchState.READY))
                                .compose(now -> Batches.change(
                                        connection,
                                        now,
                                        now.state(),
                                        "state = 'CANCELLED', finished_ms = $3",
                                        clock.nowMs()))
                                .compose(changed -> Stock.release(connection, batch))
                                .compose(released -> Batches.find(connection, request.circuitId(), batch.batchId())));
            }
            long proposalId = Objects.requireNonNull(batch.proposalId());
            return api.send(
                            request,
                            (each, frame) ->
                                    frame.message(new CancelBatchEncoder()).proposalId(proposalId))
                    .compose(reply -> {
                        ProposalProgressedDecoder progressed = reply.get(new ProposalProgressedDecoder());
                        return execution
                                .finish(
                                        batch,
                                        BatchState.CANCELLED,
                                        proposalId,
                                        progressed.rowsDone(),
                                        reply.sequence())
                                .compose(done -> again(request, CREATED, reply.isHit()));
                    });
        });
    }

    private Future<ApiAnswer> goOn(ApiRequest request) {
        Principal operator = request.operatorWith(OperatorRole.SOCIAL);
        return change(
                request,
                operator,
                CREATED,
                connection -> Batches.lock(connection, request.circuitId(), request.id(Ids.ISSUANCE_BATCH))
                        .compose(batch -> Batches.require(batch, BatchState.STOPPED))
                        .compose(batch -> Batches.change(
                                connection,
                                batch,
                                BatchState.STOPPED,
                                "state = 'EXECUTING', executed_as = $3, stop_code = NULL",
                                operator.id()))
                        .compose(changed ->
                                Batches.find(connection, request.circuitId(), request.id(Ids.ISSUANCE_BATCH))));
    }

    /** Changes a batch in the office alone, once per key. */
    private Future<ApiAnswer> change(
            ApiRequest request, Principal operator, int status, Function<SqlConnection, Future<Batch>> work) {
        Idempotency key = request.key();
        return requests.once(
                        key.uuid(),
                        operator.subject(),
                        "POST " + request.context().request().path(),
                        CanonicalJson.bytes(request.body()),
                        connection -> connection
                                .preparedQuery("SELECT set_config('ies.circuit', $1, true)")
                                .execute(Tuple.of(Integer.toString(request.circuitId())))
                                .compose(shown -> work.apply(connection))
                                .map(batch ->
                                        OfficeAnswer.of(status, batch.json().encode())))
                .map(OfficeAnswer::json);
    }
}

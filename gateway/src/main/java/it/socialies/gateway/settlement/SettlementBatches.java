// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.settlement;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Tuple;
import it.socialies.engine.protocol.sbe.CancelSettlementEncoder;
import it.socialies.engine.protocol.sbe.DrawSettlementEncoder;
import it.socialies.engine.protocol.sbe.SettlementDecidedDecoder;
import it.socialies.engine.protocol.sbe.SettlementDrawnDecoder;
import it.socialies.gateway.acts.Acts;
import it.socialies.gateway.api.Ids;
import it.socialies.gateway.api.Json;
import it.socialies.gateway.api.ProblemException;
import it.socialies.gateway.engineclient.CoreReply;
import it.socialies.gateway.http.Api;
import it.socialies.gateway.http.ApiAnswer;
import it.socialies.gateway.http.ApiRequest;
import it.socialies.gateway.http.Idempotency;
import it.socialies.gateway.http.Resource;
import it.socialies.gateway.projection.ListQuery;
import it.socialies.gateway.projection.Projection;
import it.socialies.gateway.security.OperatorRole;
import it.socialies.gateway.settlement.desk.SettlementDesk;
import java.util.List;

/**
 * Settlements of a period: drawn by a treasurer, in the background; put before another person, who approves them as any proposal; cancelled until then. Threading: any event loop.
 */
final class SettlementBatches implements Resource {
    private static final String OWN =
            "SELECT (SELECT count(*) FROM merchant WHERE circuit_id = $1 AND merchant_id = ANY ($2))"
                    + " + (SELECT count(*) FROM programme WHERE circuit_id = $1 AND programme_id = ANY ($3))";

    private final Projection projection;
    private final Drawings drawings;
    private final DrawingJob job;
    private final ReturningJob returning;
    private final Acts acts;
    private final SettlementDesk settlements;

    SettlementBatches(Projection projection, Drawings drawings, DrawingJob job, ReturningJob returning, Acts acts) {
        this.projection = projection;
        this.drawings = drawings;
        this.job = job;
        this.returning = returning;
        this.acts = acts;
        settlements = new SettlementDesk(projection);
    }

    @Override
    public void mount(Api api) {
        api.on("drawSettlement", request -> draw(api, request));
        api.on("listSettlements", this::list);
        api.on("getSettlement", this::get);
        api.on("listSettlementLines", this::lines);
        api.on("cancelSettlement", request -> cancel(api, request));
    }

    private Future<ApiAnswer> draw(Api api, ApiRequest request) {
        JsonObject body = request.body();
        long periodEndMs = Json.timeMs(body, "period_end");
        List<Long> merchants = numbers(body, "merchants", Ids.MERCHANT);
        List<Long> programmes = numbers(body, "programmes", Ids.PROGRAMME);
        return requireOwn(request, merchants, programmes)
                .compose(own -> acts.reference(request))
                .compose(reference -> api.send(
                        request,
                        (each, frame) -> frame.message(new DrawSettlementEncoder())
                                .periodEndMs(periodEndMs)
                                .reference(reference)))
                .compose(reply -> reply.isRecord()
                        ? keep(request, reply, merchants, programmes)
                        : Future.succeededFuture(ApiAnswer.ok(Api.dryRun(reply))));
    }

    private Future<ApiAnswer> keep(ApiRequest request, CoreReply reply, List<Long> merchants, List<Long> programmes) {
        SettlementDrawnDecoder drawn = reply.get(new SettlementDrawnDecoder());
        Idempotency key = request.key();
        return drawings.keep(new Drawing(
                        drawn.settlementId(),
                        request.circuitId(),
                        drawn.periodEndMs(),
                        drawn.reference(),
                        merchants,
                        programmes,
                        key.uuid(),
                        drawn.operatorId(),
                        reply.timestampMs(),
                        reply.sequence(),
                        DrawingState.PLANNING,
                        null,
                        null))
                .map(kept -> {
                    job.wake();
                    return ApiAnswer.proposed(reply, SettlementJson.of(kept));
                });
    }

    /** A settlement of shops or programmes that are not there would settle nothing, and nobody would know why. */
    private Future<Void> requireOwn(ApiRequest request, List<Long> merchants, List<Long> programmes) {
        request.operatorWith(OperatorRole.TREASURER);
        if (merchants.isEmpty() && programmes.isEmpty()) {
            return Future.succeededFuture();
        }
        return projection
                .rows(
                        0,
                        OWN,
                        Tuple.of(request.circuitId())
                                .addArrayOfLong(merchants.toArray(Long[]::new))
                                .addArrayOfLong(programmes.toArray(Long[]::new)))
                .compose(rows -> rows.iterator().next().getLong(0) == merchants.size() + programmes.size()
                        ? Future.succeededFuture()
                        : Future.failedFuture(new ProblemException("not_found")));
    }

    private static List<Long> numbers(JsonObject body, String field, Ids kind) {
        return body.getJsonArray(field, new JsonArray()).stream()
                .map(each -> kind.parse((String) each))
                .toList();
    }

    /** Newest first. */
    private Future<ApiAnswer> list(ApiRequest request) {
        SettlementDesk.requireReader(request);
        ListQuery query = new ListQuery(
                        SettlementJson.COLUMNS, SettlementJson.SOURCE, "s.settlement_id", true, SettlementJson::of)
                .where("s.circuit_id = ?", request.circuitId());
        return projection
                .page(request, query)
                .compose(page -> acts.describe(request.circuitId(), page.getJsonArray("items"))
                        .map(described -> ApiAnswer.ok(page)));
    }

    private Future<ApiAnswer> get(ApiRequest request) {
        SettlementDesk.requireReader(request);
        long settlementId = request.id(Ids.SETTLEMENT);
        ListQuery query = new ListQuery(
                        SettlementJson.COLUMNS, SettlementJson.SOURCE, "s.settlement_id", true, SettlementJson::of)
                .where("s.circuit_id = ?", request.circuitId())
                .where("s.settlement_id = ?", settlementId);
        return projection
                .one(request.query("min_sequence", 0), query)
                .compose(found -> found == null
                        ? Future.failedFuture(new ProblemException("not_found"))
                        : drawings.find(request.circuitId(), settlementId)
                                .compose(drawing -> drawings.plan(settlementId)
                                        .map(plan -> SettlementJson.withDrawing(found, drawing.orElse(null))
                                                .put("left_out", SettlementJson.leftOut(plan)))))
                .compose(json -> acts.describe(request.circuitId(), new JsonArray().add(json))
                        .map(described -> ApiAnswer.ok(json)));
    }

    /** In the order in which they were drawn. */
    private Future<ApiAnswer> lines(ApiRequest request) {
        SettlementDesk.requireReader(request);
        ListQuery query = new ListQuery(
                        SettlementJson.LINE_COLUMNS, "settlement_line", "line_id", false, SettlementJson::line)
                .where("circuit_id = ?", request.circuitId())
                .where("settlement_id = ?", request.id(Ids.SETTLEMENT));
        String merchantId = request.query("merchant_id");
        if (merchantId != null) {
            query.where("merchant_id = ?", Ids.MERCHANT.parse(merchantId));
        }
        return settlements
                .settlement(request)
                .compose(id -> projection.page(request, query))
                .map(ApiAnswer::ok);
    }

    private Future<ApiAnswer> cancel(Api api, ApiRequest request) {
        long settlementId = request.id(Ids.SETTLEMENT);
        return api.send(
                        request,
                        (each, frame) ->
                                frame.message(new CancelSettlementEncoder()).settlementId(settlementId))
                .compose(reply -> reply.isRecord()
                        ? drawings.cancelled(settlementId).map(done -> {
                            returning.wake(reply.sequence());
                            return ApiAnswer.created(reply, cancelled(reply));
                        })
                        : Future.succeededFuture(ApiAnswer.ok(Api.dryRun(reply))));
    }

    private static JsonObject cancelled(CoreReply reply) {
        SettlementDecidedDecoder decided = reply.get(new SettlementDecidedDecoder());
        return new JsonObject()
                .put("id", Ids.SETTLEMENT.format(decided.settlementId()))
                .put("state", Json.word(decided.state()))
                .put("sequence", reply.sequence());
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.circuits;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import it.socialies.engine.protocol.sbe.CircuitOpenedDecoder;
import it.socialies.engine.protocol.sbe.CircuitViewDecoder;
import it.socialies.engine.protocol.sbe.OpenCircuitEncoder;
import it.socialies.engine.protocol.sbe.ProposalKind;
import it.socialies.engine.protocol.sbe.ProposeEncoder;
import it.socialies.engine.protocol.sbe.QueryCircuitEncoder;
import it.socialies.gateway.api.Ids;
import it.socialies.gateway.api.Json;
import it.socialies.gateway.api.ProblemException;
import it.socialies.gateway.descriptions.Descriptions;
import it.socialies.gateway.engineclient.CoreReply;
import it.socialies.gateway.http.Api;
import it.socialies.gateway.http.ApiAnswer;
import it.socialies.gateway.http.ApiRequest;
import it.socialies.gateway.http.Resource;
import it.socialies.gateway.projection.ListQuery;
import it.socialies.gateway.projection.Projection;
import it.socialies.gateway.proposals.ProposalJson;
import it.socialies.gateway.proposals.Proposing;

/** Circuits: a Comune, or a group of them. */
public final class Circuits implements Resource {
    private final Projection projection;
    private final Descriptions descriptions;

    public Circuits(Projection projection, Descriptions descriptions) {
        this.projection = projection;
        this.descriptions = descriptions;
    }

    @Override
    public void mount(Api api) {
        api.on("openCircuit", request -> open(api, request));
        api.on("listCircuits", this::list);
        api.on("getCircuit", request -> get(api, request));
        api.on(
                "proposeConfiguration",
                request -> api.send(request, (each, frame) -> {
                            if (each.id(Ids.CIRCUIT) != each.circuitId()) {
                                throw new ProblemException("not_found");
                            }
                            configure(
                                    each.body(),
                                    frame.message(new ProposeEncoder()).kind(ProposalKind.CONFIGURE_CIRCUIT));
                        })
                        .map(Proposing::answer));
    }

    private Future<ApiAnswer> open(Api api, ApiRequest request) {
        JsonObject body = request.body();
        long reference = body.getLong("reference", 0L);
        return api.send(
                        request,
                        (each, frame) -> frame.message(new OpenCircuitEncoder()).reference(reference))
                .compose(reply -> {
                    int circuitId = reply.get(new CircuitOpenedDecoder()).circuitId();
                    JsonObject description = new JsonObject().put("name", body.getString("name"));
                    JsonObject circuit = new JsonObject()
                            .put("id", Ids.CIRCUIT.format(circuitId))
                            .put("reference", reference)
                            .put("units", units())
                            .put("setup_open", true)
                            .put("sequence", reply.sequence())
                            .mergeIn(description);
                    return descriptions
                            .put(Ids.CIRCUIT, circuitId, circuitId, description)
                            .map(ApiAnswer.created(reply, circuit));
                });
    }

    private Future<ApiAnswer> get(Api api, ApiRequest request) {
        int circuitId = (int) request.id(Ids.CIRCUIT);
        int own = request.principal().circuitId();
        if (own != 0 && own != circuitId) {
            throw new ProblemException("not_found");
        }
        return api.core()
                .send(frame -> request.query(frame, circuitId)
                        .message(new QueryCircuitEncoder())
                        .circuitId(circuitId))
                .compose(reply -> Api.accepted(request, reply))
                .compose(
                        reply -> descriptions.describe(Ids.CIRCUIT, json(reply)).map(ApiAnswer::ok));
    }

    private Future<ApiAnswer> list(ApiRequest request) {
        int own = request.operator().circuitId();
        ListQuery query = new ListQuery(
                "circuit_id, reference, flags, legal_basis, tariff_flat, tariff_basis_points, setup_open, sequence",
                "circuit",
                "circuit_id::bigint",
                false,
                Circuits::json);
        if (own != 0) {
            query.where("circuit_id = ?", own);
        }
        return projection
                .page(request, query)
                .compose(page -> descriptions
                        .describe(Ids.CIRCUIT, page.getJsonArray("items"))
                        .map(ApiAnswer.ok(page)));
    }

    private static void configure(JsonObject body, ProposeEncoder command) {
        int flags = (body.getBoolean("transfers_between_persons") ? ProposalJson.TRANSFERS_FLAG : 0)
                | (body.getBoolean("redemption_by_persons") ? ProposalJson.REDEMPTION_FLAG : 0);
        command.subjectId(body.getInteger("legal_basis", 0)).extra(flags);
    }

    private static JsonObject json(CoreReply reply) {
        CircuitViewDecoder view = reply.get(new CircuitViewDecoder());
        return json(view.circuitId(), view.flags(), view.legalBasis(), view.tariffFlat(), view.tariffBasisPoints())
                .put("setup_open", view.setupOpen() != 0)
                .put("sequence", reply.sequence());
    }

    private static JsonObject json(Row row) {
        return json(
                        row.getInteger("circuit_id"),
                        row.getInteger("flags"),
                        row.getInteger("legal_basis"),
                        row.getLong("tariff_flat"),
                        row.getInteger("tariff_basis_points"))
                .put("reference", row.getLong("reference"))
                .put("setup_open", row.getBoolean("setup_open"))
                .put("sequence", row.getLong("sequence"));
    }

    private static JsonObject json(int circuitId, int flags, int legalBasis, long tariffFlat, int tariffBasisPoints) {
        return new JsonObject()
                .put("id", Ids.CIRCUIT.format(circuitId))
                .put("units", units())
                .put("transfers_between_persons", (flags & ProposalJson.TRANSFERS_FLAG) != 0)
                .put("redemption_by_persons", (flags & ProposalJson.REDEMPTION_FLAG) != 0)
                .put("legal_basis", legalBasis)
                .put(
                        "tariff",
                        new JsonObject().put("flat", Json.ies(tariffFlat)).put("basis_points", tariffBasisPoints));
    }

    private static JsonArray units() {
        return new JsonArray().add(Json.EUR).add(Json.IES);
    }
}

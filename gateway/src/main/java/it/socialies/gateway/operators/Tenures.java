// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.operators;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import it.socialies.engine.protocol.sbe.EndAppointmentEncoder;
import it.socialies.engine.protocol.sbe.OperatorRetiredDecoder;
import it.socialies.engine.protocol.sbe.OperatorViewDecoder;
import it.socialies.engine.protocol.sbe.ProposeEncoder;
import it.socialies.engine.protocol.sbe.RetireOperatorEncoder;
import it.socialies.gateway.acts.Acts;
import it.socialies.gateway.api.Ids;
import it.socialies.gateway.api.Json;
import it.socialies.gateway.http.Api;
import it.socialies.gateway.http.ApiAnswer;
import it.socialies.gateway.http.ApiRequest;
import it.socialies.gateway.http.Resource;
import it.socialies.gateway.office.Leavers;
import it.socialies.gateway.projection.ListQuery;
import it.socialies.gateway.projection.Projection;
import it.socialies.gateway.proposals.ProposalJson;
import it.socialies.gateway.proposals.Proposing;
import it.socialies.gateway.security.OperatorRole;
import it.socialies.gateway.security.Revocations;
import java.util.List;

/** Who holds an office from when until when, and who leaves. Giving takes two persons, taking away one. */
public final class Tenures implements Resource {
    private final Leavers leavers;
    private final Acts acts;
    private final Projection projection;
    private final Revocations revocations;

    public Tenures(Leavers leavers, Acts acts, Projection projection, Revocations revocations) {
        this.leavers = leavers;
        this.acts = acts;
        this.projection = projection;
        this.revocations = revocations;
    }

    @Override
    public void mount(Api api) {
        api.on("grantRoles", request -> grant(api, request));
        api.on("listRoles", request -> list(api, request));
        api.on("endRoles", request -> end(api, request));
        api.on("retireOperator", request -> retire(api, request));
    }

    private Future<ApiAnswer> grant(Api api, ApiRequest request) {
        request.operatorWith(OperatorRole.INSTALLATION, OperatorRole.ADMIN);
        long operatorId = request.id(Ids.OPERATOR);
        return acts.reference(request)
                .map(reference -> GrantTerms.of(request.body(), reference))
                .compose(terms -> Operators.ask(api, request, operatorId)
                        .compose(view -> leavers.requireNotRetired(operatorId).map(view))
                        .compose(view -> {
                            long personId = view.get(new OperatorViewDecoder()).personId();
                            return api.send(
                                    request,
                                    (each, frame) ->
                                            terms.write(frame.message(new ProposeEncoder()), operatorId, personId));
                        }))
                .map(Proposing::answer);
    }

    private Future<ApiAnswer> end(Api api, ApiRequest request) {
        request.operatorWith(OperatorRole.INSTALLATION, OperatorRole.ADMIN);
        long operatorId = request.id(Ids.OPERATOR);
        long appointmentId = Ids.PROPOSAL.parse(request.body().getString("appointment_id"));
        return api.send(
                        request,
                        (each, frame) -> frame.message(new EndAppointmentEncoder())
                                .operatorId(operatorId)
                                .appointmentId(appointmentId))
                .compose(reply -> {
                    if (!reply.isRecord()) {
                        return Future.succeededFuture(ApiAnswer.ok(Api.dryRun(reply)));
                    }
                    if (!reply.isHit()) {
                        revocations.revokeSubject(Ids.OPERATOR.format(operatorId));
                    }
                    return Operators.ask(api, request, operatorId)
                            .map(view -> ApiAnswer.created(reply, Operators.json(view)));
                });
    }

    /** The core first: from then on no command of the person is taken, whatever becomes of the rest. */
    private Future<ApiAnswer> retire(Api api, ApiRequest request) {
        request.operatorWith(OperatorRole.INSTALLATION, OperatorRole.ADMIN);
        long operatorId = request.id(Ids.OPERATOR);
        return api.send(
                        request,
                        (each, frame) ->
                                frame.message(new RetireOperatorEncoder()).operatorId(operatorId))
                .compose(reply -> {
                    if (!reply.isRecord()) {
                        return Future.succeededFuture(ApiAnswer.ok(Api.dryRun(reply)));
                    }
                    OperatorRetiredDecoder retired = reply.get(new OperatorRetiredDecoder());
                    revoke(List.of(operatorId));
                    return leavers.retire(retired.personId(), retired.circuitId(), reply.timestampMs())
                            .map(operators -> {
                                revoke(operators);
                                return ApiAnswer.created(
                                        reply,
                                        new JsonObject()
                                                .put("id", Ids.OPERATOR.format(operatorId))
                                                .put("circuit_id", Ids.CIRCUIT.format(retired.circuitId()))
                                                .put("roles", ProposalJson.roles(0))
                                                .put("state", "retired")
                                                .put("sequence", reply.sequence()));
                            });
                });
    }

    private void revoke(List<Long> operators) {
        operators.forEach(id -> revocations.revokeSubject(Ids.OPERATOR.format(id)));
    }

    private Future<ApiAnswer> list(Api api, ApiRequest request) {
        request.operator();
        long operatorId = request.id(Ids.OPERATOR);
        ListQuery query = new ListQuery(
                        "appointment_id, operator_id, roles, from_ms, until_ms, reference, granted_ms, ended_ms, sequence",
                        "role_grant",
                        "sequence",
                        true,
                        Tenures::json)
                .where("operator_id = ?", operatorId);
        return Operators.ask(api, request, operatorId)
                .compose(view -> projection.page(request, query))
                .compose(page -> acts.describe(request.circuitId(), page.getJsonArray("items"))
                        .map(page))
                .map(ApiAnswer::ok);
    }

    private static JsonObject json(Row row) {
        JsonObject json = new JsonObject()
                .put("operator_id", Ids.OPERATOR.format(row.getLong("operator_id")))
                .put("roles", ProposalJson.roles(row.getInteger("roles")))
                .put("from", Json.time(row.getLong("from_ms")))
                .put("time", Json.time(row.getLong("granted_ms")))
                .put("sequence", row.getLong("sequence"));
        if (row.getLong("appointment_id") != null) {
            json.put("appointment_id", Ids.PROPOSAL.format(row.getLong("appointment_id")))
                    .put("act_reference", row.getLong("reference"));
        }
        if (row.getLong("until_ms") != null) {
            json.put("until", Json.time(row.getLong("until_ms")));
        }
        if (row.getLong("ended_ms") != null) {
            json.put("ended_at", Json.time(row.getLong("ended_ms")));
        }
        return json;
    }
}

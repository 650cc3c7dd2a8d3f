// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.operators;

import static java.util.Objects.requireNonNull;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import it.socialies.engine.protocol.sbe.OperatorAppointedDecoder;
import it.socialies.engine.protocol.sbe.OperatorViewDecoder;
import it.socialies.engine.protocol.sbe.PrincipalKind;
import it.socialies.engine.protocol.sbe.ProposalKind;
import it.socialies.engine.protocol.sbe.ProposalMadeDecoder;
import it.socialies.engine.protocol.sbe.ProposeEncoder;
import it.socialies.engine.protocol.sbe.QueryOperatorEncoder;
import it.socialies.engine.protocol.sbe.RolesGrantedDecoder;
import it.socialies.gateway.acts.Acts;
import it.socialies.gateway.api.Ids;
import it.socialies.gateway.api.Json;
import it.socialies.gateway.api.ProblemException;
import it.socialies.gateway.engineclient.CoreReply;
import it.socialies.gateway.engineclient.InstallationTime;
import it.socialies.gateway.http.Api;
import it.socialies.gateway.http.ApiAnswer;
import it.socialies.gateway.http.ApiRequest;
import it.socialies.gateway.http.Resource;
import it.socialies.gateway.office.Leavers;
import it.socialies.gateway.office.OperatorOnboarding;
import it.socialies.gateway.office.OperatorOnboarding.Prepared;
import it.socialies.gateway.office.Usernames;
import it.socialies.gateway.projection.ListQuery;
import it.socialies.gateway.projection.Projection;
import it.socialies.gateway.proposals.Decided;
import it.socialies.gateway.proposals.ProposalJson;
import it.socialies.gateway.proposals.Proposing;
import it.socialies.gateway.security.OperatorRole;
import it.socialies.gateway.security.Principal;
import it.socialies.gateway.security.Revocations;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Operators: one proposes, another approves, and only who has both halves of the code chooses the password. */
public final class Operators implements Resource, Decided {
    private static final String ROLES =
            "(SELECT coalesce(json_agg(r ORDER BY r.role, r.from_ms), '[]') FROM operator_role r"
                    + " WHERE r.operator_id = operator.operator_id) AS grants";

    private final OperatorOnboarding onboarding;
    private final Leavers leavers;
    private final Usernames usernames;
    private final Acts acts;
    private final Projection projection;
    private final InstallationTime time;
    private final Revocations revocations;

    public Operators(
            OperatorOnboarding onboarding,
            Leavers leavers,
            Usernames usernames,
            Acts acts,
            Projection projection,
            InstallationTime time,
            Revocations revocations) {
        this.onboarding = onboarding;
        this.leavers = leavers;
        this.usernames = usernames;
        this.acts = acts;
        this.projection = projection;
        this.time = time;
        this.revocations = revocations;
    }

    @Override
    public void mount(Api api) {
        api.on("proposeOperator", request -> propose(api, request));
        api.on("listOperators", this::list);
        api.on("getOperator", request -> get(api, request));
        api.on("activateOperator", this::activate);
    }

    private Future<ApiAnswer> propose(Api api, ApiRequest request) {
        JsonObject body = request.body();
        int roles = GrantTerms.bits(body.getJsonArray("roles"));
        if (body.containsKey("operator_id")) {
            return proposeRoles(api, request, Ids.OPERATOR.parse(body.getString("operator_id")), roles);
        }
        if (!body.containsKey("username") || !body.containsKey("person")) {
            throw ProblemException.field("/username", "required", "A new operator has a username and a person.");
        }
        request.operatorWith(OperatorRole.INSTALLATION, OperatorRole.ADMIN);
        return grant(request)
                .compose(grant -> onboarding
                        .prepare(
                                request.circuitId(),
                                body.getJsonObject("person").getString("tax_code"),
                                body.getString("username"))
                        .compose(prepared -> propose(api, request, grant, prepared, roles)));
    }

    private Future<ApiAnswer> propose(
            Api api, ApiRequest request, Optional<GrantTerms> grant, Prepared prepared, int roles) {
        return api.send(request, (each, frame) -> {
                    ProposeEncoder command = frame.message(new ProposeEncoder());
                    grant.ifPresentOrElse(
                            terms -> terms.write(command, 0, prepared.personId()),
                            () -> appoint(command, 0, prepared.personId(), roles));
                })
                .compose(reply -> reply.isRecord()
                        ? proposed(request, reply, prepared)
                        : Future.succeededFuture(Proposing.answer(reply)));
    }

    /** Roles for a time, which an act says; empty when they are without end. */
    private Future<Optional<GrantTerms>> grant(ApiRequest request) {
        JsonObject body = request.body();
        if (body.containsKey("act_reference")) {
            return acts.reference(request).map(reference -> Optional.of(GrantTerms.of(body, reference)));
        }
        if (body.containsKey("from") || body.containsKey("until")) {
            throw ProblemException.field("/act_reference", "required", "Roles for a time are by an act.");
        }
        return Future.succeededFuture(Optional.empty());
    }

    private Future<ApiAnswer> proposed(ApiRequest request, CoreReply reply, Prepared prepared) {
        ProposalMadeDecoder made = reply.get(new ProposalMadeDecoder());
        long proposalId = made.proposalId();
        JsonArray roles = ProposalJson.roles((int) made.extra());
        return onboarding
                .proposed(proposalId, prepared, request.principal().id())
                .map(code -> ApiAnswer.proposed(
                        reply,
                        new JsonObject()
                                .put("proposal_id", Ids.PROPOSAL.format(proposalId))
                                .put("circuit_id", Ids.CIRCUIT.format(request.circuitId()))
                                .put("username", prepared.username())
                                .put("roles", roles)
                                .put("state", "proposed")
                                .put("activation_code_part", code)
                                .put("sequence", reply.sequence())
                                .mergeIn(ProposalJson.boundTerms(made))));
    }

    /** Other roles for an operator there is: the person stays, which the core checks. */
    private Future<ApiAnswer> proposeRoles(Api api, ApiRequest request, long operatorId, int roles) {
        return ask(api, request, operatorId)
                .compose(view -> roles == 0
                        ? Future.succeededFuture(view)
                        : leavers.requireNotRetired(operatorId).map(view))
                .compose(view -> {
                    long personId = view.get(new OperatorViewDecoder()).personId();
                    return api.send(
                            request,
                            (each, frame) -> appoint(frame.message(new ProposeEncoder()), operatorId, personId, roles));
                })
                .map(reply -> {
                    if (!reply.isRecord()) {
                        return ApiAnswer.ok(Api.dryRun(reply));
                    }
                    ProposalMadeDecoder made = reply.get(new ProposalMadeDecoder());
                    return ApiAnswer.proposed(
                            reply,
                            new JsonObject()
                                    .put("id", Ids.OPERATOR.format(operatorId))
                                    .put("proposal_id", Ids.PROPOSAL.format(made.proposalId()))
                                    .put("roles", ProposalJson.roles((int) made.extra()))
                                    .put("state", "proposed")
                                    .put("sequence", reply.sequence()));
                });
    }

    private static void appoint(ProposeEncoder command, long operatorId, long personId, int roles) {
        command.kind(ProposalKind.APPOINT_OPERATOR)
                .subjectId(operatorId)
                .targetId(personId)
                .extra(roles);
    }

    @Override
    public Future<Void> beforeApproval(long proposalId, JsonObject proposal) {
        return proposal.containsKey("subject_id") ? Future.succeededFuture() : onboarding.requireApprovable(proposalId);
    }

    /**
     * The new operator's own number comes with the approval, and so does the second half of the code. One whose roles change logs in again: a token tells the
     * roles of when it was issued.
     */
    @Override
    public Future<JsonObject> onApproved(ApiRequest request, long proposalId, JsonObject proposal, CoreReply reply) {
        OperatorAppointedDecoder appointed = reply.find(new OperatorAppointedDecoder());
        RolesGrantedDecoder granted = reply.find(new RolesGrantedDecoder());
        boolean isNew = !proposal.containsKey("subject_id");
        long operatorId = granted != null
                ? granted.operatorId()
                : requireNonNull(appointed).operatorId();
        long effectiveAtMs =
                granted != null ? granted.fromMs() : requireNonNull(appointed).effectiveAtMs();
        if (!isNew && !reply.isHit()) {
            revocations.revokeSubject(Ids.OPERATOR.format(operatorId));
        }
        proposal.put("operator_id", Ids.OPERATOR.format(operatorId)).put("effective_at", Json.time(effectiveAtMs));
        if (isOperatorRoute(request)) {
            proposal.put("id", Ids.OPERATOR.format(operatorId)).put("state", "approved");
        }
        return isNew
                ? onboarding
                        .approved(proposalId, operatorId, request.principal().id())
                        .map(code -> proposal.put("activation_code_part", code))
                : Future.succeededFuture(proposal);
    }

    @Override
    public Future<JsonObject> onRejected(ApiRequest request, long proposalId, JsonObject proposal, CoreReply reply) {
        return onboarding.rejected(proposalId).map(proposal);
    }

    private static boolean isOperatorRoute(ApiRequest request) {
        return "approveOperator".equals(request.operationId());
    }

    private Future<ApiAnswer> activate(ApiRequest request) {
        request.key();
        JsonObject body = request.body();
        long operatorId = request.id(Ids.OPERATOR);
        return onboarding
                .activate(
                        operatorId,
                        body.getString("username"),
                        body.getString("first_part"),
                        body.getString("second_part"),
                        body.getString("password"),
                        request.callerAddress())
                .map(new ApiAnswer(
                        201,
                        new JsonObject()
                                .put("id", Ids.OPERATOR.format(operatorId))
                                .put("username", body.getString("username"))
                                .put("state", "active"),
                        false));
    }

    private Future<ApiAnswer> get(Api api, ApiRequest request) {
        request.operator();
        return ask(api, request, request.id(Ids.OPERATOR)).compose(reply -> {
            JsonObject operator = json(reply);
            return named(request, new JsonArray().add(operator)).map(named -> ApiAnswer.ok(operator));
        });
    }

    /** Logins are shown to who administers them. */
    private Future<JsonArray> named(ApiRequest request, JsonArray operators) {
        Principal reader = request.principal();
        return reader.has(OperatorRole.ADMIN) || reader.has(OperatorRole.INSTALLATION)
                ? usernames.describe(request.circuitId(), operators)
                : Future.succeededFuture(operators);
    }

    /** An operator as the core tells it. */
    static JsonObject json(CoreReply reply) {
        OperatorViewDecoder view = reply.get(new OperatorViewDecoder());
        return new JsonObject()
                .put("id", Ids.OPERATOR.format(view.operatorId()))
                .put("circuit_id", Ids.CIRCUIT.format(view.circuitId()))
                .put("roles", ProposalJson.roles(view.roles()))
                .put("roles_in_force", ProposalJson.roles(view.rolesInForce()))
                .put("state", state(view.roles(), view.rolesInForce()))
                .put("sequence", reply.sequence());
    }

    private static String state(int roles, int rolesInForce) {
        return rolesInForce != 0 ? "active" : roles != 0 ? "approved" : "retired";
    }

    /** The core tells operators to the gateway only, so who may see them is decided here: those of the circuit. */
    static Future<CoreReply> ask(Api api, ApiRequest request, long operatorId) {
        int circuitId = request.circuitId();
        return api.core()
                .send(frame -> frame.from(PrincipalKind.SYSTEM, 0, 0)
                        .message(new QueryOperatorEncoder())
                        .operatorId(operatorId))
                .compose(reply -> Api.accepted(request, reply))
                .compose(reply -> reply.get(new OperatorViewDecoder()).circuitId() == circuitId
                        ? Future.succeededFuture(reply)
                        : Future.failedFuture(new ProblemException("not_found")));
    }

    private Future<ApiAnswer> list(ApiRequest request) {
        request.operator();
        long nowMs = time.nowMs();
        ListQuery query = new ListQuery(
                        "operator_id, circuit_id, effective_at_ms, sequence, " + ROLES,
                        "operator",
                        "operator_id",
                        false,
                        row -> json(row, nowMs))
                .where("circuit_id = ?", request.circuitId());
        return projection
                .page(request, query)
                .compose(page -> named(request, page.getJsonArray("items")).map(items -> ApiAnswer.ok(page)));
    }

    private static JsonObject json(Row row, long nowMs) {
        int roles = 0;
        int inForce = 0;
        JsonArray grants = new JsonArray();
        JsonArray rows = row.getJsonArray("grants");
        for (int i = 0; i < rows.size(); i++) {
            JsonObject each = rows.getJsonObject(i);
            Long untilMs = each.getLong("until_ms");
            int role = each.getInteger("role");
            if (untilMs == null || nowMs < untilMs) {
                boolean isInForce = each.getLong("from_ms") <= nowMs;
                roles |= role;
                inForce |= isInForce ? role : 0;
                grants.add(grant(each, role, untilMs, isInForce));
            }
        }
        return new JsonObject()
                .put("id", Ids.OPERATOR.format(row.getLong("operator_id")))
                .put("circuit_id", Ids.CIRCUIT.format(row.getInteger("circuit_id")))
                .put("roles", ProposalJson.roles(roles))
                .put("roles_in_force", ProposalJson.roles(inForce))
                .put("grants", grants)
                .put("effective_at", Json.time(row.getLong("effective_at_ms")))
                .put("state", state(roles, inForce))
                .put("sequence", row.getLong("sequence"));
    }

    private static JsonObject grant(JsonObject row, int role, @Nullable Long untilMs, boolean isInForce) {
        JsonObject json = new JsonObject()
                .put("role", ProposalJson.roles(role).getString(0))
                .put("from", Json.time(row.getLong("from_ms")))
                .put("in_force", isInForce);
        if (untilMs != null) {
            json.put("until", Json.time(untilMs));
        }
        if (row.getLong("appointment_id") != null) {
            json.put("appointment_id", Ids.PROPOSAL.format(row.getLong("appointment_id")))
                    .put("act_reference", row.getLong("reference"));
        }
        return json;
    }
}

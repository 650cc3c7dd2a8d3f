// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.http;

import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.openapi.router.RouterBuilder;
import io.vertx.openapi.validation.RequestParameter;
import io.vertx.openapi.validation.ValidatedRequest;
import it.socialies.engine.client.CommandFrame;
import it.socialies.engine.protocol.sbe.PrincipalKind;
import it.socialies.gateway.api.Ids;
import it.socialies.gateway.api.ProblemException;
import it.socialies.gateway.security.OperatorRole;
import it.socialies.gateway.security.Principal;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A request that fits the contract, with who sends it. Threading: its own event loop. */
public final class ApiRequest {
    private final String operationId;
    private final boolean namesCircuit;
    private final RoutingContext ctx;
    private final ValidatedRequest validated;

    /** @param namesCircuit whether operators of the installation name the circuit they act in */
    ApiRequest(String operationId, boolean namesCircuit, RoutingContext ctx) {
        this.operationId = operationId;
        this.namesCircuit = namesCircuit;
        this.ctx = ctx;
        this.validated = Objects.requireNonNull(
                ctx.<ValidatedRequest>get(RouterBuilder.KEY_META_DATA_VALIDATED_REQUEST), "a route without validation");
    }

    /** Names a request in logs and problems. */
    public static String traceId(RoutingContext ctx) {
        return RequestGate.traceId(ctx);
    }

    /** The operation of the contract that it asks for. */
    public String operationId() {
        return operationId;
    }

    /** The numeric address that it comes from. */
    public String callerAddress() {
        return RequestGate.callerAddress(ctx);
    }

    /** For answers that are not JSON. */
    public RoutingContext context() {
        return ctx;
    }

    /**
     * Who sends it.
     *
     * @throws ProblemException unauthorized; second_factor_not_enrolled for an operator who must do that first
     */
    public Principal principal() {
        return principal(ctx);
    }

    /** The same, for routes that go round the contract's validator. */
    public static Principal principal(RoutingContext ctx) {
        Principal principal = BearerGate.principal(ctx);
        if (principal == null) {
            throw new ProblemException("unauthorized");
        }
        if (principal.mayOnlyEnrol()) {
            throw new ProblemException("second_factor_not_enrolled");
        }
        return principal;
    }

    /**
     * An operator with at least one of these roles. For reads: the core decides on commands.
     *
     * @throws ProblemException unauthorized, forbidden
     */
    public Principal operatorWith(OperatorRole... roles) {
        Principal principal = principal();
        for (OperatorRole role : roles) {
            if (principal.has(role)) {
                return principal;
            }
        }
        throw new ProblemException("forbidden");
    }

    /** An operator of whatever role. */
    public Principal operator() {
        return operatorWith(OperatorRole.values());
    }

    /**
     * The operator that the path names, who sends this about itself; also one who must enrol a second factor first.
     *
     * @return its number
     * @throws ProblemException unauthorized, forbidden
     */
    public long ownId() {
        Principal principal = BearerGate.principal(ctx);
        if (principal == null) {
            throw new ProblemException("unauthorized");
        }
        if (principal.kind() != PrincipalKind.OPERATOR || id(Ids.OPERATOR) != principal.id()) {
            throw new ProblemException("forbidden");
        }
        return principal.id();
    }

    /** The circuit it acts in: that of the token; for operators of the installation, where the contract lets them, the one they name. */
    public int circuitId() {
        Principal principal = principal();
        String named = namesCircuit ? query("circuit_id") : null;
        if (named == null) {
            return principal.circuitId();
        }
        int circuitId = (int) Ids.CIRCUIT.parse(named);
        if (principal.circuitId() != 0 && principal.circuitId() != circuitId) {
            throw new ProblemException("not_found");
        }
        return circuitId;
    }

    /** The identifier in the path. */
    public long id(Ids kind) {
        return id("id", kind);
    }

    /** One of several identifiers in the path. */
    public long id(String name, Ids kind) {
        String id = ctx.pathParam(name);
        return kind.parse(id == null ? "" : id);
    }

    /** The body. */
    public JsonObject body() {
        RequestParameter body = validated.getBody();
        JsonObject json = body == null || body.isEmpty() ? null : body.getJsonObject();
        return json == null ? new JsonObject() : json;
    }

    public @Nullable String query(String name) {
        return ctx.request().getParam(name);
    }

    /** An integer of the query string. */
    public long query(String name, long otherwise) {
        RequestParameter parameter = validated.getQuery().get(name);
        Long value = parameter == null || parameter.isEmpty() ? null : parameter.getLong();
        return value == null ? otherwise : value;
    }

    public Idempotency key() {
        return Idempotency.parse(ctx.request().getHeader(Headers.IDEMPOTENCY_KEY));
    }

    public boolean isDryRun() {
        return "true".equals(query("dry_run"));
    }

    /** Starts a command frame: principal, circuit, key, dry run. */
    public CommandFrame command(CommandFrame frame) {
        return command(frame, circuitId());
    }

    /** Starts a command frame in a circuit that the path names. */
    public CommandFrame command(CommandFrame frame, int circuitId) {
        Idempotency key = key();
        query(frame, circuitId).key(key.hi(), key.lo());
        return isDryRun() ? frame.dryRun() : frame;
    }

    /** Starts the frame of a query: no key. */
    public CommandFrame query(CommandFrame frame) {
        return query(frame, circuitId());
    }

    public CommandFrame query(CommandFrame frame, int circuitId) {
        Principal principal = principal();
        return frame.from(principal.kind(), principal.id(), circuitId);
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.http;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.openapi.router.OpenAPIRoute;
import io.vertx.ext.web.openapi.router.RouterBuilder;
import io.vertx.openapi.contract.Location;
import io.vertx.openapi.contract.Parameter;
import it.socialies.engine.client.CommandFrame;
import it.socialies.engine.protocol.sbe.ResultCode;
import it.socialies.gateway.api.ProblemException;
import it.socialies.gateway.api.ProblemException.FieldError;
import it.socialies.gateway.engineclient.CoreClient;
import it.socialies.gateway.engineclient.CoreReply;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where resources hang their operations, by {@code operationId} of the contract. A handler returns a future; whatever it throws or fails with becomes a
 * problem. Threading: one per event loop.
 */
public final class Api {
    /** Writes the message of a command or query; frame and principal are already set. */
    @FunctionalInterface
    public interface MessageWriter {
        void write(ApiRequest request, CommandFrame frame);
    }

    /** Every request may carry it; what reads no projection has reached it. */
    private static final String MIN_SEQUENCE = "min_sequence";

    /** What may be said back to who sent it. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,40}");

    private final RouterBuilder routes;
    private final CoreClient core;

    Api(RouterBuilder routes, CoreClient core) {
        this.routes = routes;
        this.core = core;
    }

    public CoreClient core() {
        return core;
    }

    /** Hangs a handler on an operation. */
    public void on(String operationId, Function<ApiRequest, Future<ApiAnswer>> handler) {
        boolean namesCircuit = namesCircuit(operationId);
        onContext(
                operationId,
                ctx -> handler.apply(new ApiRequest(operationId, namesCircuit, ctx))
                        .onSuccess(answer -> write(ctx, answer))
                        .onFailure(ctx::fail));
    }

    /** Hangs a handler that writes its own answer, which is not JSON. */
    public void onRaw(String operationId, Function<ApiRequest, Future<Void>> handler) {
        boolean namesCircuit = namesCircuit(operationId);
        onContext(
                operationId,
                ctx -> handler.apply(new ApiRequest(operationId, namesCircuit, ctx))
                        .onFailure(ctx::fail));
    }

    private OpenAPIRoute route(String operationId) {
        OpenAPIRoute route = routes.getRoute(operationId);
        if (route == null) {
            throw new IllegalArgumentException("the contract has no operation " + operationId);
        }
        return route;
    }

    private boolean namesCircuit(String operationId) {
        return route(operationId).getOperation().getParameters().stream()
                .anyMatch(parameter -> parameter.getName().equals("circuit_id"));
    }

    private Set<String> queryNames(String operationId) {
        return Stream.concat(
                        Stream.of(MIN_SEQUENCE),
                        route(operationId).getOperation().getParameters().stream()
                                .filter(parameter -> parameter.getIn() == Location.QUERY)
                                .map(Parameter::getName))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** A misspelt {@code dry_run} must not execute. */
    private static void requireKnown(RoutingContext ctx, Set<String> names) {
        for (String name : ctx.queryParams().names()) {
            if (!names.contains(name)) {
                String field = NAME.matcher(name).matches() ? name : "query";
                throw new ProblemException(
                        "malformed", null, List.of(new FieldError(field, "unknown", null)), Map.of());
            }
        }
    }

    private void onContext(String operationId, Handler<RoutingContext> handler) {
        Set<String> queryNames = queryNames(operationId);
        route(operationId).addHandler(ctx -> {
            try {
                requireKnown(ctx, queryNames);
                handler.handle(ctx);
            } catch (RuntimeException e) {
                ctx.fail(e);
            }
        });
    }

    /** A command that answers 201. */
    public void command(String operationId, MessageWriter message, BiFunction<ApiRequest, CoreReply, JsonObject> json) {
        on(
                operationId,
                request -> send(request, message)
                        .map(reply -> reply.isRecord()
                                ? ApiAnswer.created(reply, json.apply(request, reply))
                                : ApiAnswer.ok(dryRun(reply))));
    }

    /** A query that runs through the core. */
    public void query(String operationId, MessageWriter message, BiFunction<ApiRequest, CoreReply, JsonObject> json) {
        on(operationId, request -> ask(request, message).map(reply -> ApiAnswer.ok(json.apply(request, reply))));
    }

    /** Sends a command; a refusal fails, except that of a dry run, which is its answer. */
    public Future<CoreReply> send(ApiRequest request, MessageWriter message) {
        return core.send(frame -> message.write(request, request.command(frame)))
                .compose(reply -> request.isDryRun() ? dryRunAnswer(reply) : accepted(request, reply));
    }

    /** Sends a query; a refusal fails. */
    public Future<CoreReply> ask(ApiRequest request, MessageWriter message) {
        return core.send(frame -> message.write(request, request.query(frame)))
                .compose(reply -> accepted(request, reply));
    }

    /** Passes an accepted reply on; fails with the problem of a refused one. */
    public static Future<CoreReply> accepted(ApiRequest request, CoreReply reply) {
        if (reply.isOk()) {
            return Future.succeededFuture(reply);
        }
        if (reply.isHit()) {
            request.context().response().putHeader(Headers.IDEMPOTENCY_HIT, "true");
        }
        return Future.failedFuture(Refusals.problem(reply));
    }

    /** Who may not ask, or asks wrongly, hears so; what the state forbids is the outcome of the dry run. */
    private static Future<CoreReply> dryRunAnswer(CoreReply reply) {
        ResultCode code = reply.code();
        boolean neverEntered = code != ResultCode.OK && code.value() < 100;
        return neverEntered ? Future.failedFuture(Refusals.problem(reply)) : Future.succeededFuture(reply);
    }

    /** What a dry run answers. */
    public static JsonObject dryRun(CoreReply reply) {
        return new JsonObject()
                .put("dry_run", true)
                .put("outcome", ProblemException.codeOf(reply.code()))
                .put("sequence", reply.sequence());
    }

    static void write(RoutingContext ctx, ApiAnswer answer) {
        if (answer.hit()) {
            ctx.response().putHeader(Headers.IDEMPOTENCY_HIT, "true");
        }
        ctx.response()
                .setStatusCode(answer.status())
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .end(answer.body().toBuffer());
    }
}

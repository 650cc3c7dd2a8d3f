// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.http;

import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.HttpException;
import io.vertx.openapi.validation.ValidatorException;
import it.socialies.gateway.api.ProblemException;
import it.socialies.gateway.security.CoreRefusal;
import it.socialies.gateway.security.Refusal;
import java.nio.channels.ClosedChannelException;
import java.util.List;
import java.util.Map;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.jspecify.annotations.Nullable;

/** Writes every failure as {@code application/problem+json} (RFC 9457). What was not foreseen is logged under its trace id and told as nothing but that. */
public final class ProblemWriter {
    public static final String MEDIA_TYPE = "application/problem+json";
    public static final String TYPE_PREFIX = "urn:socialies:problem:";
    private static final Logger LOG = LogManager.getLogger(ProblemWriter.class);

    private ProblemWriter() {}

    /** The failure handler of every route. */
    public static void handle(RoutingContext ctx) {
        write(ctx, problemOf(ctx.failure(), ctx.statusCode()));
    }

    /** Writes a failure. */
    public static void fail(RoutingContext ctx, Throwable failure) {
        write(ctx, problemOf(failure, -1));
    }

    static void write(RoutingContext ctx, ProblemException problem) {
        HttpServerResponse response = ctx.response();
        if (response.ended()) {
            return;
        }
        if (response.headWritten()) {
            response.reset();
            return;
        }
        RequestObserver.problem(ctx, problem.code());
        ProblemTable.Entry entry = ProblemTable.of(problem.code());
        Object retryAfter = problem.members().getOrDefault("retry_after", entry.retryAfterSeconds());
        if (retryAfter instanceof Integer seconds && seconds > 0) {
            response.putHeader(HttpHeaders.RETRY_AFTER, seconds.toString());
        }
        if (entry.status() == 401) {
            response.putHeader("WWW-Authenticate", "Bearer realm=\"socialies\"");
        }
        ProblemWords words = ProblemWords.of(ctx.request());
        response.setStatusCode(entry.status())
                .putHeader(HttpHeaders.CONTENT_TYPE, MEDIA_TYPE)
                .putHeader(HttpHeaders.CONTENT_LANGUAGE, words.tag())
                .end(body(problem, RequestGate.traceId(ctx), words).toBuffer());
    }

    /** The members of a problem. */
    public static JsonObject body(ProblemException problem, String traceId, ProblemWords words) {
        JsonObject json = new JsonObject()
                .put("type", TYPE_PREFIX + problem.code())
                .put("title", words.title(problem.code()))
                .put("status", ProblemTable.of(problem.code()).status())
                .put("code", problem.code())
                .put("trace_id", traceId);
        if (problem.getMessage() != null) {
            json.put("detail", problem.getMessage());
        }
        if (!problem.errors().isEmpty()) {
            JsonArray errors = new JsonArray();
            for (ProblemException.FieldError error : problem.errors()) {
                JsonObject item = new JsonObject().put("field", error.field()).put("code", error.code());
                if (error.detail() != null) {
                    item.put("detail", error.detail());
                }
                errors.add(item);
            }
            json.put("errors", errors);
        }
        problem.members().forEach((name, value) -> {
            if (!name.equals("retry_after")) {
                json.put(name, value);
            }
        });
        return json;
    }

    /** What a failure means to the caller. */
    public static ProblemException problemOf(@Nullable Throwable failure, int statusCode) {
        return switch (failure) {
            case ProblemException problem -> problem;
            case Refusal refusal -> ofRefusal(refusal);
            case CoreRefusal refusal ->
                new ProblemException(
                        ProblemException.codeOf(refusal.code()),
                        null,
                        List.of(),
                        refusal.triesLeft() >= 0 && refusal.code().name().equals("PIN_WRONG")
                                ? Map.of("tries_left", refusal.triesLeft())
                                : Map.of());
            case ValidatorException fault -> ValidationFaults.problem(fault);
            case DecodeException e -> new ProblemException("malformed", "The body is not JSON.");
            case HttpException e
            when e.getCause() instanceof ValidatorException fault -> ValidationFaults.problem(fault);
            case HttpException e -> ofStatus(e.getStatusCode());
            case null -> ofStatus(statusCode);
            default -> unforeseen(failure);
        };
    }

    private static ProblemException ofRefusal(Refusal refusal) {
        Map<String, Object> members = refusal.retryAfterMs() > 0
                ? Map.of("retry_after", (int) Math.ceilDiv(refusal.retryAfterMs(), 1_000L))
                : Map.of();
        return new ProblemException(refusal.code().code(), null, List.of(), members);
    }

    private static ProblemException ofStatus(int status) {
        return switch (status) {
            case 400 -> new ProblemException("malformed");
            case 401 -> new ProblemException("unauthorized");
            case 403 -> new ProblemException("forbidden");
            case 404 -> new ProblemException("not_found");
            case 405 -> new ProblemException("method_not_allowed");
            case 406 -> new ProblemException("not_acceptable");
            case 413 -> new ProblemException("body_too_large");
            case 414, 431 -> new ProblemException("headers_too_large");
            case 415 -> new ProblemException("unsupported_media_type");
            default -> new ProblemException("internal_error");
        };
    }

    private static ProblemException unforeseen(Throwable failure) {
        if (failure instanceof ClosedChannelException || failure instanceof HttpClosedException) {
            LOG.debug("the caller has gone", failure);
        } else if (isOfTheWire(failure)) {
            LOG.debug("what came is not HTTP", failure);
            return new ProblemException("malformed");
        } else {
            LOG.error("unforeseen: {}", failure.getClass().getName(), failure);
        }
        return new ProblemException("internal_error");
    }

    /** Whether the decoder of HTTP threw it, in the middle of a body for instance: then the caller is to blame, and does not fill our log. */
    private static boolean isOfTheWire(Throwable failure) {
        StackTraceElement[] trace = failure.getStackTrace();
        return trace.length > 0 && trace[0].getClassName().startsWith("io.netty.handler.codec.http");
    }
}

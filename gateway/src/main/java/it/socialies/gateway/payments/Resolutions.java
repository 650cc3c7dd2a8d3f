// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.payments;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import it.socialies.engine.protocol.sbe.KeyResolvedDecoder;
import it.socialies.engine.protocol.sbe.PrincipalKind;
import it.socialies.engine.protocol.sbe.ResolveKeyEncoder;
import it.socialies.engine.protocol.sbe.ResultCode;
import it.socialies.gateway.api.ProblemException;
import it.socialies.gateway.engineclient.CoreReply;
import it.socialies.gateway.http.Api;
import it.socialies.gateway.http.ApiAnswer;
import it.socialies.gateway.http.ApiRequest;
import it.socialies.gateway.http.Idempotency;
import it.socialies.gateway.http.Resource;
import it.socialies.gateway.projection.Projection;
import it.socialies.gateway.security.Principal;
import java.util.UUID;

/**
 * What became of a key, for a till that lost its answer. The core knows the keys of its window, and burns one that never came. Older keys can no longer
 * execute, so what the projection says of them is the truth once it has read the record that closed the window behind them.
 */
public final class Resolutions implements Resource {
    private static final String OLD_KEY =
            "SELECT p.last_sequence AS as_of_sequence, i.watermark_ms, k.sequence, k.outcome, k.burned, k.circuit_id, k.principal_kind, k.principal_id"
                    + " FROM position p CROSS JOIN installation i LEFT JOIN command_key k ON k.key = $1";

    private final Projection projection;

    public Resolutions(Projection projection) {
        this.projection = projection;
    }

    @Override
    public void mount(Api api) {
        api.on("resolveKey", request -> resolve(api, request));
    }

    private Future<ApiAnswer> resolve(Api api, ApiRequest request) {
        Idempotency target = Idempotency.parse(request.body().getString("key"));
        return api.core()
                .send(frame -> request.command(frame)
                        .message(new ResolveKeyEncoder())
                        .targetKeyHi(target.hi())
                        .targetKeyLo(target.lo()))
                .compose(reply -> reply.code() == ResultCode.IDEMPOTENCY_KEY_UNKNOWN
                        ? fromProjection(request, target)
                        : Api.accepted(request, reply).map(ok -> ApiAnswer.created(ok, fromCore(ok, target))));
    }

    private static JsonObject fromCore(CoreReply reply, Idempotency target) {
        KeyResolvedDecoder resolved = reply.find(new KeyResolvedDecoder());
        JsonObject json = json(target, resolved != null).put("sequence", reply.sequence());
        return resolved == null ? json : json.put("resolved_sequence", resolved.resolvedSequence());
    }

    private Future<ApiAnswer> fromProjection(ApiRequest request, Idempotency target) {
        UUID key = target.uuid();
        long keyTimeMs = target.hi() >>> 16;
        return projection.first(request, OLD_KEY, Tuple.of(key)).compose(row -> {
            if (row == null || row.getLong("watermark_ms") < keyTimeMs) {
                return Future.failedFuture(
                        new ProblemException("projection_unavailable", "The projection has not come so far yet."));
            }
            return Future.succeededFuture(new ApiAnswer(201, oldKey(request, target, row), false));
        });
    }

    private static JsonObject oldKey(ApiRequest request, Idempotency target, Row row) {
        Long sequence = row.getLong("sequence");
        boolean executed = sequence != null && !row.getBoolean("burned");
        if (executed && !maySee(request.principal(), request.circuitId(), row)) {
            throw new ProblemException("not_found");
        }
        JsonObject json = json(target, executed).put("as_of_sequence", row.getLong("as_of_sequence"));
        if (executed) {
            ResultCode code = ResultCode.get(row.getShort("outcome"));
            json.put("resolved_sequence", sequence).put("code", ProblemException.codeOf(code));
        }
        return json;
    }

    /** Its own keys, and for an operator those of the circuit. */
    private static boolean maySee(Principal principal, int circuitId, Row row) {
        boolean isOwn = row.getShort("principal_kind") == principal.kind().value()
                && row.getLong("principal_id") == principal.id();
        return isOwn || (principal.kind() == PrincipalKind.OPERATOR && row.getInteger("circuit_id") == circuitId);
    }

    private static JsonObject json(Idempotency target, boolean executed) {
        return new JsonObject().put("key", target.uuid().toString()).put("outcome", executed ? "executed" : "burned");
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.status;

import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import it.socialies.engine.protocol.sbe.PrincipalKind;
import it.socialies.engine.protocol.sbe.QueryStatusEncoder;
import it.socialies.engine.protocol.sbe.StatusViewDecoder;
import it.socialies.gateway.api.Json;
import it.socialies.gateway.api.ProblemException;
import it.socialies.gateway.engineclient.CoreReply;
import it.socialies.gateway.engineclient.InstallationTime;
import it.socialies.gateway.http.Api;
import it.socialies.gateway.http.ApiRequest;
import it.socialies.gateway.http.Contract;
import it.socialies.gateway.http.ProblemTable;
import it.socialies.gateway.http.ProblemWords;
import it.socialies.gateway.http.ProblemWriter;
import it.socialies.gateway.http.RequestObserver;
import it.socialies.gateway.http.Resource;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /status}: how far each part is, the hashes at that sequence, and what time it is here. 200 while payments are accepted, otherwise 503 with the same
 * members in the problem.
 */
public final class Status implements Resource {
    private final NodeState node;
    private final InstallationTime time;
    private final Contract contract;

    public Status(NodeState node, InstallationTime time, Contract contract) {
        this.node = node;
        this.time = time;
        this.contract = contract;
    }

    @Override
    public void mount(Api api) {
        api.onRaw("getStatus", request -> status(api, request));
        api.onRaw(
                "getContract",
                request -> request.context()
                        .response()
                        .putHeader(HttpHeaders.CONTENT_TYPE, "text/yaml; charset=utf-8")
                        .end(contract.yaml()));
    }

    private Future<Void> status(Api api, ApiRequest request) {
        return api.core()
                .send(frame -> frame.from(PrincipalKind.SYSTEM, 0, 0).message(new QueryStatusEncoder()))
                .compose(reply -> node.isOfficeUp().map(officeUp -> status(reply, officeUp)))
                .compose(status -> {
                    String fault = fault(status);
                    return fault == null
                            ? request.context()
                                    .response()
                                    .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                                    .end(status.toBuffer())
                            : unavailable(request, fault, status);
                });
    }

    private static Future<Void> unavailable(ApiRequest request, String fault, JsonObject status) {
        ProblemWords words = ProblemWords.of(request.context().request());
        JsonObject problem =
                ProblemWriter.body(new ProblemException(fault), ApiRequest.traceId(request.context()), words);
        RequestObserver.problem(request.context(), fault);
        ProblemTable.Entry entry = ProblemTable.of(fault);
        return request.context()
                .response()
                .setStatusCode(entry.status())
                .putHeader(HttpHeaders.CONTENT_TYPE, ProblemWriter.MEDIA_TYPE)
                .putHeader(HttpHeaders.CONTENT_LANGUAGE, words.tag())
                .putHeader(HttpHeaders.RETRY_AFTER, Integer.toString(entry.retryAfterSeconds()))
                .end(status.mergeIn(problem).toBuffer());
    }

    /** Why payments are not accepted now; null when they are. */
    private @Nullable String fault(JsonObject status) {
        if (node.isStorageLow()) {
            return "storage_low";
        }
        return status.getJsonObject("clock").getBoolean("suspect") ? "clock_suspect" : null;
    }

    private JsonObject status(CoreReply reply, boolean officeUp) {
        StatusViewDecoder view = reply.get(new StatusViewDecoder());
        time.offsetMs(view.clockOffsetMs());
        long projected = node.projectedSequence();
        NodeState.Snapshot snapshot = node.lastSnapshot();
        JsonObject status = new JsonObject()
                .put("mode", Json.word(view.mode()))
                .put("sequence", view.lastSequence())
                .put("durable_sequence", node.durableSequence())
                .put("journaled_sequence", node.journaledSequence())
                .put("projected_sequence", projected)
                .put("projection_lag", Math.max(0, view.lastSequence() - projected))
                .put("core_hash", Json.hash(view.coreHash()))
                .put("ledger_hash", Json.hash(view.ledgerHash()))
                .put("time", Json.time(time.nowMs()))
                .put(
                        "clock",
                        new JsonObject()
                                .put("offset_ms", view.clockOffsetMs())
                                .put("suspect", view.clockSuspect() != 0)
                                .put("watermark", Json.time(view.watermarkMs())))
                .put("counts", counts(view))
                .put(
                        "parts",
                        new JsonObject()
                                .put("engine", "up")
                                .put("journal", node.isStorageLow() ? "low" : "up")
                                .put("projection", node.isProjectionUp() ? "up" : "down")
                                .put("office", officeUp ? "up" : "down"));
        return snapshot == null
                ? status
                : status.put(
                        "snapshot",
                        new JsonObject()
                                .put("sequence", snapshot.sequence())
                                .put("time", Json.time(snapshot.timestampMs())));
    }

    private static JsonObject counts(StatusViewDecoder view) {
        return new JsonObject()
                .put("accounts", view.accounts())
                .put("wallets", view.wallets())
                .put("cards", view.cards())
                .put("merchants", view.merchants())
                .put("programmes", view.programmes())
                .put("payments", view.payments())
                .put("keys", view.keys());
    }
}

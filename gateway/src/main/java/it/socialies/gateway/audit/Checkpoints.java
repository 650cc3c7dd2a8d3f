// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.audit;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import it.socialies.gateway.api.Cursor;
import it.socialies.gateway.api.ProblemException;
import it.socialies.gateway.http.Api;
import it.socialies.gateway.http.ApiAnswer;
import it.socialies.gateway.http.ApiRequest;
import it.socialies.gateway.http.Resource;
import it.socialies.gateway.security.BoundedWorker;

/**
 * Gives signed checkpoints to anybody, to keep and to compare: as JSON, or the JWS alone ({@code format=jws}), which is the file that an audit reads. One that
 * was signed never changes, so it may be cached for ever.
 */
public final class Checkpoints implements Resource {
    private static final String FOR_A_MINUTE = "public, max-age=60";
    private static final String FOR_EVER = "public, max-age=31536000, immutable";

    private final CheckpointFolder folder;
    private final BoundedWorker worker;

    /** @param worker reads the files */
    public Checkpoints(CheckpointFolder folder, BoundedWorker worker) {
        this.folder = folder;
        this.worker = worker;
    }

    @Override
    public void mount(Api api) {
        api.on("listCheckpoints", this::list);
        api.onRaw("getLatestCheckpoint", request -> give(request, folder.newest(), FOR_A_MINUTE));
        api.onRaw("getCheckpoint", request -> give(request, sequence(request), FOR_EVER));
    }

    private Future<Void> give(ApiRequest request, long sequence, String caching) {
        return worker.run(() -> {
                    SignedCheckpoint signed = folder.read(sequence);
                    if (signed == null) {
                        throw new ProblemException("not_found");
                    }
                    return signed;
                })
                .compose(signed -> {
                    boolean isJws = "jws".equals(request.query("format"));
                    return response(request, caching)
                            .putHeader(HttpHeaders.CONTENT_TYPE, isJws ? "application/jose" : "application/json")
                            .end(
                                    isJws
                                            ? Buffer.buffer(signed.jws())
                                            : json(signed).toBuffer());
                });
    }

    private static JsonObject json(SignedCheckpoint signed) {
        return signed.checkpoint().json().put("jws", signed.jws());
    }

    private Future<ApiAnswer> list(ApiRequest request) {
        int limit = (int) request.query("limit", 50);
        String cursor = request.query("cursor");
        long[] sequences = folder.below(cursor == null ? Long.MAX_VALUE : Cursor.parse(cursor), limit + 1);
        JsonObject page = new JsonObject();
        if (sequences.length > limit) {
            page.put("next_cursor", Cursor.format(sequences[limit - 1]));
        }
        return worker.run(() -> {
                    JsonArray items = new JsonArray();
                    for (int i = 0; i < Math.min(limit, sequences.length); i++) {
                        SignedCheckpoint signed = folder.read(sequences[i]);
                        if (signed != null) {
                            items.add(signed.checkpoint().brief());
                        }
                    }
                    return items;
                })
                .map(items -> {
                    response(request, FOR_A_MINUTE);
                    return ApiAnswer.ok(new JsonObject().put("items", items).mergeIn(page));
                });
    }

    private static HttpServerResponse response(ApiRequest request, String caching) {
        return request.context().response().putHeader(HttpHeaders.CACHE_CONTROL, caching);
    }

    /** What is no sequence has no checkpoint. */
    private static long sequence(ApiRequest request) {
        String text = request.context().pathParam("sequence");
        try {
            return text == null ? 0 : Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new ProblemException("not_found");
        }
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.perf.http;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import java.net.URI;
import java.util.Map;

/** Kept HTTP/1.1 connections to one server, on one event loop. */
final class Connections implements AutoCloseable {
    private final Vertx vertx = Vertx.vertx();
    private final Context eventLoop = vertx.getOrCreateContext();
    private final HttpClient client;

    /** @param max connections at once; requests beyond them wait here, and their time counts */
    Connections(URI server, int max) {
        client = vertx.createHttpClient(
                new HttpClientOptions()
                        .setDefaultHost(server.getHost())
                        .setDefaultPort(server.getPort())
                        .setKeepAlive(true),
                new PoolOptions().setHttp1MaxSize(max).setEventLoopSize(1));
    }

    /** Runs on the event loop, which all answers come to. */
    void onEventLoop(Runnable work) {
        eventLoop.runOnContext(unused -> work.run());
    }

    /** Called on the event loop; a request that gets no answer has one too, under the name of what went wrong. */
    Future<Answer> send(LoadRequest request) {
        return client.request(HttpMethod.POST, request.path())
                .compose(head -> send(head, request))
                .otherwise(failure -> Answer.failed(request, failure.getClass().getSimpleName()));
    }

    private static Future<Answer> send(HttpClientRequest head, LoadRequest request) {
        for (Map.Entry<String, String> header : request.headers()) {
            head.putHeader(header.getKey(), header.getValue());
        }
        return head.send(request.body())
                .compose(response -> response.body().map(body -> Answer.of(request, response.statusCode(), body)));
    }

    /** Ends every connection: requests on their way fail. */
    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}

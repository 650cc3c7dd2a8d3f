// SPDX-License-Identifier: EUPL-1.2
package it.socialies.perf.http;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import java.util.concurrent.atomic.AtomicInteger;

/** What HTTP costs alone: a bare Vert.x server that answers 201 with the body it was sent. Main of a JVM of its own; prints its port and ends with its input. */
public final class Echo extends VerticleBase {
    static final String READY = "READY ";

    /** As many as the gateway has unless told otherwise. */
    private static final int EVENT_LOOPS = 2;

    private static final int CREATED = 201;

    /** A free port that all instances share. */
    private static final int SHARED_FREE_PORT = -1;

    private static final AtomicInteger PORT = new AtomicInteger();

    public static void main(String[] arguments) throws Exception {
        Vertx.vertx()
                .deployVerticle(Echo::new, new DeploymentOptions().setInstances(EVENT_LOOPS))
                .toCompletionStage()
                .toCompletableFuture()
                .get();
        System.out.println(READY + PORT.get());
        while (System.in.read() >= 0) {
            // Whoever started this process holds its input open for as long as it needs it.
        }
        System.exit(0);
    }

    @Override
    public Future<?> start() {
        return vertx.createHttpServer()
                .requestHandler(request -> request.body()
                        .onSuccess(body -> request.response()
                                .setStatusCode(CREATED)
                                .putHeader("Content-Type", "application/json")
                                .end(body)))
                .listen(SHARED_FREE_PORT, "127.0.0.1")
                .onSuccess(server -> PORT.set(server.actualPort()));
    }
}

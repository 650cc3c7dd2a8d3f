// SPDX-License-Identifier: EUPL-1.2
package it.socialies.perf.http;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import it.socialies.ops.client.ApiClient;
import it.socialies.ops.client.TerminalSession;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * A closed loop of payments of one cent: so many connections, each sending its next request when the last one is answered. What it says holds for this many
 * clients; it says nothing about a load that does not wait.
 *
 * <p>Threading: one event loop; {@link #run} waits for it.
 */
final class PaymentLoad {
    private static final String PAYMENTS = ApiClient.BASE_PATH + "/payments";
    private static final String BATCHES = ApiClient.BASE_PATH + "/payment-batches";
    private static final long MAX_LATENCY_NS = TimeUnit.SECONDS.toNanos(60);

    private final ApiClient api;
    private final Shops shops;
    private final int paymentsPerRequest;
    private final SplittableRandom random = new SplittableRandom(7);
    private final Histogram latencyNs = new Histogram(MAX_LATENCY_NS, 3);
    private final Map<String, Long> outcomes = new TreeMap<>();
    private long payments;
    private long measureFromNs;
    private long endNs;

    /** @param paymentsPerRequest 1 for single payments, more for batches */
    PaymentLoad(ApiClient api, Shops shops, int paymentsPerRequest) {
        this.api = api;
        this.shops = shops;
        this.paymentsPerRequest = paymentsPerRequest;
    }

    /**
     * What was measured.
     *
     * @param payments accepted within the time
     * @param latencyNs from request sent to answer read, in nanoseconds, a request each
     * @param outcomes answers by status, and failures by name
     */
    record Result(long payments, double seconds, Histogram latencyNs, Map<String, Long> outcomes) {
        double paymentsPerSecond() {
            return payments / seconds;
        }
    }

    Result run(int connections, int warmUpSeconds, int seconds) throws InterruptedException {
        shops.terminals().forEach(TerminalSession::token);
        Vertx vertx = Vertx.vertx();
        try {
            HttpClient client = vertx.createHttpClient(
                    new HttpClientOptions()
                            .setDefaultHost(api.gateway().getHost())
                            .setDefaultPort(api.gateway().getPort())
                            .setKeepAlive(true),
                    new PoolOptions().setHttp1MaxSize(connections).setEventLoopSize(1));
            measureFromNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(warmUpSeconds);
            endNs = measureFromNs + TimeUnit.SECONDS.toNanos(seconds);
            Promise<Void> done = Promise.promise();
            vertx.getOrCreateContext().runOnContext(start -> {
                List<Future<Void>> loops = new ArrayList<>();
                for (int i = 0; i < connections; i++) {
                    Promise<Void> loop = Promise.promise();
                    next(client, shops.terminals().get(i % shops.terminals().size()), loop);
                    loops.add(loop.future());
                }
                Future.all(loops).onComplete(all -> done.complete());
            });
            done.future().toCompletionStage().toCompletableFuture().join();
            return new Result(payments, seconds, latencyNs, outcomes);
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
    }

    private void next(HttpClient client, TerminalSession terminal, Promise<Void> loop) {
        long sentNs = System.nanoTime();
        if (sentNs >= endNs) {
            loop.complete();
            return;
        }
        boolean isSingle = paymentsPerRequest == 1;
        String path = isSingle ? PAYMENTS : BATCHES;
        String key = isSingle ? api.newKey().toString() : "";
        byte[] body = (isSingle ? payment("") : batch()).getBytes(StandardCharsets.UTF_8);
        client.request(HttpMethod.POST, path)
                .compose(request -> send(request, terminal, path, key, body))
                .onComplete(answer -> {
                    long nowNs = System.nanoTime();
                    if (nowNs >= measureFromNs && nowNs < endNs) {
                        record(answer.succeeded() ? answer.result() : failed(answer.cause()), nowNs - sentNs);
                    }
                    next(client, terminal, loop);
                });
    }

    /** Status of an answer and how many payments it accepted. */
    private record Answer(String outcome, int accepted) {}

    private Future<Answer> send(
            HttpClientRequest request, TerminalSession terminal, String path, String key, byte[] body) {
        request.putHeader("Content-Type", "application/json");
        if (!key.isEmpty()) {
            request.putHeader("Idempotency-Key", key);
        }
        terminal.prove("POST", path, key, body, request::putHeader);
        return request.send(Buffer.buffer(body))
                .compose(response -> response.body()
                        .map(content -> new Answer(
                                Integer.toString(response.statusCode()), accepted(response.statusCode(), content))));
    }

    private int accepted(int status, Buffer content) {
        if (paymentsPerRequest == 1) {
            return status == 201 ? 1 : 0;
        }
        return status == 200 ? occurrences(content.toString(), "\"status\":201") : 0;
    }

    private static int occurrences(String text, String part) {
        int found = 0;
        for (int at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + part.length())) {
            found++;
        }
        return found;
    }

    private static Answer failed(Throwable cause) {
        return new Answer(cause.getClass().getSimpleName(), 0);
    }

    private void record(Answer answer, long tookNs) {
        payments += answer.accepted();
        outcomes.merge(answer.outcome(), 1L, Long::sum);
        latencyNs.recordValue(Math.min(tookNs, MAX_LATENCY_NS));
    }

    private String payment(String keyMember) {
        Shops.Card card = shops.cards().get(random.nextInt(shops.cards().size()));
        return "{" + keyMember + "\"card_token\":\"" + card.token() + "\",\"pin\":\"" + card.pin()
                + "\",\"bill_total\":{\"amount\":1,\"currency\":\"EUR\"},\"eligible_amount\":{\"amount\":1,\"currency\":\"EUR\"}}";
    }

    private String batch() {
        StringBuilder body = new StringBuilder("{\"payments\":[");
        for (int i = 0; i < paymentsPerRequest; i++) {
            body.append(i == 0 ? "" : ",").append(payment("\"idempotency_key\":\"" + api.newKey() + "\","));
        }
        return body.append("]}").toString();
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.client;

import com.github.f4b6a3.uuid.factory.standard.TimeOrderedEpochFactory;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One gateway over HTTP/1.1 with kept connections. A request that the gateway was too busy for (429, 503) or whose outcome it does not know (504) is
 * sent again with the same key, which is what keys are for; so is one whose connection broke, for a bounded time.
 *
 * <p>Any thread may send; each call blocks its own.
 */
public final class ApiClient implements AutoCloseable {
    /** Every path of the contract lies below it. */
    public static final String BASE_PATH = "/rest/ies/v1";

    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(30);

    /** A gateway that is away for longer than this is gone. */
    private static final long PATIENCE_MS = 3_000;

    /** Refusals for lack of room are waited out for at most this long. */
    private static final long BUSY_PATIENCE_MS = 60_000;

    private static final long PAUSE_MS = 50;

    private final HttpClient http;
    private final URI gateway;
    private final ServerClock clock;
    private final TimeOrderedEpochFactory keys;
    private volatile Consumer<ApiReply> putOff = reply -> {};

    private ApiClient(HttpClient http, URI gateway) {
        this.http = http;
        this.gateway = gateway;
        this.clock = new ServerClock(Instant.EPOCH);
        this.keys = TimeOrderedEpochFactory.builder().withClock(clock).build();
    }

    /** Connects and reads the installation's time. */
    public static ApiClient connect(URI gateway) {
        HttpClient http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(5))
                .build();
        ApiClient client = new ApiClient(http, gateway);
        client.readClock();
        return client;
    }

    /** Lets somebody hear of each answer after which a request is sent again; called by the thread that sends. */
    public void onPutOff(Consumer<ApiReply> listener) {
        putOff = listener;
    }

    /** A new idempotency key, of the installation's time. */
    public UUID newKey() {
        return keys.create();
    }

    public ServerClock clock() {
        return clock;
    }

    public URI gateway() {
        return gateway;
    }

    /** The state of the installation; also sets the clock. */
    public JsonObject readClock() {
        ApiReply status = get("/status", null).orThrow("status");
        clock.set(Instant.parse(status.body().getString("time")));
        return status.body();
    }

    /** A query parameter for reads that must show what was just done. */
    public String now() {
        return "min_sequence=" + readClock().getLong("sequence");
    }

    public ApiReply get(String path, @Nullable Session session) {
        return send("GET", path, session, null, null);
    }

    /** Posts with a new key. */
    public ApiReply post(String path, Session session, @Nullable JsonObject body) {
        return send("POST", path, session, newKey(), body);
    }

    /**
     * Sends one request until it has an answer.
     *
     * @param key idempotency key; the same one goes with every repetition
     * @throws NodeGone when the gateway does not answer for {@value #PATIENCE_MS} ms
     */
    public ApiReply send(
            String method, String path, @Nullable Session session, @Nullable UUID key, @Nullable JsonObject body) {
        return reply(exchange(method, path, session, key, body));
    }

    private HttpResponse<byte[]> exchange(
            String method, String path, @Nullable Session session, @Nullable UUID key, @Nullable JsonObject body) {
        byte[] bytes = body == null ? new byte[0] : body.toBuffer().getBytes();
        long busyUntilNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(BUSY_PATIENCE_MS);
        long goneAtNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MS);
        boolean tokenRenewed = false;
        while (true) {
            HttpResponse<byte[]> response;
            try {
                response = http.send(
                        request(method, path, session, key, bytes, body != null),
                        HttpResponse.BodyHandlers.ofByteArray());
            } catch (IOException e) {
                if (System.nanoTime() > goneAtNs) {
                    throw new NodeGone(gateway.toString(), e);
                }
                pause(PAUSE_MS);
                continue;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new NodeGone(gateway.toString(), new IOException("interrupted", e));
            }
            int status = response.statusCode();
            goneAtNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MS);
            if ((status == 429 || status == 503 || status == 504) && System.nanoTime() < busyUntilNs) {
                putOff.accept(reply(response));
                pause(retryAfterMs(response));
            } else if (status == 401 && session != null && !tokenRenewed) {
                tokenRenewed = true;
                session.renew();
            } else {
                return response;
            }
        }
    }

    /**
     * Sends a file, read while it is sent. An operator's session that ended is renewed once; nothing else is sent again.
     *
     * @throws NodeGone when the connection breaks
     */
    public ApiReply sendFile(String path, Session session, UUID key, Path file, String mediaType) throws IOException {
        ApiReply reply = sendFileOnce(path, session, key, file, mediaType);
        if (reply.status() == 401) {
            session.renew();
            reply = sendFileOnce(path, session, key, file, mediaType);
        }
        return reply;
    }

    private ApiReply sendFileOnce(String path, Session session, UUID key, Path file, String mediaType)
            throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(gateway.resolve(BASE_PATH + path))
                .timeout(REQUEST_TIMEOUT)
                .header("Content-Type", mediaType)
                .header("Idempotency-Key", key.toString())
                .POST(HttpRequest.BodyPublishers.ofFile(file));
        session.authorize(request, "POST", BASE_PATH + path, key.toString(), new byte[0]);
        try {
            return reply(http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray()));
        } catch (IOException e) {
            throw new NodeGone(gateway.toString(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NodeGone(gateway.toString(), new IOException("interrupted", e));
        }
    }

    /** The bytes of an answer that is not JSON. */
    public byte[] getBytes(String path, Session session) {
        return bytes(path, exchange("GET", path, session, null, null));
    }

    /** Posts with a new key; the bytes of an answer that is not JSON. */
    public byte[] postBytes(String path, Session session, JsonObject body) {
        return bytes(path, exchange("POST", path, session, newKey(), body));
    }

    private static byte[] bytes(String path, HttpResponse<byte[]> response) {
        reply(response).orThrow(path);
        return response.body();
    }

    private HttpRequest request(
            String method, String path, @Nullable Session session, @Nullable UUID key, byte[] body, boolean hasBody) {
        HttpRequest.Builder request = HttpRequest.newBuilder(gateway.resolve(BASE_PATH + path))
                .timeout(REQUEST_TIMEOUT)
                .method(
                        method,
                        body.length == 0
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofByteArray(body));
        if (hasBody) {
            request.header("Content-Type", "application/json");
        }
        String keyText = key == null ? "" : key.toString();
        if (key != null) {
            request.header("Idempotency-Key", keyText);
        }
        if (session != null) {
            session.authorize(request, method, BASE_PATH + path, keyText, body);
        }
        return request.build();
    }

    private static ApiReply reply(HttpResponse<byte[]> response) {
        byte[] body = response.body();
        boolean json = body.length > 0
                && response.headers()
                        .firstValue("Content-Type")
                        .filter(type -> type.contains("json"))
                        .isPresent();
        boolean hit = response.headers()
                .firstValue("Idempotency-Hit")
                .filter("true"::equals)
                .isPresent();
        return new ApiReply(response.statusCode(), json ? new JsonObject(Buffer.buffer(body)) : new JsonObject(), hit);
    }

    private static long retryAfterMs(HttpResponse<byte[]> response) {
        return response.headers()
                .firstValue("Retry-After")
                .filter(seconds -> seconds.matches("[0-9]{1,4}"))
                .map(seconds -> Math.max(PAUSE_MS, Long.parseLong(seconds) * 1_000))
                .orElse(PAUSE_MS);
    }

    private static void pause(long ms) {
        try {
            TimeUnit.MILLISECONDS.sleep(ms);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        http.close();
    }
}

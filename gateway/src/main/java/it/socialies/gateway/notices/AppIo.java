// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.notices;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import it.socialies.gateway.lifecycle.Owned;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * App IO, as its API for services says: asks whether the person has the app and lets us write, then submits the message. Whoever has not, or does not, is told otherwise. A message has no key there: a node killed between the server's yes
 * and its note of it sends a second one. Threading: any event loop.
 */
final class AppIo implements Carrier {
    static final int SUBJECT_MAX = 120;
    static final int TEXT_MAX = 10_000;
    private static final int CONNECT_TIMEOUT_MS = 5_000;
    private static final long TIMEOUT_MS = 15_000;
    private static final int OK = 200;
    private static final int CREATED = 201;
    private static final int BAD_REQUEST = 400;
    private static final int NOT_FOUND = 404;
    private static final int HTTPS_PORT = 443;
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1");

    /**
     * As {@code secrets/app-io.json} says. Prints as nothing.
     *
     * @param key of the service
     */
    record Settings(URI url, String key) {
        /**
         * Reads them; empty when there is no such file, which turns the channel off.
         *
         * @throws IllegalArgumentException whose message is the remedy in one line
         */
        static Optional<Settings> read(Path file) {
            if (!Files.exists(file)) {
                return Optional.empty();
            }
            try {
                JsonObject json = new JsonObject(Files.readString(file));
                URI url = URI.create(json.getString("url", "https://api.io.pagopa.it"));
                String key = json.getString("key", "");
                boolean isSafe = "https".equals(url.getScheme())
                        || ("http".equals(url.getScheme())
                                && url.getHost() != null
                                && LOOPBACK.contains(url.getHost()));
                if (!isSafe || url.getHost() == null || key.isBlank()) {
                    throw new IllegalArgumentException(file + " needs the key of the service and an HTTPS url");
                }
                return Optional.of(new Settings(url, key));
            } catch (IOException e) {
                throw new IllegalArgumentException(file + " cannot be read", e);
            } catch (DecodeException | ClassCastException e) {
                // The cause may quote the key.
                throw new IllegalArgumentException(file + " is damaged: see ops/docs/notices.md for what it says");
            }
        }

        @Override
        public String toString() {
            return "AppIo[redacted]";
        }
    }

    private record Answer(int status, Buffer body) {}

    private final Settings settings;
    private final HttpClient client;

    AppIo(Vertx vertx, Settings settings) {
        this.settings = settings;
        client = vertx.createHttpClient(new HttpClientOptions().setConnectTimeout(CONNECT_TIMEOUT_MS));
        Owned.by(vertx, client::close);
    }

    @Override
    public Future<Result> send(String id, String address, String subject, String text) {
        JsonObject message = new JsonObject()
                .put("fiscal_code", address)
                .put(
                        "content",
                        new JsonObject()
                                .put("subject", cut(subject, SUBJECT_MAX))
                                .put("markdown", cut(text, TEXT_MAX)));
        return post("/api/v1/profiles", new JsonObject().put("fiscal_code", address))
                .compose(profile -> isWelcome(profile)
                        ? post("/api/v1/messages", message).map(AppIo::result)
                        : Future.succeededFuture(
                                profile.status() == OK ? new Result("not_in_app", false, true) : result(profile)))
                .timeout(2 * TIMEOUT_MS, TimeUnit.MILLISECONDS)
                .otherwise(failure ->
                        new Result(failure instanceof TimeoutException ? "timeout" : "unreachable", false, false));
    }

    private static boolean isWelcome(Answer profile) {
        return profile.status() == OK && profile.body().toJsonObject().getBoolean("sender_allowed", false);
    }

    /** A key that is refused, a limit, a server in trouble: later. What it will never take: in vain. */
    private static Result result(Answer answer) {
        int status = answer.status();
        return status == NOT_FOUND
                ? new Result("not_in_app", false, true)
                : new Result(Integer.toString(status), status == CREATED, status == BAD_REQUEST);
    }

    private static String cut(String text, int lengthMax) {
        return text.length() <= lengthMax ? text : text.substring(0, lengthMax);
    }

    private Future<Answer> post(String path, JsonObject body) {
        boolean isTls = "https".equals(settings.url().getScheme());
        int port = settings.url().getPort();
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setHost(settings.url().getHost())
                .setPort(port > 0 ? port : isTls ? HTTPS_PORT : 80)
                .setSsl(isTls)
                .setURI(path)
                .setTimeout(TIMEOUT_MS)
                .putHeader("content-type", "application/json")
                .putHeader("ocp-apim-subscription-key", settings.key());
        return client.request(options)
                .compose(request -> request.send(body.toBuffer()))
                .compose(response -> response.body().map(read -> new Answer(response.statusCode(), read)));
    }
}

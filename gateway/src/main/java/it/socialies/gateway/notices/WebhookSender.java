// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.notices;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import it.socialies.gateway.lifecycle.Owned;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Sends one webhook. It connects to the very address that was looked at, follows no redirect and reads no answer but its status. Threading: any event loop. */
final class WebhookSender {
    private static final int CONNECT_TIMEOUT_MS = 5_000;
    private static final long TIMEOUT_MS = 15_000;
    private static final int HTTPS_PORT = 443;
    private static final int HTTP_PORT = 80;

    private final Vertx vertx;
    private final Targets targets;
    private final InstantSource wallClock;
    private final HttpClient client;

    /** @param wallClock of the world, by which receivers refuse what is old */
    WebhookSender(Vertx vertx, Targets targets, InstantSource wallClock) {
        this.vertx = vertx;
        this.targets = targets;
        this.wallClock = wallClock;
        client = vertx.createHttpClient(
                new HttpClientOptions().setConnectTimeout(CONNECT_TIMEOUT_MS).setKeepAlive(false));
        Owned.by(vertx, client::close);
    }

    /** Why nothing was sent: a word for the list of notices. */
    static String word(Throwable failure) {
        if (failure instanceof TargetRefusedException) {
            return "target_not_allowed";
        }
        if (failure instanceof UnknownHostException) {
            return "unknown_host";
        }
        return failure instanceof TimeoutException ? "timeout" : "unreachable";
    }

    /** Sends; the status of the answer. Fails when there is none. */
    Future<Integer> send(String address, byte[] secret, String id, String body) {
        URI url = targets.parse(address).orElse(null);
        if (url == null) {
            return Future.failedFuture(new TargetRefusedException());
        }
        return vertx.executeBlocking(
                        () -> targets.resolve(url.getHost()).orElseThrow(TargetRefusedException::new), false)
                .compose(resolved -> post(url, Objects.requireNonNull(resolved), secret, id, body))
                .timeout(TIMEOUT_MS, TimeUnit.MILLISECONDS);
    }

    private Future<Integer> post(URI url, InetAddress resolved, byte[] secret, String id, String body) {
        boolean isTls = "https".equals(url.getScheme());
        int port = url.getPort() > 0 ? url.getPort() : isTls ? HTTPS_PORT : HTTP_PORT;
        String path = url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        long seconds = wallClock.instant().getEpochSecond();
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setServer(SocketAddress.inetSocketAddress(port, resolved.getHostAddress()))
                .setHost(url.getHost())
                .setPort(port)
                .setSsl(isTls)
                .setURI(url.getRawQuery() == null ? path : path + "?" + url.getRawQuery())
                .putHeader("content-type", "application/json")
                .putHeader("webhook-id", id)
                .putHeader("webhook-timestamp", Long.toString(seconds))
                .putHeader("webhook-signature", WebhookSignature.of(secret, id, seconds, body));
        return client.request(options)
                .compose(request -> request.send(body).map(answer -> {
                    int status = answer.statusCode();
                    // Whatever else it says is not wanted, however long it is.
                    request.connection().close();
                    return status;
                }));
    }

    private static final class TargetRefusedException extends Exception {
        private static final long serialVersionUID = 1;
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.http;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.AsyncFile;
import io.vertx.core.file.OpenOptions;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import it.socialies.gateway.api.ProblemException;
import it.socialies.gateway.security.Digest256;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.regex.Pattern;

/**
 * Bodies that go straight into a file, since they may be large: they wait, unread, until whoever takes them has looked at who sends them. Threading: the request's event loop.
 */
public final class StreamedBody {
    private static final Pattern PATH =
            Pattern.compile(Pattern.quote(Contract.BASE_PATH) + "/(issuance-batches/[^/]+/files|outcome-files)");

    /** A refused request may bring so much that is read and thrown away; a longer one loses its connection. */
    private static final long DISCARDED_BYTES_MAX = 1 << 20;

    private StreamedBody() {}

    /** What came. */
    public record Received(long bytes, Digest256 sha256) {}

    static boolean isOne(RoutingContext ctx) {
        String path = ctx.request().path();
        return HttpMethod.POST.equals(ctx.request().method())
                && path != null
                && path.endsWith("files")
                && PATH.matcher(path).matches();
    }

    /** Leaves the body where it is, for {@link #into}. */
    static void hold(RoutingContext ctx) {
        HttpServerRequest request = ctx.request();
        request.pause();
        ctx.addEndHandler(answered -> {
            if (request.isEnded()) {
                return;
            }
            if (lengthOf(request) <= DISCARDED_BYTES_MAX) {
                request.resume();
            } else {
                request.connection().close();
            }
        });
        ctx.next();
    }

    private static long lengthOf(HttpServerRequest request) {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        try {
            return length == null ? Long.MAX_VALUE : Long.parseLong(length);
        } catch (NumberFormatException e) {
            return Long.MAX_VALUE;
        }
    }

    /**
     * Writes the body into a new file that only its owner may read. Fails with {@code body_too_large}; then, and when the sender goes away, nothing is left of it.
     *
     * @param bytesMax what is taken at most
     */
    public static Future<Received> into(RoutingContext ctx, Path target, long bytesMax) {
        HttpServerRequest request = ctx.request();
        long length = lengthOf(request);
        if (length != Long.MAX_VALUE && length > bytesMax) {
            return Future.failedFuture(new ProblemException("body_too_large"));
        }
        Vertx vertx = ctx.vertx();
        return vertx.fileSystem()
                .open(
                        target.toString(),
                        new OpenOptions().setCreateNew(true).setWrite(true).setPerms("rw-------"))
                .compose(file -> copy(request, file, bytesMax)
                        .eventually(file::close)
                        .recover(failure -> vertx.fileSystem()
                                .delete(target.toString())
                                .transform(deleted -> Future.failedFuture(failure))));
    }

    private static Future<Received> copy(HttpServerRequest request, AsyncFile file, long bytesMax) {
        Promise<Received> promise = Promise.promise();
        MessageDigest sha256 = Digest256.newSha256();
        long[] bytes = {0};
        request.exceptionHandler(promise::tryFail);
        file.exceptionHandler(promise::tryFail);
        request.endHandler(ended -> promise.tryComplete(new Received(bytes[0], Digest256.of(sha256.digest()))));
        request.handler(buffer -> {
            bytes[0] += buffer.length();
            if (bytes[0] > bytesMax) {
                request.pause();
                promise.tryFail(new ProblemException("body_too_large"));
            } else if (!promise.future().isComplete()) {
                take(request, file, buffer, sha256);
            }
        });
        request.resume();
        return promise.future();
    }

    private static void take(HttpServerRequest request, AsyncFile file, Buffer buffer, MessageDigest sha256) {
        sha256.update(buffer.getBytes());
        file.write(buffer);
        if (file.writeQueueFull()) {
            request.pause();
            file.drainHandler(drained -> request.resume());
        }
    }
}

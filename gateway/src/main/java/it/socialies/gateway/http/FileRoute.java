// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.http;

import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import it.socialies.gateway.api.ProblemException;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Routes that take a file by {@link StreamedBody}. They go round the contract's validator, which would want the file in memory: whoever hangs one checks the same. Threading: any event loop.
 */
public final class FileRoute {
    private FileRoute() {}

    /**
     * Hangs one; what is thrown or fails is answered as a problem.
     *
     * @param path below the base path
     * @param take takes the file and says what is answered
     */
    public static void post(Router router, String path, Function<RoutingContext, Future<ApiAnswer>> take) {
        router.post(Contract.BASE_PATH + path).handler(ctx -> {
            try {
                take.apply(ctx).onSuccess(answer -> Api.write(ctx, answer)).onFailure(ctx::fail);
            } catch (RuntimeException e) {
                ctx.fail(e);
            }
        });
    }

    /**
     * Looks at the content type, whatever its parameters.
     *
     * @param types in lower case
     * @throws ProblemException unsupported_media_type
     */
    public static void requireType(RoutingContext ctx, Set<String> types) {
        @Nullable String type = ctx.request().getHeader(HttpHeaders.CONTENT_TYPE);
        int end = type == null ? -1 : type.indexOf(';');
        String bare = type == null ? "" : (end < 0 ? type : type.substring(0, end)).trim();
        if (!types.contains(bare.toLowerCase(Locale.ROOT))) {
            throw new ProblemException("unsupported_media_type");
        }
    }
}

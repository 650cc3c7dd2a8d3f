// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.logs;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Names one request in its answer, its problem and every log line that is written on its behalf. It lies in the Vert.x context of the request, which
 * follows it through every future and worker.
 */
public final class TraceId {
    /** The field of a log line. */
    public static final String FIELD = "trace.id";

    /** A UUID or a trace id, so that no name, tax code or card ever passes for one. */
    private static final Pattern WELL_FORMED = Pattern.compile("[0-9A-Fa-f-]{16,64}");

    private TraceId() {}

    /** The caller's own id, when it is well-formed; otherwise a new one. */
    public static String of(@Nullable String proposed) {
        return proposed != null && WELL_FORMED.matcher(proposed).matches()
                ? proposed
                : HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
    }

    /** From now on, what happens in the context of this request bears its id. */
    public static void begin(String traceId) {
        Context context = Vertx.currentContext();
        if (context != null) {
            TraceIdStorage.ID.put(context, traceId);
        }
    }

    /** The id of the request that this thread works for; null when it works for none. */
    static @Nullable String current() {
        Context context = Vertx.currentContext();
        return context == null ? null : TraceIdStorage.ID.get(context);
    }
}

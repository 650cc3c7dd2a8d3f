// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.http;

import java.util.concurrent.TimeUnit;
import org.apache.logging.log4j.message.AsynchronouslyFormattable;
import org.apache.logging.log4j.message.MapMessage;
import org.jspecify.annotations.Nullable;

/**
 * The line of one request in the access log. It has the route and no path, the kind of caller and no name or number of one, no address, no header and
 * nothing of a body.
 */
@AsynchronouslyFormattable
final class AccessMessage extends MapMessage<AccessMessage, Object> {
    /** @param status 0 when the caller went before the answer was out */
    AccessMessage(
            String method,
            String route,
            int status,
            long durationNs,
            @Nullable String principalKind,
            @Nullable String problem) {
        super(6);
        with("http.request.method", method);
        with("http.route", route);
        with("http.response.status_code", status);
        with("event.duration_ms", TimeUnit.NANOSECONDS.toMicros(durationNs) / 1e3);
        if (principalKind != null) {
            with("ies.principal_kind", principalKind);
        }
        if (problem != null) {
            with("ies.problem", problem);
        }
    }

    @Override
    public String getFormattedMessage() {
        return get("http.request.method") + " " + get("http.route") + " " + get("http.response.status_code");
    }

    @Override
    public void formatTo(StringBuilder buffer) {
        buffer.append(getFormattedMessage());
    }
}

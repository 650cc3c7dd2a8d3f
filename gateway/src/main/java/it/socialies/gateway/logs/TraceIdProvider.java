// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.logs;

import java.util.Map;
import org.apache.logging.log4j.core.util.ContextDataProvider;

/** Gives log4j the id of the request that a line is written for. Found as a service; called on the thread that logs. */
public final class TraceIdProvider implements ContextDataProvider {
    @Override
    public Map<String, String> supplyContextData() {
        String traceId = TraceId.current();
        return traceId == null ? Map.of() : Map.of(TraceId.FIELD, traceId);
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.simulation;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the core of this process decided, by the call that asked. Gone with the process. */
final class Decisions {
    private record Call(int gatewayId, long correlationId) {}

    private final Map<Call, Expected> expected = new HashMap<>();

    void put(int gatewayId, long correlationId, Expected decision) {
        if (expected.put(new Call(gatewayId, correlationId), decision) != null) {
            throw new Violation("a call of gateway " + gatewayId + " was decided twice");
        }
    }

    /** Taken once: a second reply to the same call finds nothing. */
    @Nullable
    Expected take(int gatewayId, long correlationId) {
        return expected.remove(new Call(gatewayId, correlationId));
    }
}

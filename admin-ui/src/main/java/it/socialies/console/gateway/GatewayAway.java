// SPDX-License-Identifier: EUPL-1.2
package it.socialies.console.gateway;

import org.jspecify.annotations.Nullable;

/** The gateway gave no answer, or one that is not its own. */
public final class GatewayAway extends RuntimeException {
    public GatewayAway(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}

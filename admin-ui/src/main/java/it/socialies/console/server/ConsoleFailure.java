// SPDX-License-Identifier: EUPL-1.2
package it.socialies.console.server;

import org.jspecify.annotations.Nullable;

/** Why the console cannot start; the message is the one line to show. */
public final class ConsoleFailure extends RuntimeException {
    public ConsoleFailure(String message) {
        this(message, null);
    }

    public ConsoleFailure(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}

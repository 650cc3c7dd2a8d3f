// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.kernel;

import java.io.Serial;

/** The state contradicts itself. Nothing may follow: the host halts the process. */
public final class InvariantViolated extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    /** Says which invariant, of what. */
    public InvariantViolated(final String message) {
        super(message);
    }
}

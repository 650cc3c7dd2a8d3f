// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.simulation;

/** A promise of the engine did not hold. An error, so that no code of the product takes it for a fault it can cure. */
public final class Violation extends Error {
    private static final long serialVersionUID = 1L;

    public Violation(String message) {
        super(message);
    }

    public Violation(String message, Throwable cause) {
        super(message, cause);
    }
}

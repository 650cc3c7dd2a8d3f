// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.projection;

/** The projection cannot go on, and trying again would not help: an operator must read the message. Payments are not concerned. */
public final class ProjectionRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ProjectionRefused(final String message) {
        super(message);
    }

    public ProjectionRefused(final String message, final Throwable cause) {
        super(message, cause);
    }
}

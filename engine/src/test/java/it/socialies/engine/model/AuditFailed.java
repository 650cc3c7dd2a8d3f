// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.model;

/** The core and the model disagree, or the books do not add up; the message says about what, in readable lines. */
public final class AuditFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public AuditFailed(String message) {
        super(message);
    }
}

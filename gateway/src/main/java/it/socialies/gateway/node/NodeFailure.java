// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.node;

/** The node cannot start: one line that says what is wrong and what to do. */
final class NodeFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NodeFailure(String message) {
        super(message);
    }

    NodeFailure(String message, Throwable cause) {
        super(message, cause);
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.perf.suite;

/** The suite cannot measure; the message tells the person who ran it why, and what to do. */
public final class SuiteFailed extends Exception {
    public SuiteFailed(String message) {
        super(message);
    }

    public SuiteFailed(String message, Throwable cause) {
        super(message, cause);
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.verifier.checkpoint;

/** A file that is not what it should be: no JSON, no checkpoint, no key set. It proves nothing, in either direction. */
public final class Malformed extends Exception {
    public Malformed(String message) {
        super(message);
    }

    Malformed(String message, Throwable cause) {
        super(message, cause);
    }
}

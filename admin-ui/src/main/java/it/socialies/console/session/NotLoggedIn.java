// SPDX-License-Identifier: EUPL-1.2
package it.socialies.console.session;

/** Nobody is logged in, or no longer. */
public final class NotLoggedIn extends RuntimeException {
    public NotLoggedIn() {
        super("nobody is logged in");
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.security;

/** The secrets cannot be used: one line that says what is wrong and what to do. The process must not start. */
public final class SecretsUnusableException extends RuntimeException {
    public SecretsUnusableException(String message) {
        super(message);
    }
}

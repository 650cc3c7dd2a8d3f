// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.security;

/** A fresh token for its bearer; prints without it. */
public record IssuedToken(String token, Principal principal) {
    /** How long the token still lives, in whole seconds, for {@code expires_in} (RFC 6749 5.1). */
    public long expiresInSeconds() {
        return (principal.expiresMs() - principal.issuedMs()) / 1_000;
    }

    @Override
    public String toString() {
        return "IssuedToken[" + principal.subject() + ", redacted]";
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.console.session;

/**
 * Names of cookies. Over HTTPS a name begins with {@code __Host-}: then a browser keeps the cookie only when it came over HTTPS from this very host, so neither a
 * neighbour under the same domain nor somebody who alters plain HTTP can plant one (RFC 6265bis, 4.1.3.2; OWASP ASVS 5.0, 3.3.3). Such a cookie has
 * {@code Secure}, the path {@code /} and no domain.
 */
public final class Cookies {
    private static final String HOST_PREFIX = "__Host-";

    private Cookies() {}

    /** The name that a cookie has where browsers come over HTTPS, or without it. */
    public static String name(String plain, boolean isSecure) {
        return isSecure ? HOST_PREFIX + plain : plain;
    }
}

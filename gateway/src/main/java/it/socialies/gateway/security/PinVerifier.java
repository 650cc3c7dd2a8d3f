// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.security;

import java.util.Arrays;

/**
 * Makes the verifier that the core keeps and compares: HMAC-SHA-256 under the PIN pepper of card token ‖ PIN. The pepper lies outside the
 * core, its journal and the databases, so none of them lets anybody try PINs. The token makes equal PINs differ from card to card. May be
 * called from any thread; costs about a microsecond.
 */
public final class PinVerifier {
    private final int pepperVersion;
    private final KeyedHash pepper;

    public PinVerifier(Secrets secrets) {
        pepperVersion = secrets.ring(Secrets.Purpose.PIN_PEPPER).currentVersion();
        pepper = secrets.hash(Secrets.Purpose.PIN_PEPPER);
    }

    /** Version of the pepper, which a command that sets a PIN carries. */
    public int pepperVersion() {
        return pepperVersion;
    }

    /**
     * The verifier of a PIN that somebody typed.
     *
     * @param pin ASCII digits; zeroed on return, whatever happens
     * @throws Refusal {@code PIN_LENGTH} or {@code PIN_NOT_DIGITS}
     */
    public Digest256 ofTyped(CardToken token, byte[] pin) {
        try {
            PinPolicy.requireForm(pin);
            return pepper.digest(token.toBytes(), pin);
        } finally {
            Arrays.fill(pin, (byte) 0);
        }
    }

    /**
     * The verifier of a PIN that somebody chose.
     *
     * @param pin ASCII digits; zeroed on return, whatever happens
     * @throws Refusal {@code PIN_LENGTH}, {@code PIN_NOT_DIGITS} or {@code PIN_TOO_WEAK}
     */
    public Digest256 ofChosen(PinPolicy policy, CardToken token, byte[] pin) {
        try {
            policy.requireGood(pin);
            return pepper.digest(token.toBytes(), pin);
        } finally {
            Arrays.fill(pin, (byte) 0);
        }
    }
}

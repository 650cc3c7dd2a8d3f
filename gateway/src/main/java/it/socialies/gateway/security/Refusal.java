// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.security;

/**
 * A refusal with a stable code, to be answered as {@code application/problem+json} (RFC 9457). It carries no stack trace: it is an
 * answer, not a fault, and the caller can make us produce many. Its message never holds what the caller sent.
 */
public final class Refusal extends RuntimeException {
    private final RefusalCode code;
    private final long retryAfterMs;

    public Refusal(RefusalCode code) {
        this(code, 0);
    }

    /** @param retryAfterMs when to try again, for 429 and 503; 0 = not said */
    public Refusal(RefusalCode code, long retryAfterMs) {
        super(code.code(), null, false, false);
        this.code = code;
        this.retryAfterMs = retryAfterMs;
    }

    public RefusalCode code() {
        return code;
    }

    /** For {@code Retry-After}, in milliseconds; 0 when there is nothing to say. */
    public long retryAfterMs() {
        return retryAfterMs;
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.http;

/** Header names of the interface. */
public final class Headers {
    public static final String IDEMPOTENCY_KEY = "Idempotency-Key";
    public static final String IDEMPOTENCY_HIT = "Idempotency-Hit";
    public static final String CORRELATION_ID = "X-Correlation-ID";
    public static final String TERMINAL_MAC = "X-Terminal-MAC";
    public static final String RATE_LIMIT = "X-RateLimit-Limit";
    public static final String RATE_REMAINING = "X-RateLimit-Remaining";
    public static final String RATE_RESET = "X-RateLimit-Reset";

    private Headers() {}
}

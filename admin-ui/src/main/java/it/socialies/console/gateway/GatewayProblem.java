// SPDX-License-Identifier: EUPL-1.2
package it.socialies.console.gateway;

/** What the gateway answered instead of doing it ({@code application/problem+json}). */
public final class GatewayProblem extends RuntimeException {
    private final int status;
    private final String code;
    private final long retryAfterS;

    public GatewayProblem(int status, String code, String title, long retryAfterS) {
        super(title);
        this.status = status;
        this.code = code;
        this.retryAfterS = retryAfterS;
    }

    public int status() {
        return status;
    }

    /** Stable; {@code ops/docs/errors.md} lists them. */
    public String code() {
        return code;
    }

    /** Seconds to wait before asking again, or 0. */
    public long retryAfterS() {
        return retryAfterS;
    }
}

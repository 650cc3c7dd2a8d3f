// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.tokens;

import it.socialies.gateway.metrics.GatewayMetrics;
import java.util.List;

/** Counts tokens issued and refused, by grant and reason; of whom, it does not know. Threading: any. */
final class TokenCounts {
    private static final List<String> GRANTS = List.of("password", "terminal_assertion", "card");

    private final GatewayMetrics metrics;

    TokenCounts(GatewayMetrics metrics) {
        this.metrics = metrics;
        for (String grant : GRANTS) {
            issued(grant, 0);
            refused(grant, "invalid_credentials", 0);
            refused(grant, "too_many_attempts", 0);
        }
        refused("password", "second_factor_wrong", 0);
    }

    void issued(String grant) {
        issued(grant, 1);
    }

    /** @param problem code that the caller hears */
    void refused(String grant, String problem) {
        refused(grant, problem, 1);
    }

    private void issued(String grant, int count) {
        metrics.counter("ies_tokens_issued", "Access tokens issued, by what proved the caller", "grant", grant)
                .increment(count);
    }

    private void refused(String grant, String problem, int count) {
        metrics.counter(
                        "ies_tokens_refused",
                        "Access tokens refused, by what should have proved the caller, and why",
                        "grant",
                        grant,
                        "reason",
                        problem)
                .increment(count);
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.console.gateway;

import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * What the gateway hands out for a password; prints without the token.
 *
 * @param circuitId {@code cir_…}, or empty for an operator of the installation
 * @param roles words of the contract
 * @param isLimited good for enrolling a second factor only
 */
public record OperatorToken(
        String accessToken,
        long expiresInS,
        String operatorId,
        String circuitId,
        List<String> roles,
        boolean isLimited) {
    static OperatorToken of(JsonNode body) {
        return new OperatorToken(
                body.path("access_token").asString(""),
                body.path("expires_in").asLong(0),
                body.path("principal_id").asString(""),
                body.path("circuit_id").asString(""),
                body.path("roles").valueStream().map(JsonNode::asString).toList(),
                body.has("limited_to"));
    }

    @Override
    public String toString() {
        return operatorId + " " + roles;
    }
}

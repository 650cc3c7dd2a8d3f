// SPDX-License-Identifier: EUPL-1.2
package it.socialies.console.gateway;

import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * State of the installation.
 *
 * @param isSandbox an installation for trying, whose clock may be moved
 * @param timeMs the installation's time, milliseconds since the epoch
 * @param parts {@code engine}, {@code journal}, {@code projection}, {@code office}: up, down, starting or low
 */
public record GatewayStatus(boolean isSandbox, long durableSequence, long timeMs, Map<String, String> parts) {
    static GatewayStatus of(JsonNode body) {
        return new GatewayStatus(
                "sandbox".equals(body.path("mode").asString("")),
                body.path("durable_sequence").asLong(),
                Instant.parse(body.path("time").asString()).toEpochMilli(),
                body.path("parts")
                        .propertyStream()
                        .collect(Collectors.toUnmodifiableMap(
                                Map.Entry::getKey, entry -> entry.getValue().asString(""))));
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.console.names;

import it.socialies.console.gateway.GatewayAway;
import it.socialies.console.gateway.GatewayClient;
import it.socialies.console.gateway.GatewayProblem;
import it.socialies.console.session.Operator;
import it.socialies.console.text.Ids;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import tools.jackson.databind.JsonNode;

/**
 * Asks the gateway for names, with the token of the operator who looks at them, and remembers them per circuit for a short while. A gateway that does not answer costs
 * the names, not the page: what was known is shown on, else public ids. Thread-safe; a call may block for the gateway's time-out, at most once in a while.
 */
public final class NameBook {
    private static final Logger LOG = LogManager.getLogger(NameBook.class);
    private static final Duration FRESH = Duration.ofSeconds(30);
    private static final int PAGE = 200;

    /** More shops or programmes than this show with their ids. */
    private static final int NAMES_MAX = 5_000;

    private record Known(CircuitNames names, long askedNs) {
        boolean isFresh() {
            return System.nanoTime() - askedNs < FRESH.toNanos();
        }
    }

    private final GatewayClient gateway;
    private final Map<Integer, Known> circuits = new ConcurrentHashMap<>();

    public NameBook(GatewayClient gateway) {
        this.gateway = gateway;
    }

    /** The names of an operator's circuit. */
    public CircuitNames of(Operator operator) {
        Known known = circuits.get(operator.circuitId());
        if (known != null && known.isFresh()) {
            return known.names;
        }
        CircuitNames names = known == null ? CircuitNames.NONE : known.names;
        try {
            String token = operator.token().accessToken();
            names = new CircuitNames(
                    read("/merchants", Ids.MERCHANT, token), read("/programmes", Ids.PROGRAMME, token));
        } catch (GatewayAway | GatewayProblem e) {
            LOG.warn("no names: {}", e.toString());
        }
        circuits.put(operator.circuitId(), new Known(names, System.nanoTime()));
        return names;
    }

    private Map<Long, String> read(String path, Ids kind, String token) {
        Map<Long, String> names = new HashMap<>();
        String cursor = "";
        do {
            JsonNode page = gateway.get(path + "?limit=" + PAGE + cursor, token);
            for (JsonNode item : page.path("items")) {
                String name = item.path("name").asString("");
                if (!name.isEmpty()) {
                    kind.parse(item.path("id").asString("")).ifPresent(id -> names.put(id, name));
                }
            }
            cursor = page.hasNonNull("next_cursor")
                    ? "&cursor=" + page.path("next_cursor").asString()
                    : "";
        } while (!cursor.isEmpty() && names.size() < NAMES_MAX);
        return names;
    }
}

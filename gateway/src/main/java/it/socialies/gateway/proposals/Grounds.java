// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.proposals;

import io.vertx.core.json.JsonObject;
import it.socialies.gateway.api.Json;
import java.util.Locale;

/** Why money is taken back. The core carries it as {@code 8 × reference of the act + reason}. */
public enum Grounds {
    RENUNCIATION,
    CLAWBACK,
    MISTAKE,
    DEATH,
    MOVED_AWAY;

    private static final int REASON_BITS = 3;

    /** What the core is told of a request's {@code act_reference} and {@code reason}; the contract has checked both. */
    public static long of(JsonObject body) {
        Grounds reason = valueOf(body.getString("reason").toUpperCase(Locale.ROOT));
        return (body.getLong("act_reference") << REASON_BITS) + reason.ordinal() + 1;
    }

    /** Adds both to a proposal. */
    static void addTo(JsonObject proposal, long extra) {
        proposal.put("act_reference", extra >> REASON_BITS).put("reason", Json.word(values()[(int) (extra & 7) - 1]));
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.proposals;

import io.vertx.core.json.JsonObject;
import it.socialies.gateway.api.Json;
import java.util.Arrays;
import java.util.Locale;

/** Why money is taken back. The core carries it as {@code 8 × reference of the act + reason}. */
public enum Grounds {
    RENUNCIATION(1),
    CLAWBACK(2),
    MISTAKE(3),
    DEATH(4),
    MOVED_AWAY(5);

    private static final int REASON_BITS = 3;
    private static final int REASON_MASK = (1 << REASON_BITS) - 1;

    private final int code;

    Grounds(int code) {
        this.code = code;
    }

    /** What the core is told of an act and of a request's {@code reason}, which the contract has checked. */
    public static long of(long actReference, JsonObject body) {
        Grounds reason = valueOf(body.getString("reason").toUpperCase(Locale.ROOT));
        return (actReference << REASON_BITS) + reason.code;
    }

    /** Adds both to a proposal. */
    static void addTo(JsonObject proposal, long extra) {
        Grounds reason = Arrays.stream(values())
                .filter(each -> each.code == (extra & REASON_MASK))
                .findAny()
                .orElseThrow();
        proposal.put("act_reference", extra >> REASON_BITS).put("reason", Json.word(reason));
    }
}

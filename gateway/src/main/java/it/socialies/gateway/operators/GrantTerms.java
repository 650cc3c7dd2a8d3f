// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.operators;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import it.socialies.engine.protocol.sbe.ProposalKind;
import it.socialies.engine.protocol.sbe.ProposeEncoder;
import it.socialies.gateway.api.Json;
import it.socialies.gateway.security.OperatorRole;
import java.util.Locale;

/**
 * What a grant of roles for a time says.
 *
 * @param fromMs 0 when it says nothing: as soon as a role may work
 * @param untilMs 0 when it is open
 */
record GrantTerms(int roles, long fromMs, long untilMs, long actReference) {

    /** @param actReference as the core carries it */
    static GrantTerms of(JsonObject body, long actReference) {
        return new GrantTerms(
                bits(body.getJsonArray("roles")),
                body.containsKey("from") ? Json.timeMs(body, "from") : 0,
                body.containsKey("until") ? Json.timeMs(body, "until") : 0,
                actReference);
    }

    void write(ProposeEncoder command, long operatorId, long personId) {
        command.kind(ProposalKind.GRANT_ROLES)
                .subjectId(operatorId)
                .targetId(personId)
                .extra(roles)
                .digest()
                .w0(fromMs)
                .w1(untilMs)
                .w2(actReference)
                .w3(0);
    }

    /** Role bits of role names. */
    static int bits(JsonArray words) {
        int bits = 0;
        for (int i = 0; i < words.size(); i++) {
            bits |= OperatorRole.valueOf(words.getString(i).toUpperCase(Locale.ROOT))
                    .bit();
        }
        return bits;
    }
}

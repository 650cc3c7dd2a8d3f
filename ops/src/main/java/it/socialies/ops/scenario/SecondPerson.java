// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.scenario;

import io.vertx.core.json.JsonObject;
import it.socialies.ops.client.ApiClient;
import it.socialies.ops.client.OperatorSession;
import java.util.List;

/** Approves what another person proposed, as it was seen: a proposal that says something else meanwhile is refused. */
public final class SecondPerson {
    private static final List<String> SEEN = List.of("amount", "row_count", "digest", "valid_until");

    private SecondPerson() {}

    /**
     * Approves what the first person's answer says.
     *
     * @param proposal the answer to the proposal
     * @return the answer to the approval
     */
    public static JsonObject approve(ApiClient api, OperatorSession approver, JsonObject proposal) {
        JsonObject seen = new JsonObject();
        for (String field : SEEN) {
            if (proposal.containsKey(field)) {
                seen.put(field, proposal.getValue(field));
            }
        }
        return api.post("/proposals/" + proposal.getString("id") + "/approvals", approver, seen)
                .orThrow("approve " + proposal.getString("kind"))
                .body();
    }

    /** Reads the proposal as it is now and approves that. */
    public static JsonObject approve(ApiClient api, OperatorSession approver, String proposalId) {
        return approve(
                api,
                approver,
                api.get("/proposals/" + proposalId + "?" + api.now(), approver)
                        .orThrow("proposal")
                        .body());
    }
}

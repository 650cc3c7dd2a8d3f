// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.proposals;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import it.socialies.gateway.engineclient.CoreReply;
import it.socialies.gateway.http.ApiRequest;

/** What a kind of proposal has to do when it was decided, beyond what the core did. It may be called again for a repeated key. */
public interface Decided {
    /** Fails when the approval could not be followed up. */
    default Future<Void> beforeApproval(long proposalId, JsonObject proposal) {
        return Future.succeededFuture();
    }

    /** Fails when it is not to be rejected here. */
    default Future<Void> beforeRejection(long proposalId, JsonObject proposal) {
        return Future.succeededFuture();
    }

    /**
     * @param proposal as it is shown; may be added to
     * @param reply the record of the decision
     */
    Future<JsonObject> onApproved(ApiRequest request, long proposalId, JsonObject proposal, CoreReply reply);

    default Future<JsonObject> onRejected(ApiRequest request, long proposalId, JsonObject proposal, CoreReply reply) {
        return Future.succeededFuture(proposal);
    }
}

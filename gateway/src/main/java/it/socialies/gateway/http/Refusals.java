// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.http;

import it.socialies.engine.protocol.sbe.PaymentRejectedDecoder;
import it.socialies.engine.protocol.sbe.ResultCode;
import it.socialies.gateway.api.Ids;
import it.socialies.gateway.api.ProblemException;
import it.socialies.gateway.engineclient.CoreReply;
import it.socialies.gateway.engineclient.EngineCoreAccess;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Turns a refusal of the core into a problem, with what its record says beside the code. */
public final class Refusals {
    private Refusals() {}

    public static ProblemException problem(CoreReply reply) {
        Map<String, Object> members = new HashMap<>();
        if (reply.isRecord()) {
            members.put("sequence", reply.sequence());
            PaymentRejectedDecoder rejected = reply.find(new PaymentRejectedDecoder());
            if (rejected != null) {
                members.put("payment_id", Ids.PAYMENT.format(rejected.paymentId()));
            }
            if (reply.code() == ResultCode.PIN_WRONG) {
                members.put(
                        "tries_left",
                        rejected == null ? EngineCoreAccess.triesLeft(reply) : (int) rejected.triesLeft());
            }
        }
        return new ProblemException(ProblemException.codeOf(reply.code()), null, List.of(), members);
    }
}

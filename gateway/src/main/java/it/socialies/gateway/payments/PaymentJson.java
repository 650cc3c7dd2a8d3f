// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.payments;

import io.vertx.core.json.JsonObject;
import it.socialies.engine.protocol.sbe.PaymentChangedDecoder;
import it.socialies.engine.protocol.sbe.PaymentState;
import it.socialies.engine.protocol.sbe.PaymentViewDecoder;
import it.socialies.gateway.api.Ids;
import it.socialies.gateway.api.Json;
import it.socialies.gateway.engineclient.CoreReply;
import it.socialies.gateway.http.ApiRequest;

/** A payment as the contract shows it. Amounts are euro cents: IES counts as euro at the till. */
final class PaymentJson {
    private PaymentJson() {}

    static JsonObject payment(
            long id, PaymentState state, long billTotal, long eligible, long drawn, long captured, long refunded) {
        return new JsonObject()
                .put("id", Ids.PAYMENT.format(id))
                .put("state", Json.word(state))
                .put("bill_total", Json.euro(billTotal))
                .put("eligible_amount", Json.euro(eligible))
                .put("drawn", Json.euro(drawn))
                .put("rest_to_pay", Json.euro(billTotal - drawn))
                .put("captured", Json.euro(captured))
                .put("refunded", Json.euro(refunded));
    }

    /** As it is now. */
    static JsonObject view(CoreReply reply, PaymentViewDecoder view) {
        JsonObject json = payment(
                        view.paymentId(),
                        view.state(),
                        view.billTotal(),
                        view.eligibleAmount(),
                        view.drawn(),
                        view.capturedTotal(),
                        view.refundedTotal())
                .put("merchant_id", Ids.MERCHANT.format(view.merchantId()))
                .put("outlet_id", Ids.OUTLET.format(view.outletId()))
                .put("terminal_id", Ids.TERMINAL.format(view.terminalId()))
                .put("time", Json.time(view.createdMs()))
                .put("sequence", reply.sequence());
        return view.deadlineMs() > 0 ? json.put("expires_at", Json.time(view.deadlineMs())) : json;
    }

    /** What the record of a capture, void or refund says. */
    static JsonObject changed(ApiRequest request, CoreReply reply) {
        PaymentChangedDecoder changed = reply.get(new PaymentChangedDecoder());
        return new JsonObject()
                .put("id", Ids.PAYMENT.format(changed.paymentId()))
                .put("state", Json.word(changed.state()))
                .put("captured", Json.euro(changed.capturedTotal()))
                .put("refunded", Json.euro(changed.refundedTotal()))
                .put("time", Json.time(reply.timestampMs()))
                .put("sequence", reply.sequence());
    }
}

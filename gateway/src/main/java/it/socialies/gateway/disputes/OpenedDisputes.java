// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.disputes;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import it.socialies.engine.protocol.sbe.DisputeOpenedDecoder;
import it.socialies.engine.protocol.sbe.OpenDisputeEncoder;
import it.socialies.engine.protocol.sbe.PaymentViewDecoder;
import it.socialies.engine.protocol.sbe.QueryPaymentEncoder;
import it.socialies.engine.protocol.sbe.QueryWalletEncoder;
import it.socialies.engine.protocol.sbe.WalletViewDecoder;
import it.socialies.gateway.api.Ids;
import it.socialies.gateway.api.Json;
import it.socialies.gateway.engineclient.CoreReply;
import it.socialies.gateway.http.Api;
import it.socialies.gateway.http.Api.MessageWriter;
import it.socialies.gateway.http.ApiAnswer;
import it.socialies.gateway.http.ApiRequest;
import it.socialies.gateway.http.Resource;
import it.socialies.gateway.security.Principal;

/** Opens disputes with the words of the holder. Threading: any event loop. */
final class OpenedDisputes implements Resource {
    private final CaseDesk desk;

    OpenedDisputes(CaseDesk desk) {
        this.desk = desk;
    }

    @Override
    public void mount(Api api) {
        api.on("openDispute", request -> open(api, request));
    }

    private Future<ApiAnswer> open(Api api, ApiRequest request) {
        Principal operator = CaseDesk.operator(request);
        long paymentId = request.id(Ids.PAYMENT);
        long amount = Json.minorUnits(request.body(), "amount", Json.EUR);
        MessageWriter asked = opening(paymentId, amount, CaseDesk.ANY_REFERENCE);
        if (request.isDryRun()) {
            return api.send(request, asked).map(reply -> ApiAnswer.ok(Api.dryRun(reply)));
        }
        return desk.office()
                .isKnown(request)
                .compose(known -> known
                        ? desk.again(request, operator)
                        : CaseDesk.requirePossible(api, request, asked)
                                .compose(possible -> enter(api, request, operator, paymentId)))
                .compose(entered -> api.send(request, opening(paymentId, amount, CaseDesk.reference(entered))))
                .map(reply -> ApiAnswer.created(reply, opened(reply, request.body())));
    }

    private static MessageWriter opening(final long paymentId, final long amount, final long reference) {
        return (request, frame) -> frame.message(new OpenDisputeEncoder())
                .paymentId(paymentId)
                .amount(amount)
                .reference(reference);
    }

    private Future<JsonObject> enter(Api api, ApiRequest request, Principal operator, final long paymentId) {
        JsonObject body = request.body();
        return desk.files()
                .numbers(2)
                .compose(numbers -> holder(api, request, paymentId)
                        .compose(holderId -> desk.texts()
                                .seal(request.circuitId(), holderId, numbers.getLast(), body.getString("statement")))
                        .compose(words -> desk.office()
                                .once(
                                        request,
                                        operator,
                                        connection -> CaseFiles.open(
                                                        connection,
                                                        request.circuitId(),
                                                        numbers.getFirst(),
                                                        paymentId,
                                                        CaseDesk.constant(body, "opened_by"),
                                                        CaseDesk.constant(body, "reason"),
                                                        words,
                                                        operator.id(),
                                                        desk.clock().nowMs())
                                                .map(opened -> CaseDesk.entered(numbers.getFirst())))
                                .map(answer -> answer.body())));
    }

    /** The holder of the wallet that paid, as the core knows it; 0 = none. */
    private static Future<Long> holder(Api api, ApiRequest request, final long paymentId) {
        return api.ask(
                        request,
                        (each, frame) ->
                                frame.message(new QueryPaymentEncoder()).paymentId(paymentId))
                .map(reply -> reply.get(new PaymentViewDecoder()).walletId())
                .compose(walletId -> api.ask(
                        request,
                        (each, frame) -> frame.message(new QueryWalletEncoder()).walletId(walletId)))
                .map(reply -> reply.get(new WalletViewDecoder()).holderId());
    }

    private static JsonObject opened(CoreReply reply, JsonObject body) {
        DisputeOpenedDecoder opened = reply.get(new DisputeOpenedDecoder());
        return new JsonObject()
                .put("id", Ids.DISPUTE.format(opened.disputeId()))
                .put("payment_id", Ids.PAYMENT.format(opened.paymentId()))
                .put("state", "open")
                .put("amount", Json.euro(opened.amount()))
                .put("opened_by", body.getString("opened_by"))
                .put("reason", body.getString("reason"))
                .put("opened_at", Json.time(reply.timestampMs()))
                .put("answer_by", Json.time(Hearing.answerByMs(reply.timestampMs())))
                .put("sequence", reply.sequence());
    }
}

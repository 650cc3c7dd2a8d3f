// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.cards;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import it.socialies.engine.protocol.sbe.CardViewDecoder;
import it.socialies.engine.protocol.sbe.PrincipalKind;
import it.socialies.engine.protocol.sbe.QueryCardEncoder;
import it.socialies.engine.protocol.sbe.QueryWalletEncoder;
import it.socialies.engine.protocol.sbe.WalletViewDecoder;
import it.socialies.gateway.api.Ids;
import it.socialies.gateway.http.Api;
import it.socialies.gateway.http.ApiAnswer;
import it.socialies.gateway.http.ApiRequest;
import it.socialies.gateway.http.Resource;
import it.socialies.gateway.qr.CardPayload;
import it.socialies.gateway.qr.QrCode;

/** Reads a card, and draws its QR code. */
public final class CardCodes implements Resource {
    private static final int PNG_SCALE = 8;

    private final CardPayload payload;

    public CardCodes(CardPayload payload) {
        this.payload = payload;
    }

    @Override
    public void mount(Api api) {
        api.on("getCard", request -> get(api, request));
        api.onRaw("getQrCode", request -> draw(api, request));
    }

    /** With who holds it, to an operator; a holder is told nothing of that. */
    private static Future<ApiAnswer> get(Api api, ApiRequest request) {
        return api.ask(
                        request,
                        (each, frame) -> frame.message(new QueryCardEncoder()).cardId(request.id(Ids.CARD)))
                .compose(reply -> {
                    CardViewDecoder card = reply.get(new CardViewDecoder());
                    JsonObject json = CardJson.view(reply, card);
                    return request.principal().kind() == PrincipalKind.OPERATOR
                            ? held(api, request, card.walletId(), json)
                            : Future.succeededFuture(ApiAnswer.ok(json));
                });
    }

    private static Future<ApiAnswer> held(Api api, ApiRequest request, long walletId, JsonObject json) {
        return api.ask(
                        request,
                        (each, frame) -> frame.message(new QueryWalletEncoder()).walletId(walletId))
                .map(reply -> {
                    WalletViewDecoder wallet = reply.get(new WalletViewDecoder());
                    if (wallet.holderId() != 0) {
                        json.put("holder_id", Ids.HOLDER.format(wallet.holderId()))
                                .put("household_size", (int) wallet.householdSize());
                    }
                    return ApiAnswer.ok(json);
                });
    }

    private Future<Void> draw(Api api, ApiRequest request) {
        return CardPins.withToken(api, request).compose(token -> {
            QrCode code = QrCode.of(payload.of(request.circuitId(), token));
            boolean isSvg = "svg".equals(request.query("format"));
            Buffer image = isSvg
                    ? Buffer.buffer(code.svg(Ids.CARD.format(request.id(Ids.CARD))))
                    : Buffer.buffer(code.png(PNG_SCALE));
            return request.context()
                    .response()
                    .putHeader(HttpHeaders.CONTENT_TYPE, isSvg ? "image/svg+xml" : "image/png")
                    .end(image);
        });
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.cards;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import it.socialies.engine.protocol.sbe.CardViewDecoder;
import it.socialies.engine.protocol.sbe.QueryCardEncoder;
import it.socialies.gateway.api.Ids;
import it.socialies.gateway.http.Api;
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
        api.query(
                "getCard",
                (request, frame) -> frame.message(new QueryCardEncoder()).cardId(request.id(Ids.CARD)),
                (request, reply) -> CardJson.view(reply, reply.get(new CardViewDecoder())));
        api.onRaw("getQrCode", request -> draw(api, request));
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

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.cards;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import it.socialies.engine.protocol.sbe.CardKind;
import it.socialies.engine.protocol.sbe.CardStatus;
import it.socialies.engine.protocol.sbe.CardViewDecoder;
import it.socialies.gateway.api.Ids;
import it.socialies.gateway.api.ProblemException;
import it.socialies.gateway.descriptions.Descriptions;
import it.socialies.gateway.documents.CardFace;
import it.socialies.gateway.documents.ErrandSlip;
import it.socialies.gateway.documents.Letterhead;
import it.socialies.gateway.documents.PrintableCard;
import it.socialies.gateway.http.Api;
import it.socialies.gateway.http.ApiRequest;
import it.socialies.gateway.http.Resource;
import it.socialies.gateway.office.CardFaces;
import it.socialies.gateway.office.CardFaces.Face;
import it.socialies.gateway.qr.CardPayload;
import it.socialies.gateway.qr.PrintedCode;
import it.socialies.gateway.security.BoundedWorker;
import it.socialies.gateway.security.CardToken;
import it.socialies.gateway.security.OperatorRole;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Locale;

/**
 * The slip that a helper takes to the shop, for an errand that the holder asked for at the desk or on the telephone. It has nobody's name on it; it is made when it is asked for and kept nowhere, and not made any more once the errand is
 * done or was taken back. Threading: any event loop.
 */
final class ErrandSlips implements Resource {
    private static final ZoneId ITALY = ZoneId.of("Europe/Rome");

    private final CardPayload payload;
    private final PrintedCode codes;
    private final CardFaces faces;
    private final Descriptions descriptions;
    private final BoundedWorker printer;

    ErrandSlips(
            CardPayload payload, PrintedCode codes, CardFaces faces, Descriptions descriptions, BoundedWorker printer) {
        this.payload = payload;
        this.codes = codes;
        this.faces = faces;
        this.descriptions = descriptions;
        this.printer = printer;
    }

    @Override
    public void mount(Api api) {
        api.onRaw("printErrandSlip", request -> print(api, request));
    }

    /** What a slip says of its errand; the reply it comes from is gone by the time it is drawn. */
    private record Errand(PrintableCard code, String merchantId, long maximumCents, LocalDateTime validUntil) {}

    private Future<Void> print(Api api, ApiRequest request) {
        request.operatorWith(OperatorRole.SOCIAL);
        Locale locale = "en".equals(request.body().getString("language")) ? Locale.ENGLISH : Locale.ITALIAN;
        return HolderOfCard.card(api, request, request.id(Ids.CARD))
                .map(card -> errand(request.circuitId(), card))
                .compose(errand -> faces.of(request.circuitId())
                        .map(found -> found.orElseThrow(() -> new ProblemException("card_face_missing")))
                        .compose(face -> shop(errand.merchantId())
                                .compose(shop -> printer.run(() -> pdf(errand, face, shop, locale)))))
                .compose(pdf -> request.context()
                        .response()
                        .putHeader(HttpHeaders.CONTENT_TYPE, "application/pdf")
                        .end(pdf));
    }

    private Errand errand(int circuitId, CardViewDecoder card) {
        if (card.kind() != CardKind.ERRAND || card.status() != CardStatus.ACTIVE) {
            throw new ProblemException("card_state_conflict");
        }
        PrintableCard code = new PrintableCard(
                Ids.CARD.format(card.cardId()),
                payload.of(circuitId, new CardToken(card.tokenHi(), card.tokenLo())),
                codes.of(PrintedCode.Use.CARD, card.cardId()));
        LocalDateTime validUntil = LocalDateTime.ofInstant(Instant.ofEpochMilli(card.validUntilMs()), ITALY);
        return new Errand(code, Ids.MERCHANT.format(card.merchantId()), card.paymentMax(), validUntil);
    }

    private Future<String> shop(String merchantId) {
        return descriptions
                .describe(Ids.MERCHANT, new JsonObject().put("id", merchantId))
                .map(shop -> shop.getString("name", merchantId));
    }

    private static Buffer pdf(Errand errand, Face face, String shop, Locale locale) throws IOException {
        ByteArrayOutputStream pdf = new ByteArrayOutputStream();
        new ErrandSlip(
                        new Letterhead(face.municipality(), face.office(), face.contact()),
                        errand.code(),
                        shop,
                        errand.maximumCents(),
                        errand.validUntil(),
                        new CardFace(face.municipality(), face.blockPage(), face.blockPhone()))
                .write(locale, pdf);
        return Buffer.buffer(pdf.toByteArray());
    }
}

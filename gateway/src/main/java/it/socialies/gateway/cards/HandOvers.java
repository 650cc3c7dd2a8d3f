// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.cards;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import it.socialies.engine.protocol.sbe.ActivateCardEncoder;
import it.socialies.engine.protocol.sbe.AssignCardEncoder;
import it.socialies.gateway.api.Ids;
import it.socialies.gateway.api.ProblemException;
import it.socialies.gateway.documents.CardFace;
import it.socialies.gateway.documents.HandOverReceipt;
import it.socialies.gateway.documents.Letterhead;
import it.socialies.gateway.documents.Recipient;
import it.socialies.gateway.engineclient.CoreReply;
import it.socialies.gateway.engineclient.EngineCoreAccess;
import it.socialies.gateway.http.Api;
import it.socialies.gateway.http.ApiAnswer;
import it.socialies.gateway.http.ApiRequest;
import it.socialies.gateway.http.Idempotency;
import it.socialies.gateway.http.Resource;
import it.socialies.gateway.office.CardFaces;
import it.socialies.gateway.office.CardFaces.Face;
import it.socialies.gateway.office.CardsPutAside;
import it.socialies.gateway.people.HolderNames;
import it.socialies.gateway.people.HolderNames.Name;
import it.socialies.gateway.qr.PrintedCode;
import it.socialies.gateway.security.BoundedWorker;
import it.socialies.gateway.security.CardToken;
import it.socialies.gateway.security.Digest256;
import it.socialies.gateway.security.InstallationClock;
import it.socialies.gateway.security.KeyedHash;
import it.socialies.gateway.security.OperatorRole;
import it.socialies.gateway.security.PinPolicy;
import it.socialies.gateway.security.PinVerifier;
import it.socialies.gateway.security.Principal;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Locale;

/**
 * The hand-over at the desk: the holder, who is in the vault and before the clerk, chooses the PIN, and the card is that person's from then on. The receipt can be
 * printed then and later; it has a name on it, so it is made when it is asked for and kept nowhere. Threading: any event loop.
 */
final class HandOvers implements Resource {
    private static final ZoneId ITALY = ZoneId.of("Europe/Rome");
    private static final int ASSIGNMENT = 1;

    private final PinVerifier verifiers;
    private final PinPolicy policy;
    private final PrintedCode codes;
    private final KeyedHash steps;
    private final HolderNames names;
    private final CardFaces faces;
    private final CardsPutAside putAside;
    private final OneWallet wallets;
    private final BoundedWorker printer;
    private final InstallationClock clock;

    /** @param steps makes the keys of later steps of one request */
    HandOvers(
            PinVerifier verifiers,
            PinPolicy policy,
            PrintedCode codes,
            KeyedHash steps,
            HolderNames names,
            CardFaces faces,
            CardsPutAside putAside,
            OneWallet wallets,
            BoundedWorker printer,
            InstallationClock clock) {
        this.verifiers = verifiers;
        this.policy = policy;
        this.codes = codes;
        this.steps = steps;
        this.names = names;
        this.faces = faces;
        this.putAside = putAside;
        this.wallets = wallets;
        this.printer = printer;
        this.clock = clock;
    }

    @Override
    public void mount(Api api) {
        api.on("handOverCard", request -> handOver(api, request));
        api.onRaw("printHandOverReceipt", request -> receipt(api, request));
    }

    /** The card is activated first: where that is refused, nobody's wallet has changed hands. */
    private Future<ApiAnswer> handOver(Api api, ApiRequest request) {
        Principal operator = request.operatorWith(OperatorRole.SOCIAL);
        JsonObject body = request.body();
        Idempotency key = request.key();
        long holderId = Ids.HOLDER.parse(body.getString("holder_id"));
        short householdSize = body.getInteger("household_size").shortValue();
        byte[] pin = body.getString("new_pin").getBytes(StandardCharsets.US_ASCII);
        return names.of(request, operator, body.getString("case_id"), holderId)
                .compose(known -> putAside.requireFree(request.circuitId(), request.id(Ids.CARD), holderId))
                .compose(free -> wallets.requireNoOther(api, request, request.id(Ids.CARD), holderId))
                .compose(card -> {
                    Digest256 verifier = verifiers.ofChosen(policy, new CardToken(card.tokenHi(), card.tokenLo()), pin);
                    return api.send(request, (each, frame) -> {
                        ActivateCardEncoder command = frame.message(new ActivateCardEncoder())
                                .cardId(each.id(Ids.CARD))
                                .pepperVersion((short) verifiers.pepperVersion());
                        EngineCoreAccess.put(command.verifier(), verifier);
                    });
                })
                .compose(active -> assign(api, request, key.step(steps, ASSIGNMENT), holderId, householdSize)
                        .map(assigned -> ApiAnswer.created(active, json(request, active, assigned, body))));
    }

    private static Future<CoreReply> assign(
            Api api, ApiRequest request, Idempotency key, long holderId, short householdSize) {
        return api.core()
                .send(frame -> request.query(frame)
                        .key(key.hi(), key.lo())
                        .message(new AssignCardEncoder())
                        .cardId(request.id(Ids.CARD))
                        .holderId(holderId)
                        .householdSize(householdSize))
                .compose(reply -> Api.accepted(request, reply));
    }

    private JsonObject json(ApiRequest request, CoreReply active, CoreReply assigned, JsonObject body) {
        long cardId = request.id(Ids.CARD);
        return CardJson.changed(cardId, active)
                .put("holder_id", body.getString("holder_id"))
                .put("household_size", body.getInteger("household_size"))
                .put("block_code", codes.grouped(PrintedCode.Use.BLOCK, cardId))
                .put("sequence", assigned.sequence());
    }

    private Future<Void> receipt(Api api, ApiRequest request) {
        Principal operator = request.operatorWith(OperatorRole.SOCIAL);
        JsonObject body = request.body();
        Locale locale = "en".equals(body.getString("language")) ? Locale.ENGLISH : Locale.ITALIAN;
        return HolderOfCard.card(api, request, request.id(Ids.CARD))
                .compose(card -> HolderOfCard.of(api, request, card))
                .compose(holderId -> names.of(request, operator, body.getString("case_id"), holderId))
                .compose(name -> faces.of(request.circuitId())
                        .map(found -> found.orElseThrow(() -> new ProblemException("card_face_missing")))
                        .compose(face -> print(request, face, name, body.getString("delegate_name", ""), locale)))
                .compose(pdf -> request.context()
                        .response()
                        .putHeader(HttpHeaders.CONTENT_TYPE, "application/pdf")
                        .end(pdf));
    }

    private Future<Buffer> print(ApiRequest request, Face face, Name name, String delegateName, Locale locale) {
        long cardId = request.id(Ids.CARD);
        HandOverReceipt receipt = new HandOverReceipt(
                new Letterhead(face.municipality(), face.office(), face.contact()),
                new Recipient(name.name(), name.addressLines()),
                delegateName,
                Ids.CARD.format(cardId),
                Instant.ofEpochMilli(clock.nowMs()).atZone(ITALY).toLocalDate(),
                codes.of(PrintedCode.Use.BLOCK, cardId),
                new CardFace(face.municipality(), face.blockPage(), face.blockPhone()));
        return printer.run(() -> {
            ByteArrayOutputStream pdf = new ByteArrayOutputStream();
            receipt.write(locale, pdf);
            return Buffer.buffer(pdf.toByteArray());
        });
    }
}

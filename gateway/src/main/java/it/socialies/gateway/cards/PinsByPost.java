// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.cards;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import it.socialies.engine.protocol.sbe.CardViewDecoder;
import it.socialies.engine.protocol.sbe.ProposalKind;
import it.socialies.engine.protocol.sbe.ProposalMadeDecoder;
import it.socialies.engine.protocol.sbe.ProposalState;
import it.socialies.engine.protocol.sbe.ProposalViewDecoder;
import it.socialies.engine.protocol.sbe.ProposeEncoder;
import it.socialies.engine.protocol.sbe.QueryProposalEncoder;
import it.socialies.gateway.api.Ids;
import it.socialies.gateway.api.ProblemException;
import it.socialies.gateway.documents.Letterhead;
import it.socialies.gateway.documents.PinMailer;
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
import it.socialies.gateway.office.PinMailers;
import it.socialies.gateway.office.PinMailers.Mailer;
import it.socialies.gateway.people.HolderNames;
import it.socialies.gateway.people.HolderNames.Name;
import it.socialies.gateway.proposals.Proposing;
import it.socialies.gateway.security.BoundedWorker;
import it.socialies.gateway.security.CardToken;
import it.socialies.gateway.security.Digest256;
import it.socialies.gateway.security.IssuedSecrets;
import it.socialies.gateway.security.OperatorRole;
import it.socialies.gateway.security.PinPolicy;
import it.socialies.gateway.security.PinVerifier;
import it.socialies.gateway.security.Principal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.UUID;

/**
 * A new PIN for a holder who cannot come: drawn here, proposed as its verifier, approved by a second person, printed once for the post. The PIN follows from the key
 * of the request and a key of the secrets; once printed, the key is forgotten, and nobody can know the PIN again. Threading: any event loop.
 */
final class PinsByPost implements Resource {
    private static final int HINT_LENGTH = 4;

    private final PinVerifier verifiers;
    private final PinPolicy policy;
    private final IssuedSecrets secrets;
    private final PinMailers mailers;
    private final HolderNames names;
    private final CardFaces faces;
    private final BoundedWorker printer;

    PinsByPost(
            PinVerifier verifiers,
            PinPolicy policy,
            IssuedSecrets secrets,
            PinMailers mailers,
            HolderNames names,
            CardFaces faces,
            BoundedWorker printer) {
        this.verifiers = verifiers;
        this.policy = policy;
        this.secrets = secrets;
        this.mailers = mailers;
        this.names = names;
        this.faces = faces;
        this.printer = printer;
    }

    @Override
    public void mount(Api api) {
        api.on("proposePinMailer", request -> propose(api, request));
        api.onRaw("printPinMailer", request -> print(api, request));
    }

    private Future<ApiAnswer> propose(Api api, ApiRequest request) {
        request.operatorWith(OperatorRole.SOCIAL);
        Idempotency key = request.key();
        long cardId = request.id(Ids.CARD);
        return HolderOfCard.card(api, request, cardId)
                .compose(card -> {
                    CardToken token = new CardToken(card.tokenHi(), card.tokenLo());
                    Digest256 verifier = verifiers.ofChosen(policy, token, pin(key.hi(), key.lo()));
                    return api.send(request, (each, frame) -> {
                        ProposeEncoder command = frame.message(new ProposeEncoder())
                                .kind(ProposalKind.RESET_PIN)
                                .subjectId(cardId)
                                .extra(verifiers.pepperVersion());
                        EngineCoreAccess.put(command.digest(), verifier);
                    });
                })
                .compose(reply -> keep(request, reply, cardId, key).map(Proposing.answer(reply)));
    }

    /** A dry run leaves no letter. When the office is away, the same key again enters it. */
    private Future<Void> keep(ApiRequest request, CoreReply reply, long cardId, Idempotency key) {
        if (!reply.isRecord()) {
            return Future.succeededFuture();
        }
        long proposalId = reply.get(new ProposalMadeDecoder()).proposalId();
        return mailers.save(proposalId, request.circuitId(), cardId, key.uuid())
                .recover(away -> Future.failedFuture(new ProblemException("outcome_unknown")));
    }

    /** The first good PIN that follows from a key. */
    private byte[] pin(long keyHi, long keyLo) {
        for (int index = 0; ; index++) {
            byte[] pin = secrets.pin(keyHi, keyLo, index, policy.digits());
            if (policy.isGood(pin)) {
                return pin;
            }
        }
    }

    private Future<Void> print(Api api, ApiRequest request) {
        Principal operator = request.operatorWith(OperatorRole.SOCIAL);
        JsonObject body = request.body();
        long proposalId = request.id(Ids.PROPOSAL);
        Locale locale = "en".equals(body.getString("language")) ? Locale.ENGLISH : Locale.ITALIAN;
        return mailers.find(request.circuitId(), proposalId)
                .map(found -> found.orElseThrow(() -> new ProblemException("not_found")))
                .compose(mailer -> requireApproved(api, request, proposalId)
                        .compose(approved -> HolderOfCard.card(api, request, mailer.cardId()))
                        .compose(card -> HolderOfCard.of(api, request, card)
                                .compose(holderId -> names.of(request, operator, body.getString("case_id"), holderId))
                                .compose(name -> draw(request, mailer, card, name, locale))))
                .compose(pdf -> mailers.printed(proposalId, operator.id()).compose(first -> {
                    if (!first) {
                        throw new ProblemException("pin_mailer_printed");
                    }
                    return request.context()
                            .response()
                            .putHeader(HttpHeaders.CONTENT_TYPE, "application/pdf")
                            .end(pdf);
                }));
    }

    private static Future<Void> requireApproved(Api api, ApiRequest request, long proposalId) {
        return api.ask(
                        request,
                        (each, frame) ->
                                frame.message(new QueryProposalEncoder()).proposalId(proposalId))
                .compose(reply -> reply.get(new ProposalViewDecoder()).state() == ProposalState.EXECUTED
                        ? Future.succeededFuture()
                        : Future.failedFuture(new ProblemException("proposal_state_conflict")));
    }

    private Future<Buffer> draw(ApiRequest request, Mailer mailer, CardViewDecoder card, Name name, Locale locale) {
        UUID key = mailer.requestKey();
        if (key == null) {
            throw new ProblemException("pin_mailer_printed");
        }
        if (name.addressLines().isEmpty()) {
            throw new ProblemException("address_missing");
        }
        String number = Ids.CARD.format(card.cardId());
        String digits = number.substring(number.indexOf('_') + 1);
        String hint = digits.substring(Math.max(0, digits.length() - HINT_LENGTH));
        String pin =
                new String(pin(key.getMostSignificantBits(), key.getLeastSignificantBits()), StandardCharsets.US_ASCII);
        return faces.of(request.circuitId())
                .map(found -> found.orElseThrow(() -> new ProblemException("card_face_missing")))
                .compose(face -> printer.run(() -> pdf(face, name, hint, pin, locale)));
    }

    private static Buffer pdf(Face face, Name name, String hint, String pin, Locale locale) throws IOException {
        ByteArrayOutputStream pdf = new ByteArrayOutputStream();
        new PinMailer(
                        new Letterhead(face.municipality(), face.office(), face.contact()),
                        new Recipient(name.name(), name.addressLines()),
                        hint,
                        pin)
                .write(locale, pdf);
        return Buffer.buffer(pdf.toByteArray());
    }
}

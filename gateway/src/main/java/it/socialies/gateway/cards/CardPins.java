// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.cards;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import it.socialies.engine.protocol.sbe.ActivateCardEncoder;
import it.socialies.engine.protocol.sbe.CardViewDecoder;
import it.socialies.engine.protocol.sbe.ChangePinEncoder;
import it.socialies.engine.protocol.sbe.QueryCardEncoder;
import it.socialies.engine.protocol.sbe.ResetPinEncoder;
import it.socialies.gateway.api.Ids;
import it.socialies.gateway.api.ProblemException;
import it.socialies.gateway.engineclient.CoreReply;
import it.socialies.gateway.engineclient.EngineCoreAccess;
import it.socialies.gateway.http.Api;
import it.socialies.gateway.http.ApiAnswer;
import it.socialies.gateway.http.ApiRequest;
import it.socialies.gateway.http.Resource;
import it.socialies.gateway.office.PinResets;
import it.socialies.gateway.qr.PrintedCode;
import it.socialies.gateway.security.CardToken;
import it.socialies.gateway.security.Digest256;
import it.socialies.gateway.security.PinPolicy;
import it.socialies.gateway.security.PinVerifier;
import java.nio.charset.StandardCharsets;

/** Sets and changes PINs. A verifier needs the card's token, which the core tells to whom may see the card. The PIN itself goes no further than here. */
public final class CardPins implements Resource {
    private final PinVerifier verifiers;
    private final PinPolicy policy;
    private final PrintedCode codes;
    private final PinResets resets;

    public CardPins(PinVerifier verifiers, PinPolicy policy, PrintedCode codes, PinResets resets) {
        this.verifiers = verifiers;
        this.policy = policy;
        this.codes = codes;
        this.resets = resets;
    }

    @Override
    public void mount(Api api) {
        api.on(
                "activateCard",
                request -> withToken(api, request).compose(token -> {
                    Digest256 verifier = verifiers.ofChosen(policy, token, pin(request, "new_pin"));
                    return answer(request, api.send(request, (each, frame) -> {
                                ActivateCardEncoder command = frame.message(new ActivateCardEncoder())
                                        .cardId(each.id(Ids.CARD))
                                        .pepperVersion((short) verifiers.pepperVersion());
                                EngineCoreAccess.put(command.verifier(), verifier);
                            }))
                            .map(this::withBlockCode);
                }));
        api.on(
                "resetPin",
                request -> withToken(api, request).compose(token -> {
                    Digest256 verifier = verifiers.ofChosen(policy, token, pin(request, "new_pin"));
                    return answer(
                            request,
                            api.send(request, (each, frame) -> {
                                        ResetPinEncoder command = frame.message(new ResetPinEncoder())
                                                .cardId(each.id(Ids.CARD))
                                                .pepperVersion((short) verifiers.pepperVersion());
                                        EngineCoreAccess.put(command.verifier(), verifier);
                                    })
                                    .compose(reply -> keep(request, reply)));
                }));
        api.on(
                "changePin",
                request -> withToken(api, request).compose(token -> {
                    Digest256 oldVerifier = verifiers.ofTyped(token, pin(request, "old_pin"));
                    Digest256 newVerifier = verifiers.ofChosen(policy, token, pin(request, "new_pin"));
                    return answer(request, api.send(request, (each, frame) -> {
                        ChangePinEncoder command = frame.message(new ChangePinEncoder())
                                .cardId(each.id(Ids.CARD))
                                .pepperVersion((short) verifiers.pepperVersion());
                        EngineCoreAccess.put(command.oldVerifier(), oldVerifier);
                        EngineCoreAccess.put(command.newVerifier(), newVerifier);
                    }));
                }));
    }

    /** For the sampled review. When the office is away, the same key again enters it. */
    private Future<CoreReply> keep(ApiRequest request, CoreReply reply) {
        if (!reply.isRecord()) {
            return Future.succeededFuture(reply);
        }
        return resets.save(
                        reply.sequence(),
                        request.circuitId(),
                        request.id(Ids.CARD),
                        request.principal().id(),
                        reply.timestampMs())
                .recover(away -> Future.failedFuture(new ProblemException("outcome_unknown")))
                .map(reply);
    }

    /** For the holder's part of the hand-over sheet: it can only block. */
    private ApiAnswer withBlockCode(ApiAnswer answer) {
        long cardId = Ids.CARD.parse(answer.body().getString("id"));
        answer.body().put("block_code", codes.grouped(PrintedCode.Use.BLOCK, cardId));
        return answer;
    }

    /** The token of the card in the path, as the core has it. */
    static Future<CardToken> withToken(Api api, ApiRequest request) {
        return api.ask(
                        request,
                        (each, frame) -> frame.message(new QueryCardEncoder()).cardId(each.id(Ids.CARD)))
                .map(reply -> {
                    CardViewDecoder view = reply.get(new CardViewDecoder());
                    return new CardToken(view.tokenHi(), view.tokenLo());
                });
    }

    private static Future<ApiAnswer> answer(ApiRequest request, Future<CoreReply> replies) {
        return replies.map(reply -> ApiAnswer.created(reply, CardJson.changed(request.id(Ids.CARD), reply)));
    }

    private static byte[] pin(ApiRequest request, String field) {
        JsonObject body = request.body();
        return body.getString(field).getBytes(StandardCharsets.US_ASCII);
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.cards;

import io.vertx.core.json.JsonObject;
import it.socialies.engine.client.CommandFrame;
import it.socialies.engine.protocol.sbe.AddDelegateEncoder;
import it.socialies.engine.protocol.sbe.AllowPinFreeEncoder;
import it.socialies.engine.protocol.sbe.CardGrantedDecoder;
import it.socialies.engine.protocol.sbe.CardIssuedDecoder;
import it.socialies.engine.protocol.sbe.CardMovedDecoder;
import it.socialies.engine.protocol.sbe.CardStatus;
import it.socialies.engine.protocol.sbe.IssueErrandEncoder;
import it.socialies.engine.protocol.sbe.PinFreeAllowedDecoder;
import it.socialies.engine.protocol.sbe.ReplaceFromStockEncoder;
import it.socialies.gateway.api.Ids;
import it.socialies.gateway.api.Json;
import it.socialies.gateway.api.ProblemException;
import it.socialies.gateway.engineclient.CoreReply;
import it.socialies.gateway.http.Api;
import it.socialies.gateway.http.ApiAnswer;
import it.socialies.gateway.http.ApiRequest;
import it.socialies.gateway.http.Idempotency;
import it.socialies.gateway.http.Resource;
import it.socialies.gateway.office.CardsPutAside;
import it.socialies.gateway.qr.CardPayload;
import it.socialies.gateway.qr.PrintedCode;
import it.socialies.gateway.security.CardToken;
import it.socialies.gateway.security.IssuedSecrets;
import it.socialies.gateway.security.OperatorRole;
import it.socialies.gateway.security.Revocations;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.function.BiFunction;

/**
 * Cards of the stock that join a wallet, in the place of a lost one or for a delegate; codes for one errand (<em>spesa per conto</em>); and who pays small sums without
 * a PIN. The core decides on all of it.
 */
public final class CardGrants implements Resource {
    private final CardsPutAside putAside;
    private final IssuedSecrets secrets;
    private final CardPayload payload;
    private final PrintedCode codes;
    private final Revocations revocations;

    public CardGrants(
            CardsPutAside putAside,
            IssuedSecrets secrets,
            CardPayload payload,
            PrintedCode codes,
            Revocations revocations) {
        this.putAside = putAside;
        this.secrets = secrets;
        this.payload = payload;
        this.codes = codes;
        this.revocations = revocations;
    }

    @Override
    public void mount(Api api) {
        fromStock(
                api,
                "replaceFromStock",
                (request, frame) -> frame.message(new ReplaceFromStockEncoder())
                        .cardId(request.id(Ids.CARD))
                        .stockCardId(stockCardId(request)),
                this::replaced);
        fromStock(api, "addDelegate", CardGrants::delegate, CardGrants::delegated);
        api.command("issueErrand", this::errand, this::issued);
        api.command(
                "allowPinFree",
                (request, frame) -> frame.message(new AllowPinFreeEncoder())
                        .cardId(request.id(Ids.CARD))
                        .dayMax(cents(request, "day_max")),
                CardGrants::allowed);
    }

    /** A command that takes a card of the stock, which must not be meant for somebody. */
    private void fromStock(
            Api api,
            String operationId,
            Api.MessageWriter message,
            BiFunction<ApiRequest, CoreReply, JsonObject> json) {
        api.on(operationId, request -> {
            request.operatorWith(OperatorRole.SOCIAL);
            return putAside.requireFree(request.circuitId(), stockCardId(request), 0)
                    .compose(free -> api.send(request, message))
                    .map(reply -> reply.isRecord()
                            ? ApiAnswer.created(reply, json.apply(request, reply))
                            : ApiAnswer.ok(Api.dryRun(reply)));
        });
    }

    private static long stockCardId(ApiRequest request) {
        return Ids.CARD.parse(request.body().getString("stock_card_id"));
    }

    private JsonObject replaced(ApiRequest request, CoreReply reply) {
        CardMovedDecoder moved = reply.get(new CardMovedDecoder());
        String old = Ids.CARD.format(moved.replacesCardId());
        revocations.revokeSubject(old);
        return new JsonObject()
                .put("id", Ids.CARD.format(moved.cardId()))
                .put("wallet_id", Ids.WALLET.format(moved.walletId()))
                .put("state", Json.word(CardStatus.ISSUED))
                .put("replaces", old)
                .put("sequence", reply.sequence());
    }

    private static void delegate(ApiRequest request, CommandFrame frame) {
        frame.message(new AddDelegateEncoder())
                .walletId(request.id(Ids.WALLET))
                .stockCardId(stockCardId(request))
                .paymentMax(cents(request, "payment_max"))
                .dayMax(cents(request, "day_max"))
                .validUntilMs(time(request));
    }

    private static JsonObject delegated(ApiRequest request, CoreReply reply) {
        return CardJson.granted(reply, reply.get(new CardGrantedDecoder())).put("state", Json.word(CardStatus.ISSUED));
    }

    private void errand(ApiRequest request, CommandFrame frame) {
        Idempotency key = request.key();
        CardToken token = secrets.cardToken(key.hi(), key.lo(), 0);
        frame.message(new IssueErrandEncoder())
                .walletId(request.id(Ids.WALLET))
                .merchantId(Ids.MERCHANT.parse(request.body().getString("merchant_id")))
                .paymentMax(cents(request, "payment_max"))
                .validUntilMs(time(request))
                .tokenHi(token.hi())
                .tokenLo(token.lo());
    }

    /** The helper's name is for whoever asked: it is said back and kept nowhere. */
    private JsonObject issued(ApiRequest request, CoreReply reply) {
        CardIssuedDecoder issued = reply.get(new CardIssuedDecoder());
        JsonObject json = CardJson.granted(reply, reply.get(new CardGrantedDecoder()))
                .put("state", Json.word(CardStatus.ACTIVE))
                .put("card_token", payload.of(request.circuitId(), new CardToken(issued.tokenHi(), issued.tokenLo())))
                .put("card_code", codes.grouped(PrintedCode.Use.CARD, issued.cardId()));
        String helper = request.body().getString("helper");
        return helper == null ? json : json.put("helper", helper);
    }

    private static JsonObject allowed(ApiRequest request, CoreReply reply) {
        PinFreeAllowedDecoder allowed = reply.get(new PinFreeAllowedDecoder());
        return new JsonObject()
                .put("id", Ids.CARD.format(allowed.cardId()))
                .put("pin_free_day_max", Json.euro(allowed.dayMax()))
                .put("sequence", reply.sequence());
    }

    private static long cents(ApiRequest request, String field) {
        JsonObject amount = request.body().getJsonObject(field);
        return amount == null ? 0 : amount.getLong("amount");
    }

    private static long time(ApiRequest request) {
        String text = request.body().getString("valid_until");
        try {
            return text == null ? 0 : Instant.parse(text).toEpochMilli();
        } catch (DateTimeException | ArithmeticException e) {
            throw new ProblemException("malformed");
        }
    }
}

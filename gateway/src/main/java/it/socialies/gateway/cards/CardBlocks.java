// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.cards;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import it.socialies.engine.protocol.sbe.BlockCardEncoder;
import it.socialies.engine.protocol.sbe.CardStatus;
import it.socialies.engine.protocol.sbe.CardViewDecoder;
import it.socialies.engine.protocol.sbe.PrincipalKind;
import it.socialies.engine.protocol.sbe.QueryCardEncoder;
import it.socialies.engine.protocol.sbe.ResultCode;
import it.socialies.gateway.api.Ids;
import it.socialies.gateway.api.Json;
import it.socialies.gateway.engineclient.CoreClient;
import it.socialies.gateway.engineclient.CoreReply;
import it.socialies.gateway.http.Api;
import it.socialies.gateway.http.ApiAnswer;
import it.socialies.gateway.http.ApiRequest;
import it.socialies.gateway.http.Idempotency;
import it.socialies.gateway.http.Refusals;
import it.socialies.gateway.http.Resource;
import it.socialies.gateway.qr.PrintedCode;
import it.socialies.gateway.security.CodeGuesses;
import it.socialies.gateway.security.CodeGuesses.Attempt;
import it.socialies.gateway.security.Refusal;
import it.socialies.gateway.security.RefusalCode;
import it.socialies.gateway.security.Revocations;
import java.security.SecureRandom;
import java.util.function.LongSupplier;

/**
 * Blocks a card for whoever types the block-only code of its hand-over sheet: no login, at any hour, also with Postgres away. A right code has one answer, whatever
 * state the card is in, and a wrong one another, whatever is wrong with it; so nobody learns anything of a card here.
 */
public final class CardBlocks implements Resource {
    private final PrintedCode codes;
    private final CodeGuesses guesses;
    private final Revocations revocations;
    private final LongSupplier nowMs;
    private final SecureRandom random;

    /** @param nowMs installation time */
    public CardBlocks(
            PrintedCode codes, CodeGuesses guesses, Revocations revocations, LongSupplier nowMs, SecureRandom random) {
        this.codes = codes;
        this.guesses = guesses;
        this.revocations = revocations;
        this.nowMs = nowMs;
        this.random = random;
    }

    @Override
    public void mount(Api api) {
        api.on("blockCardByCode", request -> block(api.core(), request));
    }

    private Future<ApiAnswer> block(CoreClient core, ApiRequest request) {
        Attempt attempt = guesses.begin(request.callerAddress());
        long cardId = codes.read(PrintedCode.Use.BLOCK, request.body().getString("code"));
        attempt.ended(cardId != PrintedCode.NONE);
        if (cardId == PrintedCode.NONE) {
            throw new Refusal(RefusalCode.BLOCK_CODE_WRONG);
        }
        return core.send(frame -> frame.from(PrincipalKind.SYSTEM, 0, 0)
                        .message(new QueryCardEncoder())
                        .cardId(cardId))
                .compose(CardBlocks::known)
                .compose(reply ->
                        block(core, cardId, reply.get(new CardViewDecoder()).circuitId()))
                .map(reply -> {
                    revocations.revokeSubject(Ids.CARD.format(cardId));
                    return new ApiAnswer(201, new JsonObject().put("state", Json.word(CardStatus.BLOCKED)), false);
                });
    }

    /** A code of a card that this journal does not know, for instance after a restore, is as good as a wrong one. */
    private static Future<CoreReply> known(CoreReply reply) {
        if (reply.code() == ResultCode.NOT_FOUND) {
            return Future.failedFuture(new Refusal(RefusalCode.BLOCK_CODE_WRONG));
        }
        return reply.isOk() ? Future.succeededFuture(reply) : Future.failedFuture(Refusals.problem(reply));
    }

    private Future<CoreReply> block(CoreClient core, long cardId, int circuitId) {
        Idempotency key = Idempotency.fresh(nowMs.getAsLong(), random);
        return core.send(frame -> frame.from(PrincipalKind.SYSTEM, 0, circuitId)
                        .key(key.hi(), key.lo())
                        .message(new BlockCardEncoder())
                        .cardId(cardId))
                .compose(reply -> reply.isOk() || reply.code() == ResultCode.CARD_STATE_CONFLICT
                        ? Future.succeededFuture(reply)
                        : Future.failedFuture(Refusals.problem(reply)));
    }
}

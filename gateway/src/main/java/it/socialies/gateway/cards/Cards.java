// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.cards;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import it.socialies.engine.client.CommandFrame;
import it.socialies.engine.protocol.sbe.AssignCardEncoder;
import it.socialies.engine.protocol.sbe.BlockCardEncoder;
import it.socialies.engine.protocol.sbe.CardAssignedDecoder;
import it.socialies.engine.protocol.sbe.CardIssuedDecoder;
import it.socialies.engine.protocol.sbe.CardKind;
import it.socialies.engine.protocol.sbe.CardStatus;
import it.socialies.engine.protocol.sbe.CardStatusChangedDecoder;
import it.socialies.engine.protocol.sbe.IssueCardsEncoder;
import it.socialies.engine.protocol.sbe.ReplaceCardEncoder;
import it.socialies.engine.protocol.sbe.UnblockCardEncoder;
import it.socialies.gateway.api.Ids;
import it.socialies.gateway.api.Json;
import it.socialies.gateway.engineclient.CoreReply;
import it.socialies.gateway.http.Api;
import it.socialies.gateway.http.ApiAnswer;
import it.socialies.gateway.http.ApiRequest;
import it.socialies.gateway.http.Idempotency;
import it.socialies.gateway.http.Resource;
import it.socialies.gateway.office.CardsPutAside;
import it.socialies.gateway.projection.ListQuery;
import it.socialies.gateway.projection.Projection;
import it.socialies.gateway.qr.CardPayload;
import it.socialies.gateway.security.CardToken;
import it.socialies.gateway.security.IssuedSecrets;
import it.socialies.gateway.security.OperatorRole;
import it.socialies.gateway.security.Revocations;

/** The life of a card: issued, assigned, blocked, replaced. Its PIN and its QR code are in {@link CardPins} and {@link CardCodes}. */
public final class Cards implements Resource {
    private static final String COLUMNS =
            "card.card_id, card.wallet_id, card.circuit_id, replaces_card_id, status, kind, card.sequence, w.holder_id, w.household_size";
    private static final String SOURCE = "card JOIN wallet w ON w.wallet_id = card.wallet_id";

    private final Projection projection;
    private final CardsPutAside putAside;
    private final IssuedSecrets secrets;
    private final CardPayload payload;
    private final Revocations revocations;

    public Cards(
            Projection projection,
            CardsPutAside putAside,
            IssuedSecrets secrets,
            CardPayload payload,
            Revocations revocations) {
        this.projection = projection;
        this.putAside = putAside;
        this.secrets = secrets;
        this.payload = payload;
        this.revocations = revocations;
    }

    @Override
    public void mount(Api api) {
        api.command("issueCards", this::issue, this::issued);
        api.on("listCards", this::list);
        api.on("assignCard", request -> assign(api, request));
        api.command(
                "blockCard",
                (request, frame) -> frame.message(new BlockCardEncoder()).cardId(request.id(Ids.CARD)),
                (request, reply) -> ended(request, reply));
        api.command(
                "unblockCard",
                (request, frame) -> frame.message(new UnblockCardEncoder()).cardId(request.id(Ids.CARD)),
                (request, reply) -> CardJson.changed(request.id(Ids.CARD), reply));
        api.command("replaceCard", this::replace, this::replaced);
    }

    private Future<ApiAnswer> assign(Api api, ApiRequest request) {
        request.operatorWith(OperatorRole.SOCIAL);
        long cardId = request.id(Ids.CARD);
        long holderId = Ids.HOLDER.parse(request.body().getString("holder_id"));
        return putAside.requireFree(request.circuitId(), cardId, holderId)
                .compose(free -> new OneWallet(projection).requireNoOther(api, request, cardId, holderId))
                .compose(card -> api.send(
                        request,
                        (each, frame) -> frame.message(new AssignCardEncoder())
                                .cardId(cardId)
                                .holderId(holderId)
                                .householdSize(
                                        each.body().getInteger("household_size").shortValue())))
                .map(reply -> reply.isRecord()
                        ? ApiAnswer.created(reply, assigned(reply, reply.get(new CardAssignedDecoder())))
                        : ApiAnswer.ok(Api.dryRun(reply)));
    }

    private void issue(ApiRequest request, CommandFrame frame) {
        Idempotency key = request.key();
        int count = request.body().getInteger("count");
        IssueCardsEncoder.CardsEncoder cards =
                frame.message(new IssueCardsEncoder()).cardsCount(count);
        for (int i = 0; i < count; i++) {
            CardToken token = secrets.cardToken(key.hi(), key.lo(), i);
            cards.next().tokenHi(token.hi()).tokenLo(token.lo());
        }
    }

    private JsonObject issued(ApiRequest request, CoreReply reply) {
        JsonArray items = new JsonArray();
        CardIssuedDecoder issued = new CardIssuedDecoder();
        reply.forEachMessage((templateId, buffer, offset, blockLength, version) -> {
            if (templateId == CardIssuedDecoder.TEMPLATE_ID) {
                issued.wrap(buffer, offset, blockLength, version);
                items.add(card(issued, request.circuitId()));
            }
        });
        return new JsonObject().put("items", items).put("sequence", reply.sequence());
    }

    private void replace(ApiRequest request, CommandFrame frame) {
        Idempotency key = request.key();
        CardToken token = secrets.cardToken(key.hi(), key.lo(), 0);
        frame.message(new ReplaceCardEncoder())
                .cardId(request.id(Ids.CARD))
                .tokenHi(token.hi())
                .tokenLo(token.lo());
    }

    private JsonObject replaced(ApiRequest request, CoreReply reply) {
        CardIssuedDecoder issued = reply.get(new CardIssuedDecoder());
        revocations.revokeSubject(Ids.CARD.format(issued.replacesCardId()));
        return card(issued, request.circuitId())
                .put("replaces", Ids.CARD.format(issued.replacesCardId()))
                .put("sequence", reply.sequence());
    }

    private JsonObject card(CardIssuedDecoder issued, int circuitId) {
        return new JsonObject()
                .put("id", Ids.CARD.format(issued.cardId()))
                .put("circuit_id", Ids.CIRCUIT.format(circuitId))
                .put("wallet_id", Ids.WALLET.format(issued.walletId()))
                .put("state", Json.word(CardStatus.ISSUED))
                .put("card_token", payload.of(circuitId, new CardToken(issued.tokenHi(), issued.tokenLo())));
    }

    private static JsonObject assigned(CoreReply reply, CardAssignedDecoder assigned) {
        return new JsonObject()
                .put("id", Ids.CARD.format(assigned.cardId()))
                .put("wallet_id", Ids.WALLET.format(assigned.walletId()))
                .put("holder_id", Ids.HOLDER.format(assigned.holderId()))
                .put("household_size", (int) assigned.householdSize())
                .put("sequence", reply.sequence());
    }

    private JsonObject ended(ApiRequest request, CoreReply reply) {
        CardStatusChangedDecoder changed = reply.get(new CardStatusChangedDecoder());
        revocations.revokeSubject(Ids.CARD.format(changed.cardId()));
        return CardJson.changed(request.id(Ids.CARD), reply);
    }

    private Future<ApiAnswer> list(ApiRequest request) {
        request.operatorWith(OperatorRole.SOCIAL, OperatorRole.ADMIN);
        ListQuery query = new ListQuery(COLUMNS, SOURCE, "card.card_id", false, Cards::json)
                .where("card.circuit_id = ?", request.circuitId());
        String walletId = request.query("wallet_id");
        if (walletId != null) {
            query.where("card.wallet_id = ?", Ids.WALLET.parse(walletId));
        }
        return projection.page(request, query).map(ApiAnswer::ok);
    }

    private static JsonObject json(Row row) {
        JsonObject json = new JsonObject()
                .put("id", Ids.CARD.format(row.getLong("card_id")))
                .put("circuit_id", Ids.CIRCUIT.format(row.getInteger("circuit_id")))
                .put("wallet_id", Ids.WALLET.format(row.getLong("wallet_id")))
                .put("state", Json.word(CardStatus.get(row.getShort("status"))))
                .put("kind", Json.word(kind(row.getShort("kind"))))
                .put("sequence", row.getLong("sequence"));
        if (row.getLong("holder_id") != 0) {
            json.put("holder_id", Ids.HOLDER.format(row.getLong("holder_id")))
                    .put("household_size", row.getInteger("household_size"));
        }
        if (row.getLong("replaces_card_id") != 0) {
            json.put("replaces", Ids.CARD.format(row.getLong("replaces_card_id")));
        }
        return json;
    }

    /** Cards to which nothing was granted are those of holders. */
    private static CardKind kind(short granted) {
        return granted == 0 ? CardKind.HOLDER : CardKind.get(granted);
    }
}

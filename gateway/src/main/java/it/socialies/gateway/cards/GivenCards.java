// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.cards;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import it.socialies.engine.protocol.sbe.CardKind;
import it.socialies.engine.protocol.sbe.CardStatus;
import it.socialies.engine.protocol.sbe.PrincipalKind;
import it.socialies.engine.protocol.sbe.QueryWalletEncoder;
import it.socialies.gateway.api.Ids;
import it.socialies.gateway.api.Json;
import it.socialies.gateway.descriptions.Descriptions;
import it.socialies.gateway.http.Api;
import it.socialies.gateway.http.ApiAnswer;
import it.socialies.gateway.http.ApiRequest;
import it.socialies.gateway.http.Resource;
import it.socialies.gateway.projection.ListQuery;
import it.socialies.gateway.projection.Projection;
import it.socialies.gateway.security.OperatorRole;

/**
 * Who pays with somebody else's wallet: its delegates' cards and its errands, for the holder and for social services, each with the id by which it is blocked. Nobody's
 * name: none is kept. Threading: any event loop.
 */
public final class GivenCards implements Resource {
    private static final String COLUMNS =
            "card_id, wallet_id, status, kind, merchant_id, payment_max, day_max, valid_until_ms, sequence";

    private final Projection projection;
    private final Descriptions descriptions;

    public GivenCards(Projection projection, Descriptions descriptions) {
        this.projection = projection;
        this.descriptions = descriptions;
    }

    @Override
    public void mount(Api api) {
        api.on("listDelegates", request -> list(api, request, CardKind.DELEGATE));
        api.on("listErrands", request -> list(api, request, CardKind.ERRAND));
    }

    /** The core says whether the wallet is the holder's, or of the operator's circuit. */
    private Future<ApiAnswer> list(Api api, ApiRequest request, CardKind kind) {
        if (request.principal().kind() != PrincipalKind.HOLDER) {
            request.operatorWith(OperatorRole.SOCIAL);
        }
        long walletId = request.id(Ids.WALLET);
        ListQuery query = new ListQuery(COLUMNS, "card", "card_id", true, GivenCards::json)
                .where("wallet_id = ?", walletId)
                .where("circuit_id = ?", request.circuitId())
                .where("kind = ?", kind.value());
        return api.ask(
                        request,
                        (each, frame) -> frame.message(new QueryWalletEncoder()).walletId(walletId))
                .compose(known -> projection.page(request, query))
                .compose(page -> named(page.getJsonArray("items")).map(ApiAnswer.ok(page)));
    }

    /** Adds what people call the shop of an errand. */
    private Future<Void> named(JsonArray items) {
        JsonArray shops = new JsonArray();
        for (int i = 0; i < items.size(); i++) {
            String shop = items.getJsonObject(i).getString("merchant_id");
            if (shop != null) {
                shops.add(new JsonObject().put("id", shop));
            }
        }
        return descriptions.describe(Ids.MERCHANT, shops).map(described -> {
            int next = 0;
            for (int i = 0; i < items.size(); i++) {
                JsonObject card = items.getJsonObject(i);
                String name = card.containsKey("merchant_id")
                        ? described.getJsonObject(next++).getString("name")
                        : null;
                if (name != null) {
                    card.put("merchant_name", name);
                }
            }
            return null;
        });
    }

    private static JsonObject json(Row row) {
        JsonObject json = new JsonObject()
                .put("id", Ids.CARD.format(row.getLong("card_id")))
                .put("wallet_id", Ids.WALLET.format(row.getLong("wallet_id")))
                .put("kind", Json.word(CardKind.get(row.getShort("kind"))))
                .put("state", Json.word(CardStatus.get(row.getShort("status"))))
                .put("sequence", row.getLong("sequence"));
        if (row.getLong("merchant_id") != 0) {
            json.put("merchant_id", Ids.MERCHANT.format(row.getLong("merchant_id")));
        }
        if (row.getLong("payment_max") != 0) {
            json.put("payment_max", Json.euro(row.getLong("payment_max")));
        }
        if (row.getLong("day_max") != 0) {
            json.put("day_max", Json.euro(row.getLong("day_max")));
        }
        if (row.getLong("valid_until_ms") != 0) {
            json.put("valid_until", Json.time(row.getLong("valid_until_ms")));
        }
        return json;
    }
}

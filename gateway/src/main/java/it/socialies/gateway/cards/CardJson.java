// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.cards;

import io.vertx.core.json.JsonObject;
import it.socialies.engine.protocol.sbe.CardStatusChangedDecoder;
import it.socialies.engine.protocol.sbe.CardViewDecoder;
import it.socialies.engine.protocol.sbe.PinSetDecoder;
import it.socialies.gateway.api.Ids;
import it.socialies.gateway.api.Json;
import it.socialies.gateway.engineclient.CoreReply;

/** A card as the contract shows it. */
final class CardJson {
    private CardJson() {}

    /** What the record of a command says of the card. */
    static JsonObject changed(long cardId, CoreReply reply) {
        JsonObject json = new JsonObject().put("id", Ids.CARD.format(cardId)).put("sequence", reply.sequence());
        CardStatusChangedDecoder changed = reply.find(new CardStatusChangedDecoder());
        if (changed != null) {
            json.put("state", Json.word(changed.status()));
        }
        if (reply.find(new PinSetDecoder()) != null) {
            json.put("pin_set", true);
        }
        return json;
    }

    /** The card as it is now. */
    static JsonObject view(CoreReply reply, CardViewDecoder view) {
        JsonObject json = new JsonObject()
                .put("id", Ids.CARD.format(view.cardId()))
                .put("circuit_id", Ids.CIRCUIT.format(view.circuitId()))
                .put("wallet_id", Ids.WALLET.format(view.walletId()))
                .put("state", Json.word(view.status()))
                .put("pin_set", view.pinSet() != 0)
                .put("pin_tries", (int) view.tries())
                .put("sequence", reply.sequence());
        if (view.lockedUntilMs() == Long.MAX_VALUE) {
            json.put("pin_locked", true);
        } else if (view.lockedUntilMs() > 0) {
            json.put("pin_locked", true).put("pin_locked_until", Json.time(view.lockedUntilMs()));
        }
        return json;
    }
}

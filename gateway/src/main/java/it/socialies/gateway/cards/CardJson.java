// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.cards;

import io.vertx.core.json.JsonObject;
import it.socialies.engine.protocol.sbe.CardGrantedDecoder;
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
        putGrant(json, view);
        if (view.lockedUntilMs() == Long.MAX_VALUE) {
            json.put("pin_locked", true);
        } else if (view.lockedUntilMs() > 0) {
            json.put("pin_locked", true).put("pin_locked_until", Json.time(view.lockedUntilMs()));
        }
        return json;
    }

    private static void putGrant(JsonObject json, CardViewDecoder view) {
        json.put("kind", Json.word(view.kind()));
        if (view.merchantId() != 0) {
            json.put("merchant_id", Ids.MERCHANT.format(view.merchantId()));
        }
        if (view.paymentMax() != 0) {
            json.put("payment_max", Json.euro(view.paymentMax()));
        }
        if (view.dayMax() != 0) {
            json.put("day_max", Json.euro(view.dayMax()));
        }
        if (view.validUntilMs() != 0) {
            json.put("valid_until", Json.time(view.validUntilMs()));
        }
        if (view.pinFreeDayMax() != 0) {
            json.put("pin_free_day_max", Json.euro(view.pinFreeDayMax()));
        }
    }

    /** What a card was granted, as its record says. */
    static JsonObject granted(CoreReply reply, CardGrantedDecoder granted) {
        JsonObject json = new JsonObject()
                .put("id", Ids.CARD.format(granted.cardId()))
                .put("wallet_id", Ids.WALLET.format(granted.walletId()))
                .put("kind", Json.word(granted.kind()))
                .put("sequence", reply.sequence());
        if (granted.merchantId() != 0) {
            json.put("merchant_id", Ids.MERCHANT.format(granted.merchantId()));
        }
        if (granted.paymentMax() != 0) {
            json.put("payment_max", Json.euro(granted.paymentMax()));
        }
        if (granted.dayMax() != 0) {
            json.put("day_max", Json.euro(granted.dayMax()));
        }
        if (granted.validUntilMs() != 0) {
            json.put("valid_until", Json.time(granted.validUntilMs()));
        }
        return json;
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.cards;

import io.vertx.core.Future;
import it.socialies.engine.protocol.sbe.CardViewDecoder;
import it.socialies.engine.protocol.sbe.QueryCardEncoder;
import it.socialies.engine.protocol.sbe.QueryWalletEncoder;
import it.socialies.engine.protocol.sbe.WalletViewDecoder;
import it.socialies.gateway.api.ProblemException;
import it.socialies.gateway.http.Api;
import it.socialies.gateway.http.ApiRequest;

/** Who holds a card, asked of the core in the name of the operator. Stateless. */
final class HolderOfCard {
    private HolderOfCard() {}

    static Future<CardViewDecoder> card(Api api, ApiRequest request, long cardId) {
        return api.ask(
                        request,
                        (each, frame) -> frame.message(new QueryCardEncoder()).cardId(cardId))
                .map(reply -> reply.get(new CardViewDecoder()));
    }

    /** The number of the person in the vault; fails with {@code card_state_conflict} for a card that nobody holds. */
    static Future<Long> of(Api api, ApiRequest request, CardViewDecoder card) {
        long walletId = card.walletId();
        return api.ask(
                        request,
                        (each, frame) -> frame.message(new QueryWalletEncoder()).walletId(walletId))
                .map(reply -> {
                    long holderId = reply.get(new WalletViewDecoder()).holderId();
                    if (holderId == 0) {
                        throw new ProblemException("card_state_conflict");
                    }
                    return holderId;
                });
    }
}

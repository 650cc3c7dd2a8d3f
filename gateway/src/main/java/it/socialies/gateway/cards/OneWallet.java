// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.cards;

import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;
import it.socialies.engine.protocol.sbe.CardViewDecoder;
import it.socialies.engine.protocol.sbe.QueryCardEncoder;
import it.socialies.gateway.api.ProblemException;
import it.socialies.gateway.engineclient.CoreReply;
import it.socialies.gateway.http.Api;
import it.socialies.gateway.http.ApiRequest;
import it.socialies.gateway.projection.Projection;

/**
 * A person has one wallet in a circuit: caps of a household and the balance of all funds are those of a wallet, and a second one would have them again. Threading: any event loop.
 */
public final class OneWallet {
    private static final String ANOTHER =
            "SELECT 1 FROM wallet WHERE holder_id = $1 AND circuit_id = $2 AND wallet_id <> $3"
                    + " AND closed_for = 0 LIMIT 1";

    private final Projection projection;

    public OneWallet(Projection projection) {
        this.projection = projection;
    }

    /**
     * Asks for the card as the core has it, and looks at all that was decided before. Fails with {@code person_has_card}, {@code not_found}, {@code projection_unavailable}.
     *
     * @param holderId who is to hold it
     */
    Future<CardViewDecoder> requireNoOther(Api api, ApiRequest request, long cardId, long holderId) {
        return api.ask(
                        request,
                        (each, frame) -> frame.message(new QueryCardEncoder()).cardId(cardId))
                .compose(reply -> requireNoOther(request, reply, holderId));
    }

    private Future<CardViewDecoder> requireNoOther(ApiRequest request, CoreReply reply, long holderId) {
        CardViewDecoder card = reply.get(new CardViewDecoder());
        Tuple parameters = Tuple.of(holderId, request.circuitId(), card.walletId());
        return projection.rows(reply.sequence(), ANOTHER, parameters).map(others -> {
            if (others.size() > 0) {
                throw new ProblemException("person_has_card");
            }
            return card;
        });
    }
}

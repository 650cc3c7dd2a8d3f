// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.emergency;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import it.socialies.engine.protocol.sbe.CardViewDecoder;
import it.socialies.engine.protocol.sbe.QueryCardEncoder;
import it.socialies.engine.protocol.sbe.QueryWalletEncoder;
import it.socialies.engine.protocol.sbe.WalletViewDecoder;
import it.socialies.gateway.api.Ids;
import it.socialies.gateway.api.ProblemException;
import it.socialies.gateway.http.Api;
import it.socialies.gateway.http.ApiRequest;
import it.socialies.gateway.people.PeopleRegister;
import it.socialies.gateway.people.Reader;
import it.socialies.gateway.projection.Projection;

/** Finds the wallet of a person, or the person of a card, and the household that the people vault says: never one that the caller says. May be called from any thread. */
final class Recipients {
    /** The newest wallet that a card opens still: 4 is a replaced card, 5 an errand that was done. */
    private static final String WALLET = "SELECT w.wallet_id FROM wallet w WHERE w.circuit_id = $1 AND w.holder_id = $2"
            + " AND w.closed_for = 0 AND EXISTS (SELECT 1 FROM card c WHERE c.wallet_id = w.wallet_id AND c.status NOT IN (4, 5))"
            + " ORDER BY w.wallet_id DESC LIMIT 1";

    private final Projection projection;
    private final PeopleRegister people;

    Recipients(Projection projection, PeopleRegister people) {
        this.projection = projection;
        this.people = people;
    }

    /**
     * Of a request that names a person or a card, within a case. Fails with {@code not_found}, {@code PERSON_ERASED}, {@code PERSON_RESTRICTED}, {@code CASE_NOT_OPEN}, {@code person_without_card},
     * {@code wallet_unassigned}.
     */
    Future<Recipient> of(Api api, ApiRequest request, Reader reader) {
        JsonObject body = request.body();
        String personId = body.getString("person_id");
        return personId == null
                ? ofCard(api, request, reader, Ids.CARD.parse(body.getString("card_id")))
                : ofPerson(reader, Ids.HOLDER.parse(personId));
    }

    private Future<Recipient> ofPerson(Reader reader, long holderId) {
        return people.household(reader, holderId)
                .compose(householdId -> projection
                        .rows(0, WALLET, Tuple.of(reader.circuitId(), holderId))
                        .map(rows -> {
                            for (Row row : rows) {
                                return new Recipient(row.getLong(0), holderId, householdId);
                            }
                            throw new ProblemException("person_without_card");
                        }));
    }

    private Future<Recipient> ofCard(Api api, ApiRequest request, Reader reader, long cardId) {
        return api.ask(
                        request,
                        (each, frame) -> frame.message(new QueryCardEncoder()).cardId(cardId))
                .map(reply -> reply.get(new CardViewDecoder()).walletId())
                .compose(walletId -> api.ask(
                                request,
                                (each, frame) ->
                                        frame.message(new QueryWalletEncoder()).walletId(walletId))
                        .compose(reply -> {
                            long holderId = reply.get(new WalletViewDecoder()).holderId();
                            return holderId == 0
                                    ? Future.failedFuture(new ProblemException("wallet_unassigned"))
                                    : people.household(reader, holderId)
                                            .map(householdId -> new Recipient(walletId, holderId, householdId));
                        }));
    }
}

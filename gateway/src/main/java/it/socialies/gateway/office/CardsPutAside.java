// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.office;

import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;
import it.socialies.gateway.api.ProblemException;

/** Cards of the stock that a batch of issuance means for somebody. Whoever hands cards over one by one leaves them alone. May be called from any thread. */
public final class CardsPutAside {
    private final OfficeDatabase database;

    public CardsPutAside(OfficeDatabase database) {
        this.database = database;
    }

    /**
     * Fails with {@code card_put_aside} when the card is meant for somebody else.
     *
     * @param holderId who is to have it; 0 when it goes to no new holder
     */
    public Future<Void> requireFree(int circuitId, long cardId, long holderId) {
        return database.withConnection(connection -> connection
                        .preparedQuery("SELECT 1 FROM issuance_card"
                                + " WHERE card_id = $1 AND circuit_id = $2 AND record_id <> $3")
                        .execute(Tuple.of(cardId, circuitId, holderId)))
                .compose(rows -> rows.size() == 0
                        ? Future.<Void>succeededFuture()
                        : Future.failedFuture(new ProblemException("card_put_aside")));
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.office;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import it.socialies.gateway.security.InstallationClock;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Letters with a PIN, by the proposal that resets it; each is printed once. May be called from any thread. */
public final class PinMailers {
    /**
     * A letter.
     *
     * @param requestKey what its PIN follows from; null once it was printed
     */
    public record Mailer(long cardId, @Nullable UUID requestKey) {}

    private final OfficeDatabase database;
    private final InstallationClock clock;

    public PinMailers(OfficeDatabase database, InstallationClock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** Enters a letter; entered again, it changes nothing. */
    public Future<Void> save(long proposalId, int circuitId, long cardId, UUID requestKey) {
        return database.withConnection(connection -> connection
                .preparedQuery("INSERT INTO pin_mailer (proposal_id, circuit_id, card_id, request_key, created_ms)"
                        + " VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING")
                .execute(Tuple.of(proposalId, circuitId, cardId, requestKey, clock.nowMs()))
                .mapEmpty());
    }

    /** The letter of a proposal of a circuit. */
    public Future<Optional<Mailer>> find(int circuitId, long proposalId) {
        return database.withConnection(connection -> connection
                .preparedQuery("SELECT card_id, request_key FROM pin_mailer WHERE circuit_id = $1 AND proposal_id = $2")
                .execute(Tuple.of(circuitId, proposalId))
                .map(rows -> {
                    Optional<Mailer> mailer = Optional.empty();
                    for (Row row : rows) {
                        mailer = Optional.of(new Mailer(row.getLong(0), row.getUUID(1)));
                    }
                    return mailer;
                }));
    }

    /** Notes that a letter is printed, and forgets what its PIN follows from; false when it was printed before. */
    public Future<Boolean> printed(long proposalId, long operatorId) {
        return database.withConnection(connection -> connection
                .preparedQuery("UPDATE pin_mailer SET request_key = NULL, printed_ms = $2, printed_by = $3"
                        + " WHERE proposal_id = $1 AND printed_ms IS NULL")
                .execute(Tuple.of(proposalId, clock.nowMs(), operatorId))
                .map(rows -> rows.rowCount() == 1));
    }
}

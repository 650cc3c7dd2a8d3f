// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.office;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import it.socialies.gateway.security.InstallationClock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Batches of cards: how many are wanted, which commands make them, and whether they were printed. Tokens are not here: they follow from the batch's key. May be
 * called from any thread.
 */
public final class CardBatches {
    /** Cards that one command issues. */
    public static final int PART_CARDS = 100;

    private static final String COLUMNS =
            "batch_id, circuit_id, operator_id, request_key, cards, made, created_ms, printed_ms, printed_by";

    /**
     * A batch.
     *
     * @param requestKey what its tokens follow from
     * @param printedMs when it was confirmed to be printed; null before
     */
    public record Batch(
            long batchId,
            int circuitId,
            long operatorId,
            UUID requestKey,
            int cards,
            int made,
            long createdMs,
            @Nullable Long printedMs,
            @Nullable Long printedBy) {

        public boolean isMade() {
            return made == cards;
        }

        /** How many parts it is made in. */
        public int parts() {
            return Math.ceilDiv(cards, PART_CARDS);
        }
    }

    /**
     * One command of a batch.
     *
     * @param firstCardId the cards of a part have consecutive numbers; null until the command is known to be done
     */
    public record Part(
            int part, UUID commandKey, int cards, @Nullable Long firstCardId) {}

    private final OfficeDatabase database;
    private final InstallationClock clock;

    public CardBatches(OfficeDatabase database, InstallationClock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** Enters a batch, in the transaction of the request. */
    public Future<Batch> create(SqlConnection connection, int circuitId, long operatorId, UUID requestKey, int cards) {
        return connection
                .preparedQuery("INSERT INTO card_batch (circuit_id, operator_id, request_key, cards, created_ms)"
                        + " VALUES ($1, $2, $3, $4, $5) RETURNING " + COLUMNS)
                .execute(Tuple.of(circuitId, operatorId, requestKey, cards, clock.nowMs()))
                .map(rows -> batch(rows.iterator().next()));
    }

    /** A batch of a circuit. */
    public Future<Optional<Batch>> find(int circuitId, long batchId) {
        return list(
                        "SELECT " + COLUMNS + " FROM card_batch WHERE circuit_id = $1 AND batch_id = $2",
                        Tuple.of(circuitId, batchId))
                .map(found -> found.stream().findFirst());
    }

    /** Batches of a circuit behind a number. */
    public Future<List<Batch>> page(int circuitId, long behind, int limit) {
        return list(
                "SELECT " + COLUMNS
                        + " FROM card_batch WHERE circuit_id = $1 AND batch_id > $2 ORDER BY batch_id LIMIT $3",
                Tuple.of(circuitId, behind, limit));
    }

    /** Those that are not made yet, of all circuits. */
    public Future<List<Batch>> unmade() {
        return list("SELECT " + COLUMNS + " FROM card_batch WHERE made < cards ORDER BY batch_id", Tuple.tuple());
    }

    private Future<List<Batch>> list(String sql, Tuple parameters) {
        return database.withConnection(
                        connection -> connection.preparedQuery(sql).execute(parameters))
                .map(rows -> {
                    List<Batch> batches = new ArrayList<>(rows.size());
                    rows.forEach(row -> batches.add(batch(row)));
                    return batches;
                });
    }

    /** The part with this number; it is entered with the key when it is not there yet. */
    public Future<Part> part(Batch batch, int part, UUID freshKey) {
        int cards = Math.min(PART_CARDS, batch.cards() - part * PART_CARDS);
        return database.withConnection(connection -> connection
                .preparedQuery("""
                        INSERT INTO card_batch_part (batch_id, part, command_key, cards) VALUES ($1, $2, $3, $4)
                        ON CONFLICT (batch_id, part) DO UPDATE SET part = EXCLUDED.part
                        RETURNING part, command_key, cards, first_card_id""")
                .execute(Tuple.of(batch.batchId(), part, freshKey, cards))
                .map(rows -> part(rows.iterator().next())));
    }

    /** Gives a part another key: the one it had is older than what the core remembers, and did nothing. */
    public Future<Void> renewKey(Batch batch, int part, UUID freshKey) {
        return database.withConnection(connection -> connection
                .preparedQuery("UPDATE card_batch_part SET command_key = $3 WHERE batch_id = $1 AND part = $2")
                .execute(Tuple.of(batch.batchId(), part, freshKey))
                .mapEmpty());
    }

    /** Notes which cards a part became. Noted again, it changes nothing. */
    public Future<Void> made(Batch batch, int part, long firstCardId) {
        return database.inTransaction(connection -> connection
                .preparedQuery("UPDATE card_batch_part SET first_card_id = $3"
                        + " WHERE batch_id = $1 AND part = $2 AND first_card_id IS NULL RETURNING cards")
                .execute(Tuple.of(batch.batchId(), part, firstCardId))
                .compose(rows -> rows.rowCount() == 0
                        ? Future.succeededFuture()
                        : connection
                                .preparedQuery("UPDATE card_batch SET made = made + $2 WHERE batch_id = $1")
                                .execute(Tuple.of(
                                        batch.batchId(), rows.iterator().next().getInteger(0)))
                                .mapEmpty()));
    }

    /** All parts of a batch that became cards, in order. */
    public Future<List<Part>> parts(long batchId) {
        return database.withConnection(connection -> connection
                .preparedQuery("SELECT part, command_key, cards, first_card_id FROM card_batch_part"
                        + " WHERE batch_id = $1 AND first_card_id IS NOT NULL ORDER BY part")
                .execute(Tuple.of(batchId))
                .map(rows -> {
                    List<Part> parts = new ArrayList<>(rows.size());
                    rows.forEach(row -> parts.add(part(row)));
                    return parts;
                }));
    }

    /** Notes that somebody fetches a part of the print file; false once the batch was confirmed. */
    public Future<Boolean> notePrint(Batch batch, int part, long operatorId) {
        return database.withConnection(connection -> connection
                .preparedQuery("""
                        INSERT INTO card_batch_print (batch_id, part, operator_id, printed_ms)
                        SELECT batch_id, $2, $3, $4 FROM card_batch WHERE batch_id = $1 AND printed_ms IS NULL""")
                .execute(Tuple.of(batch.batchId(), part, operatorId, clock.nowMs()))
                .map(rows -> rows.rowCount() == 1));
    }

    /** How often the print file was fetched. */
    public Future<Integer> prints(long batchId) {
        return database.withConnection(connection -> connection
                .preparedQuery("SELECT count(*)::int FROM card_batch_print WHERE batch_id = $1")
                .execute(Tuple.of(batchId))
                .map(rows -> rows.iterator().next().getInteger(0)));
    }

    /** How many of the files were fetched, each counted once. */
    public Future<Integer> filesFetched(long batchId) {
        return database.withConnection(connection -> connection
                .preparedQuery("SELECT count(DISTINCT part)::int FROM card_batch_print WHERE batch_id = $1")
                .execute(Tuple.of(batchId))
                .map(rows -> rows.iterator().next().getInteger(0)));
    }

    /** Confirms that a batch is printed, in the transaction of the request; empty when it is not made, or was confirmed before. */
    public Future<Optional<Batch>> confirm(SqlConnection connection, int circuitId, long batchId, long operatorId) {
        return connection
                .preparedQuery("UPDATE card_batch SET printed_ms = $3, printed_by = $4 WHERE circuit_id = $1"
                        + " AND batch_id = $2 AND printed_ms IS NULL AND made = cards RETURNING " + COLUMNS)
                .execute(Tuple.of(circuitId, batchId, clock.nowMs(), operatorId))
                .map(CardBatches::firstOf);
    }

    private static Optional<Batch> firstOf(RowSet<Row> rows) {
        Optional<Batch> first = Optional.empty();
        for (Row row : rows) {
            first = Optional.of(batch(row));
        }
        return first;
    }

    private static Batch batch(Row row) {
        return new Batch(
                row.getLong(0),
                row.getInteger(1),
                row.getLong(2),
                row.getUUID(3),
                row.getInteger(4),
                row.getInteger(5),
                row.getLong(6),
                row.getLong(7),
                row.getLong(8));
    }

    private static Part part(Row row) {
        return new Part(row.getInteger(0), row.getUUID(1), row.getInteger(2), row.getLong(3));
    }
}

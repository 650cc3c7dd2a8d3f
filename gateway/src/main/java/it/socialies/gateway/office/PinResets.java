// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.office;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import it.socialies.gateway.security.InstallationClock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** PINs that one operator reset at the desk, and what came of the {@link PinResetSample} of them. May be called from any thread. */
public final class PinResets {
    private static final String COLUMNS = "sequence, card_id, operator_id, reset_ms, outcome, reviewed_by, reviewed_ms";

    /**
     * A reset in the sample.
     *
     * @param sequence record of the journal
     * @param outcome what another person found; null while nobody has
     */
    public record Sampled(
            long sequence,
            long cardId,
            long operatorId,
            long resetMs,
            @Nullable String outcome,
            long reviewedBy,
            long reviewedMs) {}

    private final OfficeDatabase database;
    private final PinResetSample sample;
    private final InstallationClock clock;

    public PinResets(OfficeDatabase database, PinResetSample sample, InstallationClock clock) {
        this.database = database;
        this.sample = sample;
        this.clock = clock;
    }

    /** Enters a reset; entered again, it changes nothing. */
    public Future<Void> save(long sequence, int circuitId, long cardId, long operatorId, long resetMs) {
        return database.withConnection(connection -> connection
                .preparedQuery(
                        "INSERT INTO pin_reset (sequence, circuit_id, card_id, operator_id, reset_ms, is_sampled)"
                                + " VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING")
                .execute(Tuple.of(sequence, circuitId, cardId, operatorId, resetMs, sample.holds(sequence)))
                .mapEmpty());
    }

    /** The sample of a circuit above a record, oldest first; only what nobody looked into when {@code isOpen}. */
    public Future<List<Sampled>> page(int circuitId, boolean isOpen, long above, int limit) {
        return database.withConnection(connection -> connection
                .preparedQuery("SELECT " + COLUMNS + " FROM pin_reset WHERE is_sampled AND circuit_id = $1"
                        + " AND sequence > $2 AND (outcome IS NULL OR NOT $3) ORDER BY sequence LIMIT $4")
                .execute(Tuple.of(circuitId, above, isOpen, limit))
                .map(PinResets::sampled));
    }

    /** One of the sample. */
    public static Future<Optional<Sampled>> find(SqlConnection connection, int circuitId, long sequence) {
        return connection
                .preparedQuery("SELECT " + COLUMNS
                        + " FROM pin_reset WHERE is_sampled AND circuit_id = $1 AND sequence = $2")
                .execute(Tuple.of(circuitId, sequence))
                .map(rows -> sampled(rows).stream().findFirst());
    }

    /** Notes what somebody found; of what was noted before nothing changes. */
    public Future<Void> review(SqlConnection connection, long sequence, String outcome, long operatorId) {
        return connection
                .preparedQuery("UPDATE pin_reset SET outcome = $2, reviewed_by = $3, reviewed_ms = $4"
                        + " WHERE sequence = $1 AND outcome IS NULL")
                .execute(Tuple.of(sequence, outcome, operatorId, clock.nowMs()))
                .mapEmpty();
    }

    private static List<Sampled> sampled(Iterable<Row> rows) {
        List<Sampled> sampled = new ArrayList<>();
        for (Row row : rows) {
            Long reviewedBy = row.getLong("reviewed_by");
            Long reviewedMs = row.getLong("reviewed_ms");
            sampled.add(new Sampled(
                    row.getLong("sequence"),
                    row.getLong("card_id"),
                    row.getLong("operator_id"),
                    row.getLong("reset_ms"),
                    row.getString("outcome"),
                    reviewedBy == null ? 0 : reviewedBy,
                    reviewedMs == null ? 0 : reviewedMs));
        }
        return sampled;
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.reports;

import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;
import it.socialies.gateway.api.ProblemException;
import it.socialies.gateway.projection.Projection;
import org.jspecify.annotations.Nullable;

/** Records of the journal, as the projection knows them. Threading: any event loop. */
public final class Records {
    private static final String LAST = "SELECT last_sequence FROM position";

    // A function of the sequence alone. Commands come with nearly every record; where there was none for long, the
    // money tells the time.
    private static final String TIME = """
            SELECT greatest(
                coalesce((SELECT max(timestamp_ms) FROM command_key WHERE sequence > $1 - 4096 AND sequence <= $1), 0),
                coalesce((SELECT timestamp_ms FROM ledger_entry WHERE sequence <= $1 ORDER BY sequence DESC, index DESC LIMIT 1), 0))""";
    private static final String PROGRAMME =
            "SELECT FROM programme WHERE circuit_id = $1 AND programme_id = $2 AND sequence <= $3";

    private final Projection projection;

    public Records(Projection projection) {
        this.projection = projection;
    }

    /** A record and its time. */
    public record At(long sequence, long atMs) {}

    /**
     * The record that is asked for; 0 = the last one. Fails with {@code invalid_field} when there is none yet.
     *
     * @param least the projection is waited for until it has come so far
     */
    public Future<At> at(long wanted, long least) {
        return projection.rows(least, LAST, Tuple.tuple()).compose(rows -> {
            long last = rows.iterator().next().getLong(0);
            if (wanted > last) {
                return Future.failedFuture(
                        ProblemException.field("/at_sequence", "out_of_range", "The last record is " + last + "."));
            }
            long sequence = wanted == 0 ? last : wanted;
            return projection
                    .longRows(0, TIME, Tuple.of(sequence))
                    .map(times -> new At(sequence, times.iterator().next().getLong(0)));
        });
    }

    /** Fails with {@code not_found} when the circuit had no such programme at that record; 0 = none is asked for. */
    public Future<Void> requireProgramme(int circuitId, long programmeId, long sequence) {
        if (programmeId == 0) {
            return Future.succeededFuture();
        }
        return projection
                .rows(0, PROGRAMME, Tuple.of(circuitId, programmeId, sequence))
                .compose(rows -> rows.size() == 0
                        ? Future.failedFuture(new ProblemException("not_found"))
                        : Future.succeededFuture());
    }

    /** The money of a programme; without a period from the beginning to the record. */
    Future<Flows> flows(long programmeId, At at, @Nullable Period period) {
        return Flows.of(
                projection,
                programmeId,
                at.sequence(),
                period == null ? 0 : period.fromMs(),
                period == null ? Long.MAX_VALUE : period.untilMs());
    }
}

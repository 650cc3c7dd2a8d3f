// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.journal;

import io.vertx.core.json.JsonObject;
import it.socialies.engine.projection.LedgerHashReader;
import it.socialies.engine.projection.LedgerHashReader.LedgerHash;
import it.socialies.ops.client.ApiClient;
import it.socialies.ops.data.DataFolder;
import it.socialies.ops.data.PostgresLogins;
import it.socialies.ops.terminal.TextTable;
import java.io.IOException;
import java.io.PrintStream;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import javax.sql.DataSource;

/** The state's hashes as the live core, a replay from zero and Postgres give them, at one sequence. */
public final class Hashes {
    private static final Duration WAIT = Duration.ofSeconds(60);
    private static final long PAUSE_MS = 100;

    private record Row(String witness, long sequence, OptionalLong coreHash, OptionalLong ledgerHash) {}

    private final List<Row> rows = new ArrayList<>();
    private String note = "";

    private Hashes() {}

    /**
     * Compares live core, replay and Postgres. The live core goes on (its ticks write records too), so this asks until all three stand at the same
     * sequence, for a bounded time.
     */
    public static Hashes compare(DataFolder folder, ApiClient api) throws IOException {
        Hashes hashes = new Hashes();
        DataSource projection = PostgresLogins.read(folder).projectionSource();
        long endNs = System.nanoTime() + WAIT.toNanos();
        try (Replay replay = new Replay(folder)) {
            while (true) {
                StateHash live = live(api);
                replay.watch(live.sequence());
                replay.toEnd();
                LedgerHash postgres = readPostgres(projection);
                StateHash replayed = replay.watched();
                boolean equalSequences = replayed != null && postgres.sequence() == live.sequence();
                if (equalSequences || System.nanoTime() > endNs) {
                    hashes.add("core", live);
                    hashes.add("replay", replayed == null ? replay.state() : replayed);
                    hashes.add(postgres);
                    return hashes;
                }
                pause();
            }
        }
    }

    /** Compares a replay with Postgres while no node runs; Postgres may be behind, so the replay is held at its sequence. */
    public static Hashes compareAtRest(DataFolder folder) throws IOException {
        Hashes hashes = new Hashes();
        LedgerHash postgres = readPostgres(PostgresLogins.read(folder).projectionSource());
        try (Replay replay = new Replay(folder)) {
            replay.watch(postgres.sequence());
            replay.toEnd();
            StateHash watched = replay.watched();
            hashes.add("replay", watched == null ? replay.state() : watched);
            hashes.add(postgres);
            if (watched != null && replay.state().sequence() > watched.sequence()) {
                hashes.note = "Postgres is " + (replay.state().sequence() - watched.sequence())
                        + " records behind the journal; it reads them when the node starts.";
            }
        }
        return hashes;
    }

    private void add(String witness, StateHash state) {
        rows.add(new Row(
                witness, state.sequence(), OptionalLong.of(state.coreHash()), OptionalLong.of(state.ledgerHash())));
    }

    private void add(LedgerHash postgres) {
        rows.add(new Row("Postgres", postgres.sequence(), OptionalLong.empty(), OptionalLong.of(postgres.hash())));
    }

    /** True when all stand at one sequence and no hash differs. */
    public boolean agree() {
        return rows.stream().mapToLong(Row::sequence).distinct().count() == 1
                && same(rows.stream().map(Row::coreHash))
                && same(rows.stream().map(Row::ledgerHash));
    }

    private static boolean same(Stream<OptionalLong> values) {
        return values.flatMapToLong(value -> value.isPresent() ? LongStream.of(value.getAsLong()) : LongStream.empty())
                        .distinct()
                        .count()
                <= 1;
    }

    /** Prints a table; returns whether all agree. */
    public boolean print(PrintStream out) {
        out.println();
        TextTable table = new TextTable("stato | state", "sequence", "coreHash", "ledgerHash");
        for (Row row : rows) {
            table.row(row.witness, Long.toString(row.sequence), hex(row.coreHash), hex(row.ledgerHash));
        }
        table.print(out);
        if (!note.isEmpty()) {
            out.println(note);
        }
        return agree();
    }

    private static String hex(OptionalLong hash) {
        return hash.isPresent() ? HexFormat.of().toHexDigits(hash.getAsLong()) : "";
    }

    private static StateHash live(ApiClient api) {
        JsonObject status = api.readClock();
        return new StateHash(
                status.getLong("sequence"),
                Long.parseUnsignedLong(status.getString("core_hash"), 16),
                Long.parseUnsignedLong(status.getString("ledger_hash"), 16));
    }

    private static LedgerHash readPostgres(DataSource projection) throws IOException {
        try {
            return LedgerHashReader.read(projection);
        } catch (SQLException e) {
            throw new IOException("Postgres cannot be read: " + e.getMessage(), e);
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}

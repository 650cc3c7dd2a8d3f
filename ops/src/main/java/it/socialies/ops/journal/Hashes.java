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
import javax.sql.DataSource;

/**
 * The state's hashes as its witnesses give them: the live core, Postgres, the newest snapshot with the journal behind it, and a replay of the whole journal,
 * which each of the others is held against at its own sequence.
 */
public final class Hashes {
    private static final Duration WAIT = Duration.ofSeconds(60);
    private static final long PAUSE_MS = 100;

    private record Row(String witness, long sequence, OptionalLong coreHash, OptionalLong ledgerHash) {
        static Row of(String witness, StateHash state) {
            return new Row(
                    witness, state.sequence(), OptionalLong.of(state.coreHash()), OptionalLong.of(state.ledgerHash()));
        }

        static Row of(LedgerHash postgres) {
            return new Row("Postgres", postgres.sequence(), OptionalLong.empty(), OptionalLong.of(postgres.hash()));
        }

        /** True when the other stands at this sequence, and no hash that both have differs. */
        boolean agreesWith(StateHash other) {
            return sequence == other.sequence()
                    && (coreHash.isEmpty() || coreHash.getAsLong() == other.coreHash())
                    && (ledgerHash.isEmpty() || ledgerHash.getAsLong() == other.ledgerHash());
        }
    }

    private final List<Row> rows = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private boolean agree = true;

    private Hashes() {}

    /**
     * Compares all four. The live core goes on (its ticks write records too), so this asks until core, replay and Postgres stand at the same sequence, for
     * a bounded time.
     */
    public static Hashes compare(DataFolder folder, ApiClient api) throws IOException {
        Hashes hashes = new Hashes();
        DataSource projection = PostgresLogins.read(folder).projectionSource();
        StateHash snapshot = hashes.snapshotAndTail(folder);
        long endNs = System.nanoTime() + WAIT.toNanos();
        try (Replay replay = Replay.fromZero(folder)) {
            replay.watch(snapshot.sequence());
            while (true) {
                StateHash live = live(api);
                replay.watch(live.sequence());
                replay.toEnd();
                LedgerHash postgres = readPostgres(projection);
                boolean equalSequences =
                        replay.watched(live.sequence()) != null && postgres.sequence() == live.sequence();
                if (equalSequences || System.nanoTime() > endNs) {
                    hashes.against(replay, Row.of("core", live));
                    hashes.against(replay, Row.of(postgres));
                    hashes.againstSnapshot(replay, snapshot);
                    return hashes;
                }
                pause();
            }
        }
    }

    /** Compares while no node runs. Postgres may be behind. */
    public static Hashes compareAtRest(DataFolder folder) throws IOException {
        Hashes hashes = new Hashes();
        LedgerHash postgres = readPostgres(PostgresLogins.read(folder).projectionSource());
        StateHash snapshot = hashes.snapshotAndTail(folder);
        try (Replay replay = Replay.fromZero(folder)) {
            replay.watch(postgres.sequence());
            replay.watch(snapshot.sequence());
            replay.toEnd();
            hashes.against(replay, Row.of(postgres));
            hashes.againstSnapshot(replay, snapshot);
            long behind = replay.state().sequence() - postgres.sequence();
            if (behind > 0) {
                hashes.notes.add(
                        "Postgres is " + behind + " records behind the journal; it reads them when the node starts.");
            }
        }
        return hashes;
    }

    /** Compares what the files alone tell; a node may run or not, and Postgres is not asked. */
    public static Hashes compareFiles(DataFolder folder) throws IOException {
        Hashes hashes = new Hashes();
        StateHash snapshot = hashes.snapshotAndTail(folder);
        try (Replay replay = Replay.fromZero(folder)) {
            replay.watch(snapshot.sequence());
            replay.toEnd();
            hashes.againstSnapshot(replay, snapshot);
            if (hashes.rows.isEmpty()) {
                hashes.rows.add(Row.of("replay", replay.state()));
            }
        }
        return hashes;
    }

    /** Before the replay, and gone before it: the tables of two cores may be more than the heap. */
    private StateHash snapshotAndTail(DataFolder folder) throws IOException {
        try (Replay tail = Replay.fromSnapshot(folder)) {
            notes.addAll(tail.notes());
            if (tail.snapshotSequence() == 0) {
                return new StateHash(0, 0, 0);
            }
            tail.toEnd();
            return tail.state();
        }
    }

    private void againstSnapshot(Replay replay, StateHash snapshot) {
        if (snapshot.sequence() > 0) {
            against(replay, Row.of("snapshot + tail", snapshot));
        }
    }

    private void against(Replay replay, Row witness) {
        StateHash found = replay.watched(witness.sequence);
        StateHash replayed = found == null ? replay.state() : found;
        agree &= witness.agreesWith(replayed);
        rows.add(witness);
        Row row = Row.of("replay", replayed);
        if (!rows.contains(row)) {
            rows.add(row);
        }
    }

    /** True when no witness says anything else than the replay at the same sequence. */
    public boolean agree() {
        return agree;
    }

    /** Prints a table; returns whether all agree. */
    public boolean print(PrintStream out) {
        out.println();
        TextTable table = new TextTable("stato | state", "sequence", "coreHash", "ledgerHash");
        for (Row row : rows) {
            table.row(row.witness, Long.toString(row.sequence), hex(row.coreHash), hex(row.ledgerHash));
        }
        table.print(out);
        notes.forEach(out::println);
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

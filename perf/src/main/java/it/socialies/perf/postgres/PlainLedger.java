// SPDX-License-Identifier: EUPL-1.2
package it.socialies.perf.postgres;

import it.socialies.perf.suite.SuiteFailed;
import it.socialies.perf.town.Purchases;
import it.socialies.perf.town.TownPlan;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.HdrHistogram.Histogram;

/**
 * A ledger in a schema of its own: accounts of wallets and shops, transfers under idempotency keys, and the two functions of {@code ledger.sql}. Accounts of
 * wallets have ids from 1, those of shops follow.
 *
 * <p>Threading: the suite's thread; each client of {@link #run} has a thread and a connection of its own.
 */
final class PlainLedger {
    private static final String SCRIPT = "/postgres/ledger.sql";
    private static final int FINISHING_BATCH = 1_000;

    private final PostgresServer server;
    private final String schema;
    private final Purchases purchases;
    private final int wallets;
    private final int shops;

    private PlainLedger(PostgresServer server, String schema, Purchases purchases, TownPlan plan) {
        this.server = server;
        this.schema = schema;
        this.purchases = purchases;
        wallets = plan.wallets();
        shops = plan.merchants();
    }

    /** Creates the tables, and gives every wallet what the town gives it. */
    static PlainLedger create(PostgresServer server, String schema, Purchases purchases, TownPlan plan)
            throws SQLException, IOException {
        PlainLedger ledger = new PlainLedger(server, schema, purchases, plan);
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("DROP SCHEMA IF EXISTS " + schema + " CASCADE");
            statement.execute(script().replace("{schema}", schema));
            statement.execute("INSERT INTO account (account_id, credits) SELECT id, CASE WHEN id <= " + plan.wallets()
                    + " THEN " + plan.programmes() * plan.pocketCents() + " ELSE 0 END FROM generate_series(1, "
                    + (plan.wallets() + plan.merchants()) + ") AS id");
            statement.execute("VACUUM ANALYZE account");
        }
        return ledger;
    }

    private static String script() throws IOException {
        try (InputStream in = PlainLedger.class.getResourceAsStream(SCRIPT)) {
            if (in == null) {
                throw new IllegalStateException(SCRIPT + " is not on the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /**
     * A stretch of transfers.
     *
     * @param transfers done within it
     * @param ns its length
     */
    record Run(long transfers, long ns) {}

    /**
     * So many clients, each calling again when its answer is there.
     *
     * @param batch transfers a call; 1 calls the function for one
     * @param asSet whether even one goes through the set-based function
     * @param into takes the time of each call
     */
    Run run(int clients, int batch, boolean asSet, long ns, Histogram into) throws SQLException, SuiteFailed {
        List<LedgerClient> all = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(clients)) {
            for (int i = 0; i < clients; i++) {
                all.add(new LedgerClient(server.connect(), schema, purchases, wallets, batch, asSet));
            }
            long startNs = System.nanoTime();
            List<Future<Long>> running = all.stream()
                    .map(client -> threads.submit(() -> client.runUntil(startNs + ns)))
                    .toList();
            long transfers = 0;
            for (Future<Long> client : running) {
                transfers += client.get();
            }
            long tookNs = System.nanoTime() - startNs;
            all.forEach(client -> into.add(client.latencyNs()));
            return new Run(transfers, tookNs);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SuiteFailed("interrupted", e);
        } catch (ExecutionException e) {
            throw new SuiteFailed("a client of the ledger failed: " + e.getCause(), e);
        } finally {
            for (LedgerClient client : all) {
                client.close();
            }
        }
    }

    /** Makes the payments that are left of the round begun; returns how many rounds are whole now. */
    long finishRound() throws SQLException, SuiteFailed {
        int left = (int) Math.floorMod(-purchases.taken(), (long) purchases.length());
        while (left > 0) {
            int batch = Math.min(left, FINISHING_BATCH);
            try (LedgerClient client = new LedgerClient(server.connect(), schema, purchases, wallets, batch, true)) {
                client.once();
            }
            left -= batch;
        }
        return purchases.taken() / purchases.length();
    }

    Balances balances(TownPlan plan) throws SQLException {
        Balances balances = new Balances(wallets, shops);
        long given = plan.programmes() * plan.pocketCents();
        try (Connection connection = server.connect();
                PreparedStatement statement =
                        connection.prepareStatement("SELECT account_id, debits, credits FROM " + schema + ".account");
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                int account = row.getInt(1) - 1;
                if (account < wallets) {
                    balances.spend(account, row.getLong(2));
                    balances.spend(account, given - row.getLong(3));
                } else {
                    balances.earn(account - wallets, row.getLong(3) - row.getLong(2));
                }
            }
        }
        return balances;
    }
}

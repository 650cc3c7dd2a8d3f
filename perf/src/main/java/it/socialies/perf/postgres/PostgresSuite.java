// SPDX-License-Identifier: EUPL-1.2
package it.socialies.perf.postgres;

import it.socialies.engine.protocol.sbe.AccountKind;
import it.socialies.perf.pipeline.ClosedLoop;
import it.socialies.perf.projection.FollowingProjector;
import it.socialies.perf.result.Chart;
import it.socialies.perf.suite.Measurements;
import it.socialies.perf.suite.SuiteCommand;
import it.socialies.perf.suite.SuiteFailed;
import it.socialies.perf.suite.WorkFolder;
import it.socialies.perf.town.Purchases;
import it.socialies.perf.town.TownPlan;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.agrona.collections.Long2LongHashMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code perf/run postgres}: a ledger in plain Postgres, two ways, beside the pipeline, which must all end with the same balances. */
@Command(
        name = "postgres",
        description = "Un registro nel solo Postgres accanto al nostro motore"
                + " | A ledger in Postgres alone beside our pipeline",
        mixinStandardHelpOptions = true)
public final class PostgresSuite extends SuiteCommand {
    private static final double NS_PER_S = 1e9;
    private static final int CENTS_MAX = 10;
    private static final int HOT_SHOPS = 18;
    private static final String UNIFORM = "uniform";
    private static final String HOT = HOT_SHOPS + " hot shops";
    private static final String ONE_A_CALL = "Postgres, one a call, ";
    private static final String SET_BASED = "Postgres, set-based, ";
    private static final String PIPELINE = "pipeline, ";
    private static final String PROJECTED = "pipeline, projector following, ";
    private static final long POCKET_CENTS = 100_000_000;
    private static final int WARM_UP_S = 2;

    /** From so many outstanding on syncs are shared, and more payments are needed to measure. */
    private static final int MANY = 16;

    private static final int MANY_PAYMENTS = 200_000;
    private static final int FEW_PAYMENTS = 4_000;

    @Option(names = "--wallets", paramLabel = "N", description = "Wallets that pay (default: 100000)")
    private int wallets;

    @Option(
            names = "--clients",
            paramLabel = "N",
            split = ",",
            description = "Connections that call the function for one transfer (default: 1,8,32)")
    private List<Integer> clients = List.of();

    @Option(
            names = "--batch",
            paramLabel = "N",
            split = ",",
            description = "Transfers in a call of the set-based function (default: 1,100,1000)")
    private List<Integer> batches = List.of();

    @Option(
            names = "--batch-clients",
            paramLabel = "N",
            description = "Connections that call the set-based function (default: 4)")
    private int batchClients;

    @Option(
            names = "--outstanding",
            paramLabel = "N",
            split = ",",
            description = "Payments on their way through the pipeline at once (default: 1,64,1024)")
    private List<Integer> outstanding = List.of();

    /** Who is paid: every shop alike, or few of them all the time. */
    private record Spread(String name, int shops) {}

    @Override
    protected String title() {
        return "a ledger in plain Postgres beside the pipeline: the same payments, each durable before its answer";
    }

    @Override
    protected void measure(Measurements to) throws Exception {
        int payers = wallets > 0 ? wallets : options().size(100_000, 200);
        int roundLength = options().size(20_000, 1_000);
        clients = clients.isEmpty() ? options().isQuick() ? List.of(2) : List.of(1, 8, 32) : clients;
        batches = batches.isEmpty() ? options().isQuick() ? List.of(1, 100) : List.of(1, 100, 1_000) : batches;
        batchClients = batchClients > 0 ? batchClients : options().size(4, 2);
        outstanding = outstanding.isEmpty() ? options().isQuick() ? List.of(64) : List.of(1, 64, 1_024) : outstanding;
        to.parameter("wallets", payers)
                .parameter("paymentsInARound", roundLength)
                .chart(throughput(UNIFORM))
                .chart(throughput(HOT))
                .chart(Chart.percentiles("From the call to the durable answer"))
                .note(
                        "The same list of payments for all, again and again; at the end every wallet and every shop has the same balance in all of them.")
                .note(
                        "\"one a call\": a function that books one transfer under its key, called prepared, a transaction each. \"set-based\": a function that books as many as are handed to it, as sets.")
                .note(
                        "The pipeline checks card, PIN, category, validity and caps besides; the plain ledgers only book.")
                .note(
                        "\"projector following\": Postgres gets the pipeline's rows meanwhile; \"shown\" counts until it has the last of them.")
                .note(
                        "Closed loops; load, Postgres and engine share the machine. The same embedded Postgres with the settings of an installation serves all.");
        try (WorkFolder work = WorkFolder.create(options(), "postgres")) {
            to.parameter("fileSystem", work.fileSystem());
            PostgresServer server = PostgresServer.start(work, to);
            for (Spread spread : List.of(new Spread(UNIFORM, Math.max(1, payers / 50)), new Spread(HOT, HOT_SHOPS))) {
                TownPlan plan = new TownPlan(payers, spread.shops(), 1, POCKET_CENTS, 0, 0);
                measure(to, work, server, spread, plan, roundLength);
            }
        }
    }

    private static Chart throughput(String spread) {
        return Chart.bars("Payments a second, each durable before its answer: " + spread, "throughput")
                .ofSeries(ONE_A_CALL + spread, SET_BASED + spread, PIPELINE + spread, PROJECTED + spread);
    }

    private void measure(
            Measurements to, WorkFolder work, PostgresServer server, Spread spread, TownPlan plan, int roundLength)
            throws SQLException, IOException, SuiteFailed {
        onePerCall(to, server, spread, plan, purchases(plan, roundLength));
        setBased(to, server, spread, plan, purchases(plan, roundLength));
        pipeline(to, work, spread, plan, purchases(plan, roundLength));
        pipelineWithProjector(to, work, server, spread, plan, purchases(plan, roundLength));
    }

    private static Purchases purchases(TownPlan plan, int roundLength) {
        return new Purchases(roundLength, plan.wallets(), plan.merchants(), CENTS_MAX, 21);
    }

    private void onePerCall(Measurements to, PostgresServer server, Spread spread, TownPlan plan, Purchases purchases)
            throws SQLException, IOException, SuiteFailed {
        PlainLedger ledger = PlainLedger.create(server, "one_per_call", purchases, plan);
        for (int n : clients) {
            plainRow(to, server, ledger, ONE_A_CALL + spread.name(), count(n, "client"), n, 1, false);
        }
        mustAgree(ledger, purchases, plan, "the function for one");
    }

    private void setBased(Measurements to, PostgresServer server, Spread spread, TownPlan plan, Purchases purchases)
            throws SQLException, IOException, SuiteFailed {
        PlainLedger ledger = PlainLedger.create(server, "set_based", purchases, plan);
        for (int batch : batches) {
            String point = String.format(Locale.ROOT, "%,d a call, %s", batch, count(batchClients, "client"));
            plainRow(to, server, ledger, SET_BASED + spread.name(), point, batchClients, batch, true);
        }
        mustAgree(ledger, purchases, plan, "the set-based function");
    }

    private static void mustAgree(PlainLedger ledger, Purchases purchases, TownPlan plan, String who)
            throws SQLException, SuiteFailed {
        long rounds = ledger.finishRound();
        ledger.balances(plan).mustEqual(Balances.of(purchases, rounds, plan.wallets(), plan.merchants()), who);
    }

    private void plainRow(
            Measurements to,
            PostgresServer server,
            PlainLedger ledger,
            String series,
            String point,
            int connections,
            int batch,
            boolean asSet)
            throws SQLException, SuiteFailed {
        to.progress(series + ", " + point);
        server.checkpoint();
        ledger.run(connections, batch, asSet, seconds(options().warmUpSeconds(WARM_UP_S)), new Histogram(3));
        Histogram ns = new Histogram(3);
        PlainLedger.Run run =
                ledger.run(connections, batch, asSet, seconds(options().seconds(8)), ns);
        to.row(series, point)
                .figure("throughput", run.transfers() / (run.ns() / NS_PER_S), "payments/s")
                .latency(ns)
                .done();
    }

    private void pipeline(Measurements to, WorkFolder work, Spread spread, TownPlan plan, Purchases purchases)
            throws IOException, SuiteFailed {
        Path folder = work.path().resolve("pipeline");
        long rounds;
        long lastSequence;
        PipelineLedger ledger = PipelineLedger.create(folder, purchases, plan);
        try (ledger) {
            for (int n : outstanding) {
                String series = PIPELINE + spread.name();
                String point = outstandingPoint(n);
                to.progress(series + ", " + point);
                ledger.run(n, seconds(options().warmUpSeconds(WARM_UP_S)), new Histogram(3));
                Histogram ns = new Histogram(3);
                ClosedLoop.Burst all = ledger.run(n, seconds(options().seconds(8)), ns);
                to.row(series, point)
                        .figure("throughput", all.payments() / (all.ns() / NS_PER_S), "payments/s")
                        .latency(ns)
                        .done();
            }
            rounds = ledger.finishRound();
            lastSequence = ledger.durableSequence();
        }
        ledger.balancesOfTheJournal(lastSequence)
                .mustEqual(Balances.of(purchases, rounds, plan.wallets(), plan.merchants()), "the journal");
        work.delete(folder);
    }

    private void pipelineWithProjector(
            Measurements to, WorkFolder work, PostgresServer server, Spread spread, TownPlan plan, Purchases purchases)
            throws SQLException, IOException, SuiteFailed {
        Path folder = work.path().resolve("pipeline-projected");
        server.dropProjection();
        server.checkpoint();
        try (PipelineLedger ledger = PipelineLedger.create(folder, purchases, plan);
                FollowingProjector projector = FollowingProjector.start(folder, server.projection(), status -> {})) {
            for (int n : outstanding) {
                String series = PROJECTED + spread.name();
                String point = outstandingPoint(n);
                to.progress(series + ", " + point);
                projector.await(ledger.durableSequence());
                long payments =
                        n < MANY ? options().size(FEW_PAYMENTS, n) : options().size(MANY_PAYMENTS, n);
                Histogram ns = new Histogram(3);
                long startNs = System.nanoTime();
                long tookNs = ledger.runExactly(n, payments, ns);
                projector.await(ledger.durableSequence());
                long shownNs = System.nanoTime() - startNs;
                to.row(series, point)
                        .figure("throughput", payments / (tookNs / NS_PER_S), "payments/s")
                        .figure("shown", payments / (shownNs / NS_PER_S), "payments/s")
                        .latency(ns)
                        .done();
            }
            long rounds = ledger.finishRound();
            projector.await(ledger.durableSequence());
            Balances expected = Balances.of(purchases, rounds, plan.wallets(), plan.merchants());
            shown(server, ledger.wallets(), plan).mustEqual(expected, "the projection");
        }
        work.delete(folder);
    }

    /** What the rows of the projection say. */
    private static Balances shown(PostgresServer server, Long2LongHashMap wallets, TownPlan plan) throws SQLException {
        Balances balances = new Balances(plan.wallets(), plan.merchants());
        try (Connection connection = server.projection().getConnection();
                PreparedStatement statement = connection.prepareStatement(
                        "SELECT owner_id, kind, debits_posted, credits_posted FROM projection.account WHERE kind IN (?, ?)")) {
            statement.setShort(1, AccountKind.POCKET.value());
            statement.setShort(2, AccountKind.PAYABLE.value());
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    if (row.getShort(2) == AccountKind.POCKET.value()) {
                        balances.spend((int) wallets.get(row.getLong(1)), row.getLong(3));
                    } else {
                        balances.earn((int) row.getLong(1) - 1, row.getLong(4) - row.getLong(3));
                    }
                }
            }
        }
        return balances;
    }

    private static String outstandingPoint(int n) {
        return String.format(Locale.ROOT, "%,d outstanding", n);
    }

    private static String count(int n, String what) {
        return n + " " + what + (n == 1 ? "" : "s");
    }

    private static long seconds(int seconds) {
        return TimeUnit.SECONDS.toNanos(seconds);
    }
}

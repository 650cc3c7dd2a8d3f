// SPDX-License-Identifier: EUPL-1.2
package it.socialies.perf.pipeline;

import it.socialies.engine.journal.files.LogFiles;
import it.socialies.perf.result.Chart;
import it.socialies.perf.suite.Measurements;
import it.socialies.perf.suite.SuiteCommand;
import it.socialies.perf.suite.SuiteFailed;
import it.socialies.perf.suite.WorkFolder;
import it.socialies.perf.town.Purchases;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code perf/run pipeline}: durable payments through the engine, a closed loop of so many outstanding; beside them the disk alone, and the engine without syncs. */
@Command(
        name = "pipeline",
        description = "Pagamenti durevoli attraverso il motore, senza gateway"
                + " | Durable payments through the engine, without gateway",
        mixinStandardHelpOptions = true)
public final class PipelineSuite extends SuiteCommand {
    private static final String DURABLE = "durable payments";
    private static final String NOT_SYNCED = "without fdatasync, for comparison";

    /** Fewer than the core's table of payments takes, so that nothing is refused. */
    private static final long BURST_PAYMENTS = 1_500_000;

    private static final double NS_PER_S = 1e9;

    @Option(
            names = "--outstanding",
            paramLabel = "N",
            split = ",",
            description = "Payments on their way at once (default: 1,64,1024,8192)")
    private List<Integer> outstanding = List.of();

    @Option(names = "--wallets", paramLabel = "N", description = "Wallets of the town (default: 100000)")
    private int wallets;

    @Option(names = "--durable-only", description = "Leave the comparison without fdatasync out")
    private boolean durableOnly;

    @Override
    protected String title() {
        return "durable payments through the engine, without gateway";
    }

    @Override
    protected void measure(Measurements to) throws IOException, SuiteFailed {
        int townWallets = wallets > 0 ? wallets : options().size(100_000, 500);
        List<Integer> points = !outstanding.isEmpty()
                ? outstanding
                : options().isQuick() ? List.of(1, 64) : List.of(1, 64, 1_024, 8_192);
        if (points.stream().anyMatch(n -> n < 1 || n > MeasuredEngine.OUTSTANDING_MAX)) {
            throw new SuiteFailed("--outstanding: 1 to " + MeasuredEngine.OUTSTANDING_MAX);
        }
        to.parameter("wallets", townWallets)
                .parameter("outstanding", points)
                .chart(Chart.bars("Payments through the engine", "throughput").ofSeries(DURABLE, NOT_SYNCED))
                .chart(Chart.percentiles("From handing in a payment to its durable answer")
                        .ofSeries(DURABLE))
                .chart(Chart.percentiles("A write with its fdatasync: this disk, nothing else going on")
                        .ofSeries(DiskYardstick.SERIES))
                .note(
                        "Closed loop: each customer pays again once its answer is there. Core, commit log, journal and the load itself share the machine.")
                .note("Every payment is decided, journaled, written and fdatasync'ed before its answer counts.")
                .note(
                        "Bursts of at most " + String.format(Locale.ROOT, "%,d", BURST_PAYMENTS)
                                + " payments, between which a sandbox clock moves on until the core has closed them; the pauses are not counted.");
        try (WorkFolder folder = WorkFolder.create(options(), "pipeline")) {
            to.parameter("fileSystem", folder.fileSystem());
            DiskYardstick.measure(
                    to, folder.path().resolve("yardstick"), options().seconds(5), 4, 64, 512);
            folder.empty();
            for (int n : points) {
                measure(to, folder, DURABLE, LogFiles.REAL, n, townWallets);
            }
            if (!durableOnly) {
                for (int n : points) {
                    measure(to, folder, NOT_SYNCED, new NoSyncLogFiles(), n, townWallets);
                }
            }
        }
    }

    private void measure(Measurements to, WorkFolder folder, String series, LogFiles logFiles, int n, int townWallets)
            throws IOException, SuiteFailed {
        String point = String.format(Locale.ROOT, "%,d outstanding", n);
        to.progress(series + ", " + point);
        try (MeasuredEngine engine = MeasuredEngine.launch(folder.path(), logFiles, townWallets)) {
            ClosedLoop loop = new ClosedLoop(
                    engine.client(),
                    engine.town(),
                    engine::nowMs,
                    Purchases.anywhere(engine.town().plan()));
            pay(engine, loop, n, options().warmUpSeconds(8), new Histogram(3));
            long batchesBefore = engine.counters().batches().sum();
            Histogram ns = new Histogram(3);
            ClosedLoop.Burst all = pay(engine, loop, n, options().seconds(10), ns);
            long batches = engine.counters().batches().sum() - batchesBefore;
            to.row(series, point)
                    .figure("throughput", all.payments() / (all.ns() / NS_PER_S), "payments/s")
                    .figure("batch", (double) all.payments() / batches, "payments")
                    .latency(ns)
                    .done();
        }
        folder.empty();
    }

    /** Bursts that together last so long; the tables are emptied after each. */
    private static ClosedLoop.Burst pay(MeasuredEngine engine, ClosedLoop loop, int n, int seconds, Histogram ns)
            throws SuiteFailed {
        long payments = 0;
        long doneNs = 0;
        long wantedNs = TimeUnit.SECONDS.toNanos(seconds);
        while (doneNs < wantedNs) {
            ClosedLoop.Burst burst = loop.run(n, BURST_PAYMENTS, wantedNs - doneNs, ns);
            payments += burst.payments();
            doneNs += burst.ns();
            engine.closePayments();
        }
        return new ClosedLoop.Burst(payments, doneNs);
    }
}

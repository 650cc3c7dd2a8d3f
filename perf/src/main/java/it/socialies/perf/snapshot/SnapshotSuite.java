// SPDX-License-Identifier: EUPL-1.2
package it.socialies.perf.snapshot;

import it.socialies.engine.journal.files.LogFiles;
import it.socialies.perf.pipeline.MeasuredEngine;
import it.socialies.perf.result.Chart;
import it.socialies.perf.result.Numbers;
import it.socialies.perf.suite.Measurements;
import it.socialies.perf.suite.SuiteCommand;
import it.socialies.perf.suite.SuiteFailed;
import it.socialies.perf.suite.WorkFolder;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.HdrHistogram.Histogram;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code perf/run snapshot}: what payments feel of a snapshot taken beside them. */
@Command(
        name = "snapshot",
        description = "Pagamenti durevoli mentre si prende un'istantanea | Durable payments while a snapshot is taken",
        mixinStandardHelpOptions = true)
public final class SnapshotSuite extends SuiteCommand {
    @Option(names = "--wallets", paramLabel = "N", description = "Wallets of the town (default: 1000000)")
    private int wallets;

    @Option(names = "--rate", paramLabel = "N", description = "Payments per second (default: 1000)")
    private int rate;

    @Option(names = "--snapshots", paramLabel = "N", description = "Snapshots, one after the other (default: 3)")
    private int snapshots;

    @Override
    protected String title() {
        return "payments while snapshots are taken";
    }

    @Override
    protected void measure(Measurements to) throws Exception {
        int townWallets = wallets > 0 ? wallets : options().size(1_000_000, 200);
        int perSecond = rate > 0 ? rate : options().size(1_000, 100);
        int times = snapshots > 0 ? snapshots : options().size(3, 1);
        int quietSeconds = options().seconds(30);
        to.parameter("wallets", townWallets)
                .parameter("rate", perSecond)
                .parameter("snapshots", times)
                .note("Payments come at their rate, each made durable; its time counts from when it was due.")
                .note("Load, engine and snapshotter share this machine; the snapshotter runs as the node starts it.")
                .chart(Chart.percentiles("Latency of a payment"))
                .chart(Chart.lines("p99 of the payments of each second", "second", "p99")
                        .ofSeries(Timeline.ALONE, Timeline.BESIDE_SNAPSHOT)
                        .withLogY());
        try (WorkFolder folder = WorkFolder.create(options(), "snapshot")) {
            to.progress(Numbers.of(townWallets) + " wallets");
            try (MeasuredEngine engine = MeasuredEngine.launch(folder.path(), LogFiles.REAL, townWallets)) {
                engine.closePayments();
                // The first one replays the whole town; those that are measured go on from the one before, as in
                // service.
                to.progress("first snapshot");
                Snapshotting.run(folder.path()).addTo(to, "first");
                SteadyLoad load = SteadyLoad.start(engine, perSecond);
                try {
                    measure(to, load, folder.path(), times, quietSeconds);
                } finally {
                    load.stop();
                }
            }
        }
    }

    private void measure(Measurements to, SteadyLoad load, Path data, int times, int quietSeconds)
            throws InterruptedException, ExecutionException, SuiteFailed {
        to.progress("payments, warming up");
        new Timeline(load).watch(options().warmUpSeconds(20));
        Timeline timeline = new Timeline(load);
        to.progress("payments alone");
        Histogram before = timeline.watch(quietSeconds);
        Histogram during = new Histogram(SteadyLoad.MAX_LATENCY_NS, SteadyLoad.DIGITS);
        Histogram after = new Histogram(SteadyLoad.MAX_LATENCY_NS, SteadyLoad.DIGITS);
        for (int i = 1; i <= times; i++) {
            to.progress("payments and snapshot " + i);
            FutureTask<Snapshotting> snapshot = new FutureTask<>(() -> Snapshotting.run(data));
            Thread.ofVirtual().start(snapshot);
            during.add(timeline.watchBesideSnapshot(snapshot::isDone));
            snapshot.get().addTo(to, "under load, " + i);
            after.add(timeline.watch((double) quietSeconds / times));
        }
        row(to, "before", before);
        row(to, "during snapshots", during);
        row(to, "after snapshots", after);
        timeline.addTo(to);
        if (load.unanswered() + load.refused() > 0) {
            throw new SuiteFailed(load.refused() + " payments were refused, " + load.unanswered()
                    + " not answered in time: the rate is too high for this machine");
        }
    }

    private static void row(Measurements to, String phase, Histogram ns) {
        to.row("payments", phase)
                .latency(ns)
                .count("answered", ns.getTotalCount())
                .done();
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.perf.projection;

import it.socialies.engine.client.BlockingClient;
import it.socialies.engine.client.CommandFrame;
import it.socialies.engine.journal.files.LogFiles;
import it.socialies.engine.projection.LedgerHashReader;
import it.socialies.engine.projection.ProjectionCounters;
import it.socialies.engine.protocol.sbe.MessageHeaderDecoder;
import it.socialies.engine.protocol.sbe.PrincipalKind;
import it.socialies.engine.protocol.sbe.QueryStatusEncoder;
import it.socialies.engine.protocol.sbe.StatusViewDecoder;
import it.socialies.perf.pipeline.ClosedLoop;
import it.socialies.perf.pipeline.MeasuredEngine;
import it.socialies.perf.postgres.PostgresServer;
import it.socialies.perf.result.Chart;
import it.socialies.perf.snapshot.SteadyLoad;
import it.socialies.perf.suite.Measurements;
import it.socialies.perf.suite.SuiteCommand;
import it.socialies.perf.suite.SuiteFailed;
import it.socialies.perf.suite.WorkFolder;
import it.socialies.perf.town.Purchases;
import it.socialies.perf.town.TownPlan;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.HdrHistogram.Histogram;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code perf/run projection}: how fast Postgres catches up with a journal from its first record, and how far it is behind while payments come at a fixed rate. */
@Command(
        name = "projection",
        description = "Quanto in fretta Postgres segue il giornale | How fast Postgres follows the journal",
        mixinStandardHelpOptions = true)
public final class ProjectionSuite extends SuiteCommand {
    private static final double NS_PER_S = 1e9;
    private static final int OUTSTANDING = 1_024;
    private static final long SLICE_MS = 1_000;

    @Option(names = "--wallets", paramLabel = "N", description = "Wallets of the town (default: 100000)")
    private int wallets;

    @Option(names = "--payments", paramLabel = "N", description = "Payments in the journal (default: 500000)")
    private int payments;

    @Option(
            names = "--rates",
            paramLabel = "N",
            split = ",",
            description = "Payments a second while it follows (default: 500,2000,5000,10000)")
    private List<Integer> rates = List.of();

    /** What the core says of itself. */
    private record CoreState(long sequence, long ledgerHash) {}

    @Override
    protected String title() {
        return "how fast Postgres follows the journal";
    }

    @Override
    protected void measure(Measurements to) throws Exception {
        int town = wallets > 0 ? wallets : options().size(100_000, 200);
        int history = payments > 0 ? payments : options().size(500_000, 2_000);
        List<Integer> perSecond =
                !rates.isEmpty() ? rates : options().isQuick() ? List.of(200) : List.of(500, 2_000, 5_000, 10_000);
        to.parameter("wallets", town)
                .parameter("payments", history)
                .chart(Chart.lines("Catching up with a journal from its first record", "at", "records", "rows")
                        .ofSeries("catching up, second by second"))
                .chart(Chart.percentiles("From a payment's answer until Postgres shows it")
                        .ofSeries("following"))
                .note(
                        "The journal was written by the engine: a town through the product's own commands, then payments of random wallets at random shops.")
                .note(
                        "A record is one command's outcome; it becomes several rows: payment, hold, ledger entry, key, and the accounts it changes.")
                .note(
                        "\"following\": payments come at a fixed rate, each counted from its durable answer; payments do not wait for Postgres.")
                .note("The rows are right: their hash is that of the core.");
        try (WorkFolder work = WorkFolder.create(options(), "projection")) {
            to.parameter("fileSystem", work.fileSystem());
            PostgresServer server = PostgresServer.start(work, to);
            Path folder = work.path().resolve("data");
            catchUp(to, server, folder, writeHistory(to, folder, town, history));
            work.delete(folder);
            for (int rate : perSecond) {
                follow(to, server, folder, town, rate);
                work.delete(folder);
            }
        }
    }

    private static CoreState writeHistory(Measurements to, Path folder, int wallets, int payments)
            throws IOException, SuiteFailed, TimeoutException, InterruptedException {
        to.progress(String.format(Locale.ROOT, "writing a journal: %,d wallets, %,d payments", wallets, payments));
        TownPlan plan = TownPlan.of(wallets);
        try (MeasuredEngine engine = MeasuredEngine.launch(folder, LogFiles.REAL, plan)) {
            ClosedLoop loop = new ClosedLoop(engine.client(), engine.town(), engine::nowMs, Purchases.anywhere(plan));
            loop.run(Math.min(OUTSTANDING, payments), payments, TimeUnit.HOURS.toNanos(1), new Histogram(3));
            return askCore(engine);
        }
    }

    private static CoreState askCore(MeasuredEngine engine) throws TimeoutException, InterruptedException {
        CommandFrame frame = new CommandFrame().from(PrincipalKind.SYSTEM, 0, 0);
        frame.message(new QueryStatusEncoder());
        var reply = new BlockingClient(engine.client()).call(frame).orElseThrow();
        StatusViewDecoder view =
                new StatusViewDecoder().wrapAndApplyHeader(reply.body(), 0, new MessageHeaderDecoder());
        return new CoreState(view.lastSequence(), view.ledgerHash());
    }

    private static void catchUp(Measurements to, PostgresServer server, Path folder, CoreState core)
            throws SuiteFailed, SQLException, InterruptedException {
        to.progress(String.format(Locale.ROOT, "catching up with %,d records", core.sequence()));
        long startNs = System.nanoTime();
        try (FollowingProjector projector = FollowingProjector.start(folder, server.projection(), status -> {})) {
            ProjectionCounters counters = projector.counters();
            slices(to, projector, core.sequence(), startNs);
            projector.await(core.sequence());
            double seconds = (System.nanoTime() - startNs) / NS_PER_S;
            to.row("catching up", String.format(Locale.ROOT, "%,d records", core.sequence()))
                    .figure("records", core.sequence() / seconds, "records/s")
                    .figure("rows", counters.rows().sum() / seconds, "rows/s")
                    .figure("time", seconds, "s")
                    .figure("transactions", counters.commits().sum() / seconds, "transactions/s")
                    .done();
        }
        long found = LedgerHashReader.read(server.projection()).hash();
        if (found != core.ledgerHash()) {
            throw new SuiteFailed("the rows have another hash than the core");
        }
    }

    /** A row a second, until the last record is there. */
    private static void slices(Measurements to, FollowingProjector projector, long last, long startNs)
            throws InterruptedException {
        long records = 0;
        long rows = 0;
        long sliceNs = startNs;
        while (projector.lastSequence() < last) {
            Thread.sleep(SLICE_MS);
            long nowNs = System.nanoTime();
            double seconds = (nowNs - sliceNs) / NS_PER_S;
            long recordsNow = projector.counters().records().sum();
            long rowsNow = projector.counters().rows().sum();
            double at = (nowNs - startNs) / NS_PER_S;
            to.row("catching up, second by second", String.format(Locale.ROOT, "%.0f s", at))
                    .figure("at", at, "s")
                    .figure("records", (recordsNow - records) / seconds, "records/s")
                    .figure("rows", (rowsNow - rows) / seconds, "rows/s")
                    .done();
            records = recordsNow;
            rows = rowsNow;
            sliceNs = nowNs;
        }
    }

    private void follow(Measurements to, PostgresServer server, Path folder, int wallets, int rate)
            throws IOException, SuiteFailed, SQLException, InterruptedException {
        String point = String.format(Locale.ROOT, "%,d/s", rate);
        to.progress("following payments at " + point);
        server.dropProjection();
        server.checkpoint();
        Visibility visibility = new Visibility();
        try (MeasuredEngine engine = MeasuredEngine.launch(folder, LogFiles.REAL, wallets);
                FollowingProjector projector = FollowingProjector.start(folder, server.projection(), visibility)) {
            projector.await(engine.durableSequence());
            SteadyLoad load = SteadyLoad.start(engine, rate, visibility);
            TimeUnit.SECONDS.sleep(options().warmUpSeconds(3));
            visibility.takeLatencyNs();
            long rowsBefore = projector.counters().rows().sum();
            long recordsBefore = projector.counters().records().sum();
            long startNs = System.nanoTime();
            TimeUnit.SECONDS.sleep(options().seconds(10));
            double seconds = (System.nanoTime() - startNs) / NS_PER_S;
            long records = projector.counters().records().sum() - recordsBefore;
            long rows = projector.counters().rows().sum() - rowsBefore;
            long behind = engine.durableSequence() - projector.lastSequence();
            load.stop();
            long stoppedNs = System.nanoTime();
            projector.await(engine.durableSequence());
            to.row("following", point)
                    .figure("records", records / seconds, "records/s")
                    .figure("rows", rows / seconds, "rows/s")
                    .figure("behind at the end", (double) behind, "records")
                    .figure("drained after", (System.nanoTime() - stoppedNs) / NS_PER_S, "s")
                    .latency(visibility.takeLatencyNs())
                    .count("refused", load.refused())
                    .count("unanswered", load.unanswered())
                    .done();
        }
    }
}

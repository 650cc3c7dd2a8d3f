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
import it.socialies.perf.town.EngineDesk;
import it.socialies.perf.town.Town;
import java.io.IOException;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code perf/run restart}: how long a large installation takes to start again. */
@Command(
        name = "restart",
        description = "Riavvio di un'installazione grande, dall'ultima istantanea e dalla coda del registro"
                + " | Restart of a large installation, from the last snapshot and the tail of the journal",
        mixinStandardHelpOptions = true)
public final class RestartSuite extends SuiteCommand {
    private static final double MIB = 1 << 20;
    private static final double MS_PER_S = 1e3;

    @Option(names = "--wallets", paramLabel = "N", description = "Wallets of the town (default: 1000000)")
    private int wallets;

    @Option(names = "--tail", paramLabel = "N", description = "Payments behind the snapshot (default: 1000000)")
    private int tail;

    @Option(names = "--starts", paramLabel = "N", description = "Starts from the snapshot (default: 3)")
    private int starts;

    @Override
    protected String title() {
        return "restart of a large installation";
    }

    @Override
    protected void measure(Measurements to) throws IOException, InterruptedException, TimeoutException, SuiteFailed {
        int townWallets = wallets > 0 ? wallets : options().size(1_000_000, 200);
        int payments = tail > 0 ? tail : options().size(1_000_000, 500);
        int times = starts > 0 ? starts : options().size(3, 1);
        to.parameter("wallets", townWallets)
                .parameter("tail", payments)
                .parameter("starts", times)
                .note(
                        "Each start is a JVM of its own with the node's flags; it is ready when the engine has answered its first query.")
                .note("The files had just been written: they were in the memory of the system, not read from the disk.")
                .note(
                        "Every wallet has a card with a PIN and two pockets; the town was built by its commands a day before.")
                .chart(Chart.bars("Ready to answer, from the start of the JVM", "ready"));
        try (WorkFolder folder = WorkFolder.create(options(), "restart")) {
            to.parameter("fileSystem", folder.fileSystem());
            Status atStop = build(to, folder.path(), townWallets, payments);
            for (int i = 1; i <= times; i++) {
                start(to, folder.path(), EngineStart.FROM_SNAPSHOT, "snapshot and tail, " + i, atStop);
            }
            start(to, folder.path(), EngineStart.FROM_ZERO, "whole journal", atStop);
        }
    }

    /** Builds the town, takes the snapshot, makes the payments; returns what the core says in the end. */
    private static Status build(Measurements to, Path data, int wallets, int payments)
            throws IOException, InterruptedException, TimeoutException, SuiteFailed {
        to.progress("a town of " + Numbers.of(wallets) + " wallets");
        try (MeasuredEngine engine = MeasuredEngine.launch(data, LogFiles.REAL, wallets)) {
            // The keys of the commands that built the town leave, as they would in a day.
            engine.closePayments();
            to.progress("snapshot");
            Snapshotting.run(data).addTo(to, "first");
            to.progress(Numbers.of(payments) + " payments");
            pay(engine, payments);
            return Status.ask(engine.client());
        }
    }

    /** As fast as they become durable. */
    private static void pay(MeasuredEngine engine, int payments) {
        EngineDesk desk = new EngineDesk(engine.client(), engine::nowMs);
        Town town = engine.town();
        Town.Payer payer = new Town.Payer();
        SplittableRandom random = new SplittableRandom(payments);
        for (int i = 0; i < payments; i++) {
            int wallet = random.nextInt(town.plan().wallets());
            desk.submit(town.terminal(i), (buffer, offset) -> payer.write(buffer, offset, wallet, 1), record -> {});
        }
        desk.await();
    }

    private static void start(Measurements to, Path data, String from, String point, Status atStop)
            throws IOException, InterruptedException, SuiteFailed {
        to.progress("start: " + point);
        MeasuredProcess process = MeasuredProcess.java(EngineStart.class, data.toString(), from);
        EngineStart.Result result = EngineStart.Result.parse(process.lines());
        if (!result.status().equals(atStop)) {
            throw new SuiteFailed("after a start from " + from + " the state is " + result.status()
                    + ", but it stopped at " + atStop);
        }
        to.row("start", point)
                .figure("ready", result.readyMs() / MS_PER_S, "s")
                .figure("load", result.restoreMs() / MS_PER_S, "s")
                .figure("replay", result.replayMs() / MS_PER_S, "s")
                .figure("replayed", (double) result.replayed(), "records")
                .figure("rate", result.replayed() * MS_PER_S / Math.max(1, result.replayMs()), "records/s")
                .figure("heap", result.heapBytes() / MIB, "MiB")
                .figure("memory", process.peakBytes() / MIB, "MiB")
                .done();
    }
}

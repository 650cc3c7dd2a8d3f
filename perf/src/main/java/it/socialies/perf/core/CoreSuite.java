// SPDX-License-Identifier: EUPL-1.2
package it.socialies.perf.core;

import it.socialies.perf.result.Chart;
import it.socialies.perf.suite.Measurements;
import it.socialies.perf.suite.SuiteCommand;
import it.socialies.perf.suite.SuiteFailed;
import java.util.List;
import java.util.Locale;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code perf/run core}: the clearing core alone, by JMH, in JVMs of their own with the flags of the node. */
@Command(
        name = "core",
        description = "Il solo nucleo, con JMH | The clearing core alone, by JMH",
        mixinStandardHelpOptions = true)
public final class CoreSuite extends SuiteCommand {
    private static final String ALLOCATION = "gc.alloc.rate.norm";
    private static final double NS_PER_S = 1e9;
    private static final int ITERATION_MS = 1_000;
    private static final int QUICK_ITERATION_MS = 100;

    @Option(names = "--wallets", paramLabel = "N", description = "Wallets of the town (default: 100000)")
    private int wallets;

    @Option(
            names = "--present",
            paramLabel = "N",
            description = "Payments and keys in the tables in steady state (default: 1000000)")
    private int present;

    @Option(names = "--forks", paramLabel = "N", description = "JVMs, one after the other (default: 2; 0: in this one)")
    private int forks = -1;

    @Override
    protected String title() {
        return "commands through the clearing core alone";
    }

    @Override
    protected void measure(Measurements to) throws SuiteFailed {
        int townWallets = wallets > 0 ? wallets : options().size(100_000, 1_000);
        int tables = present > 0 ? present : options().size(1_000_000, 10_000);
        int jvms = forks >= 0 ? forks : options().size(2, 0);
        int iterationMs = options().size(ITERATION_MS, QUICK_ITERATION_MS);
        to.parameter("wallets", townWallets)
                .parameter("present", tables)
                .parameter("forks", jvms)
                .note(
                        "A row is one command, or one row of a batch: decided, applied, its record sealed; no journal, no threads.")
                .note("Random wallets and terminals; an idempotency key (UUIDv7) for each.")
                .note("\"payment\" starts each iteration with empty tables of payments and keys; the others run with "
                        + tables + " of each present, one leaving for each that comes.")
                .chart(Chart.bars("Clearing core: one command", "time"))
                .chart(Chart.bars("Clearing core: commands in a second, one thread", "throughput"));
        CoreRun run = new CoreRun(townWallets, tables, jvms, iterationMs, options());
        for (RunResult result : run.of(".*")) {
            addRow(to, result);
        }
    }

    private static void addRow(Measurements to, RunResult result) {
        Result<?> time = result.getPrimaryResult();
        Result<?> allocation = result.getSecondaryResults().get(ALLOCATION);
        var row = to.row("core", words(result.getPrimaryResult().getLabel())).figure("time", time.getScore(), "ns");
        if (!Double.isNaN(time.getScoreError())) {
            row.figure("±99.9%", time.getScoreError(), "ns");
        }
        row.figure("throughput", NS_PER_S / time.getScore(), "1/s");
        if (allocation != null) {
            row.figure("allocated", allocation.getScore(), "B");
        }
        row.done();
    }

    /** {@code paymentInSteadyState} as words. */
    private static String words(String method) {
        return String.join(" ", List.of(method.split("(?=\\p{Lu})"))).toLowerCase(Locale.ROOT);
    }
}

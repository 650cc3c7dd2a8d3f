// SPDX-License-Identifier: EUPL-1.2
package it.socialies.perf.core;

import it.socialies.engine.simulation.Sabotage;
import it.socialies.perf.result.Chart;
import it.socialies.perf.suite.Measurements;
import it.socialies.perf.suite.SuiteCommand;
import it.socialies.perf.suite.SuiteFailed;
import it.socialies.perf.suite.WorkFolder;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.openjdk.jmh.results.RunResult;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code perf/run invariants}: payments through the core as it is, and through one that is compiled without its checks of money. */
@Command(
        name = "invariants",
        description = "Il costo delle verifiche dopo ogni movimento | What checking after every posting costs",
        mixinStandardHelpOptions = true)
public final class InvariantsSuite extends SuiteCommand {
    private static final String CLASS_PATH = "java.class.path";

    @Option(names = "--rounds", paramLabel = "N", description = "Turns of both, one after the other (default: 3)")
    private int rounds;

    @Override
    protected String title() {
        return "what the invariants cost that are checked after every posting";
    }

    @Override
    protected void measure(Measurements to) throws SuiteFailed, IOException {
        int turns = rounds > 0 ? rounds : options().size(3, 1);
        CoreRun run = new CoreRun(
                options().size(100_000, 1_000),
                options().size(1_000_000, 10_000),
                1,
                options().size(1_000, 100),
                options());
        to.parameter("rounds", turns)
                .note("Each turn in JVMs of its own, first with the checks, then without; the median of the turns.")
                .note(
                        "Checked: no account below zero, holds included; debits = credits of the unit, pending and posted.")
                .chart(Chart.bars("Clearing core: one payment in steady state, with and without its checks", "time"));
        String usual = System.getProperty(CLASS_PATH);
        double[] with = new double[turns];
        double[] without = new double[turns];
        try (WorkFolder work = WorkFolder.create(options(), "invariants")) {
            Path blind = work.path();
            Sabotage.CHECKS_NOTHING.compile(Path.of(System.getProperty("ies.home"), "engine/src/main/java"), blind);
            for (int turn = 0; turn < turns; turn++) {
                with[turn] = timeNs(run);
                // JMH gives the class path of this process to its forks.
                System.setProperty(CLASS_PATH, blind + File.pathSeparator + usual);
                without[turn] = timeNs(run);
                System.setProperty(CLASS_PATH, usual);
            }
        } finally {
            System.setProperty(CLASS_PATH, usual);
        }
        double checked = median(with);
        double unchecked = median(without);
        to.row("invariants", "checked").figure("time", checked, "ns").done();
        to.row("invariants", "not checked").figure("time", unchecked, "ns").done();
        to.row("invariants", "ratio")
                .figure("checked / not checked", checked / unchecked, "")
                .done();
    }

    private static double timeNs(CoreRun run) throws SuiteFailed {
        RunResult result = run.of("paymentInSteadyState").iterator().next();
        return result.getPrimaryResult().getScore();
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}

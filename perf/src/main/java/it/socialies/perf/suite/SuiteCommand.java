// SPDX-License-Identifier: EUPL-1.2
package it.socialies.perf.suite;

import it.socialies.perf.result.Machine;
import it.socialies.perf.result.ResultFile;
import it.socialies.perf.result.ResultTable;
import it.socialies.perf.result.SuiteResult;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Spec;

/**
 * A suite: a subcommand of {@code perf/run} that measures one thing. It says what it found through {@link Measurements}; showing it, keeping it and describing
 * the machine are done here.
 *
 * <p>A new suite extends this class, has its own {@code @Option}s, names the plots it wants with {@link Measurements#chart}, and is listed in {@code Perf}. It
 * cleans up the data it made, also when it fails.
 */
public abstract class SuiteCommand implements Callable<Integer> {
    @Mixin
    private final SuiteOptions options = new SuiteOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** What the suite measures, in a few words: the headline of its part of a report. */
    protected abstract String title();

    /**
     * Measures.
     *
     * @throws SuiteFailed when it cannot, with words for the person who ran it
     * @throws Exception for what nobody expects: shown with its stack trace
     */
    protected abstract void measure(Measurements to) throws Exception;

    /** What every suite can be asked for. */
    protected final SuiteOptions options() {
        return options;
    }

    @Override
    public final Integer call() throws Exception {
        Machine machine = Machine.ofThis();
        Instant startedAt = Instant.now();
        long startedNs = System.nanoTime();
        Measurements measured = new Measurements(System.err);
        measure(measured);
        SuiteResult result = new SuiteResult(
                SuiteResult.FORMAT,
                spec.name(),
                title(),
                startedAt.truncatedTo(ChronoUnit.SECONDS).toString(),
                TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startedNs) / 1e3,
                commandLine(),
                System.getProperty("ies.commit", "unknown"),
                parameters(measured),
                machine,
                List.copyOf(measured.rows()),
                List.copyOf(measured.charts()),
                List.copyOf(measured.notes()));
        show(result, System.out);
        Path json = options.json();
        if (json != null) {
            ResultFile.write(json, result);
        }
        return 0;
    }

    private String commandLine() {
        return "perf/run "
                + String.join(" ", spec.root().commandLine().getParseResult().originalArgs());
    }

    private Map<String, String> parameters(Measurements measured) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (OptionSpec option : spec.options()) {
            Object value = option.getValue();
            if (value != null && !option.usageHelp() && !option.versionHelp()) {
                parameters.put(option.longestName().replaceFirst("^-+", ""), value.toString());
            }
        }
        parameters.putAll(measured.parameters());
        return parameters;
    }

    private static void show(SuiteResult result, PrintStream out) {
        for (ResultTable table : ResultTable.of(result)) {
            out.print(table.toText());
        }
        result.notes().forEach(note -> out.println("- " + note));
        out.flush();
    }
}

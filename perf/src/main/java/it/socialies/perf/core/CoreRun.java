// SPDX-License-Identifier: EUPL-1.2
package it.socialies.perf.core;

import it.socialies.perf.suite.SuiteFailed;
import it.socialies.perf.suite.SuiteOptions;
import java.util.Collection;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * One run of benchmarks of the core by JMH.
 *
 * @param wallets of the town
 * @param present payments and keys in the tables in steady state
 * @param forks JVMs, one after the other; 0 for this one
 * @param iterationMs milliseconds of an iteration
 */
record CoreRun(int wallets, int present, int forks, int iterationMs, SuiteOptions options) {
    /** Runs the benchmarks whose method fits a regular expression. */
    Collection<RunResult> of(String methods) throws SuiteFailed {
        if (options.isQuick()) {
            System.setProperty("jmh.ignoreLock", "true");
        }
        var jmh = new OptionsBuilder()
                .include(CoreBenchmark.class.getName() + "\\." + methods + "$")
                .param("wallets", Integer.toString(wallets))
                .param("present", Integer.toString(present))
                .forks(forks)
                .warmupIterations(options.warmUpSeconds(5))
                .warmupTime(TimeValue.milliseconds(iterationMs))
                .measurementIterations(options.seconds(10))
                .measurementTime(TimeValue.milliseconds(iterationMs))
                .addProfiler(GCProfiler.class)
                .shouldFailOnError(true)
                .build();
        try {
            return new Runner(jmh, OutputFormatFactory.createFormatInstance(System.err, VerboseMode.NORMAL)).run();
        } catch (RunnerException e) {
            throw new SuiteFailed("a benchmark failed: its own words are above", e);
        }
    }
}

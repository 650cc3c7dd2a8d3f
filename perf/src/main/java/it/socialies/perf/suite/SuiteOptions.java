// SPDX-License-Identifier: EUPL-1.2
package it.socialies.perf.suite;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that every suite has. */
public final class SuiteOptions {
    private static final int QUICK_SECONDS = 1;

    @Option(names = "--json", paramLabel = "FILE", description = "Keep the result in this file")
    private @Nullable Path json;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            description = "Measured seconds of each point; each suite has its own default")
    private @Nullable Integer seconds;

    @Option(
            names = "--warm-up",
            paramLabel = "N",
            description = "Seconds before each point that are not measured; each suite has its own default")
    private @Nullable Integer warmUpSeconds;

    @Option(
            names = "--quick",
            description = "Only shows that the suite works: smallest sizes, shortest times; figures mean nothing")
    private boolean quick;

    @Option(
            names = "--work",
            paramLabel = "DIR",
            description = "Where suites put their data, on the disk to be measured (default: perf/target/work)")
    private @Nullable Path work;

    public @Nullable Path json() {
        return json;
    }

    /** @param usual the default of the suite */
    public int seconds(int usual) {
        return chosen(seconds, usual);
    }

    /** @param usual the default of the suite */
    public int warmUpSeconds(int usual) {
        return chosen(warmUpSeconds, usual);
    }

    public boolean isQuick() {
        return quick;
    }

    /** {@code usual}, or {@code small} for a quick run. */
    public int size(int usual, int small) {
        return quick ? small : usual;
    }

    /** The folder for data of suites; it may not exist yet. */
    public Path work() {
        return work == null ? Path.of(System.getProperty("ies.home", "."), "perf", "target", "work") : work;
    }

    private int chosen(@Nullable Integer asked, int usual) {
        if (asked != null) {
            return asked;
        }
        return quick ? QUICK_SECONDS : usual;
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.simulation;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The lines of the worlds that broke no promise, kept in a file, so that a run goes on where the one before stopped. Any thread. */
final class SimulationResults {
    private static final Pattern LINE = Pattern.compile("seed (\\d+): (\\d+) commands.*");

    private final @Nullable Path file;
    private final Set<Long> done = new HashSet<>();

    private SimulationResults(@Nullable Path file) {
        this.file = file;
    }

    /**
     * Reads what is there.
     *
     * @param file one line a world; null to keep nothing
     * @param commands worlds with fewer commands do not count
     */
    static SimulationResults open(@Nullable Path file, long commands) throws IOException {
        SimulationResults results = new SimulationResults(file);
        if (file != null && Files.exists(file)) {
            for (String line : Files.readAllLines(file)) {
                Matcher matcher = LINE.matcher(line);
                if (matcher.matches() && Long.parseLong(matcher.group(2)) >= commands) {
                    results.done.add(Long.parseUnsignedLong(matcher.group(1)));
                }
            }
        }
        return results;
    }

    synchronized boolean isDone(long seed) {
        return done.contains(seed);
    }

    synchronized void add(long seed, String line) throws IOException {
        done.add(seed);
        if (file != null) {
            Files.write(
                    file,
                    (line + System.lineSeparator()).getBytes(StandardCharsets.UTF_8),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        }
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.simulation;

import it.socialies.engine.simulation.Simulation;
import it.socialies.engine.simulation.Violation;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Many worlds on a few threads, each with a Postgres of its own, until all are done, the time is over, or one broke a promise. */
public final class SimulationRun {
    /** What brings the same worlds again: an engine that is broken on purpose has a command of its own. */
    private static final String COMMAND = System.getProperty("ies.simulate.command", "ops/ies simulate");

    private final Plan plan;
    private final SimulationResults results;
    private final PrintWriter out;
    private final AtomicLong next;
    private final AtomicInteger good = new AtomicInteger();
    private final AtomicInteger bad = new AtomicInteger();
    private final long startNs = System.nanoTime();

    /**
     * What to run.
     *
     * @param firstSeed of the first world
     * @param seeds how many, one after the other
     * @param commands that the clients of a world send
     * @param threads worlds at a time
     * @param timeMax no world begins behind it; null for no end
     * @param resultsFile keeps a line for each good world, and says which are done; null for none
     */
    public record Plan(
            long firstSeed,
            long seeds,
            long commands,
            int threads,
            @Nullable Duration timeMax,
            @Nullable Path resultsFile) {}

    /** @param out hears of every world */
    public SimulationRun(Plan plan, PrintWriter out) throws IOException {
        this.plan = plan;
        this.out = out;
        results = SimulationResults.open(plan.resultsFile, plan.commands);
        next = new AtomicLong(plan.firstSeed);
    }

    /** Runs; true when no promise was broken. */
    public boolean run() throws IOException, InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(plan.threads);
        try {
            List<Future<?>> runs = new ArrayList<>();
            for (int i = 0; i < plan.threads; i++) {
                runs.add(threads.submit(() -> {
                    runWorlds();
                    return null;
                }));
            }
            for (Future<?> run : runs) {
                run.get();
            }
        } catch (ExecutionException e) {
            throw new IOException("the simulation could not run: " + e.getCause(), e.getCause());
        } finally {
            threads.shutdown();
        }
        summarise();
        return bad.get() == 0;
    }

    private void runWorlds() throws Exception {
        try (Simulation simulation = Simulation.open()) {
            for (long seed = nextSeed(); isWanted(seed); seed = nextSeed()) {
                try {
                    String line = simulation.run(seed, plan.commands);
                    results.add(seed, line);
                    good.incrementAndGet();
                    say(line);
                } catch (Violation violation) {
                    bad.incrementAndGet();
                    say("VIOLATION in the world of seed " + Long.toUnsignedString(seed) + "\n  "
                            + violation.getMessage()
                            + "\n  again: " + COMMAND + " --seed " + Long.toUnsignedString(seed) + " --commands "
                            + plan.commands);
                }
            }
        }
    }

    private boolean isWanted(long seed) {
        Duration timeMax = plan.timeMax;
        boolean isInTime = timeMax == null || System.nanoTime() - startNs < timeMax.toNanos();
        return seed - plan.firstSeed < plan.seeds && bad.get() == 0 && isInTime;
    }

    private long nextSeed() {
        long seed = next.getAndIncrement();
        while (seed - plan.firstSeed < plan.seeds && results.isDone(seed)) {
            seed = next.getAndIncrement();
        }
        return seed;
    }

    private void summarise() {
        double minutes = (System.nanoTime() - startNs) / (double) TimeUnit.MINUTES.toNanos(1);
        say(String.format(
                Locale.ROOT,
                "%d mondi, %d violazioni, %.1f semi al minuto | %d worlds, %d violations, %.1f seeds a minute",
                good.get() + bad.get(),
                bad.get(),
                (good.get() + bad.get()) / minutes,
                good.get() + bad.get(),
                bad.get(),
                (good.get() + bad.get()) / minutes));
    }

    private synchronized void say(String line) {
        out.println(line);
        out.flush();
    }
}

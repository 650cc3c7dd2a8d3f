// SPDX-License-Identifier: EUPL-1.2
package it.socialies.perf.snapshot;

import it.socialies.perf.suite.SuiteFailed;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A process of its own, watched from outside.
 *
 * @param seconds from its start to its end
 * @param peakBytes most memory it had resident; 0 where the system does not tell
 * @param lines what it said on standard output
 */
record MeasuredProcess(double seconds, long peakBytes, List<String> lines) {
    private static final int MINUTES_MAX = 30;
    private static final long LOOK_MS = 20;
    private static final double NS_PER_S = 1e9;
    private static final String PEAK = "VmHWM:";

    /** A JVM like this one: same flags, same class path. What it says on standard error is shown. */
    static MeasuredProcess java(Class<?> main, String... arguments)
            throws IOException, InterruptedException, SuiteFailed {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(arguments));
        return watch(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    /** Watches a process that has just started to its end, which must be a good one. */
    static MeasuredProcess watch(Process process) throws InterruptedException, SuiteFailed {
        long startedNs = System.nanoTime();
        List<String> lines = Collections.synchronizedList(new ArrayList<>());
        Thread listener =
                Thread.ofVirtual().start(() -> process.inputReader().lines().forEach(lines::add));
        long peakBytes = 0;
        try {
            while (!process.waitFor(LOOK_MS, TimeUnit.MILLISECONDS)) {
                peakBytes = Math.max(peakBytes, peakBytes(process));
                if (System.nanoTime() - startedNs > TimeUnit.MINUTES.toNanos(MINUTES_MAX)) {
                    throw new SuiteFailed("no end after " + MINUTES_MAX + " minutes: " + process.info());
                }
            }
        } finally {
            process.destroyForcibly();
        }
        double seconds = (System.nanoTime() - startedNs) / NS_PER_S;
        listener.join();
        if (process.exitValue() != 0) {
            throw new SuiteFailed("a process ended with code " + process.exitValue() + ": " + lines);
        }
        return new MeasuredProcess(seconds, peakBytes, List.copyOf(lines));
    }

    private static long peakBytes(Process process) {
        Path status = Path.of("/proc", Long.toString(process.pid()), "status");
        try {
            for (String line : Files.readAllLines(status)) {
                if (line.startsWith(PEAK)) {
                    return Long.parseLong(line.replaceAll("\\D", "")) << 10;
                }
            }
        } catch (IOException e) {
            // Another system, or the process has just ended.
        }
        return 0;
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.snapshot;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.NanoClock;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Starts the snapshotter when it is due, one at a time, watches it, and tells of each new snapshot, also of one taken by hand. What fails is logged and
 * counted and tried again at the next interval; payments never wait for any of it.
 *
 * <p>Threading: an agent of its own; {@link #last}, {@link #failures} and {@link #isRunning} any thread.
 */
public final class SnapshotScheduler implements Agent {
    private static final Logger LOG = LogManager.getLogger(SnapshotScheduler.class);
    private static final long LOOK_INTERVAL_NS = TimeUnit.SECONDS.toNanos(1);
    private static final int OUTPUT_BYTES_MAX = 64 << 10;
    private static final long KILL_WAIT_S = 5;

    /** Starts the process that takes one snapshot. */
    @FunctionalInterface
    public interface Launcher {
        /** Its standard output says what it did; its exit code is that of {@link SnapshotResult.Outcome}. */
        Process start() throws IOException;
    }

    private final SnapshotSchedule schedule;
    private final SnapshotFolder folder;
    private final Launcher launcher;
    private final LongSupplier journaledSequence;
    private final Consumer<SnapshotSummary> listener;
    private final NanoClock nanoClock;
    private final LongAdder failures = new LongAdder();
    private final StringBuilder output = new StringBuilder();

    private @Nullable Process process;
    private long attemptNs;
    private long waitNs;
    private long nextLookNs;
    private volatile boolean running;
    private volatile @Nullable SnapshotSummary last;

    /**
     * The first snapshot is due soon after now, since the one before may be old or missing: after the pause between two attempts. The next ones follow at
     * the interval.
     *
     * @param journaledSequence last record of the journal
     * @param listener hears of the newest snapshot at the start and of each new one, on the agent's thread
     */
    public SnapshotScheduler(
            SnapshotSchedule schedule,
            SnapshotFolder folder,
            Launcher launcher,
            LongSupplier journaledSequence,
            Consumer<SnapshotSummary> listener,
            NanoClock nanoClock) {
        this.schedule = schedule;
        this.folder = folder;
        this.launcher = launcher;
        this.journaledSequence = journaledSequence;
        this.listener = listener;
        this.nanoClock = nanoClock;
        attemptNs = nanoClock.nanoTime();
        waitNs = schedule.pause().toNanos();
        nextLookNs = attemptNs;
    }

    @Override
    public int doWork() {
        long nowNs = nanoClock.nanoTime();
        Process started = process;
        if (started != null && watch(started, nowNs)) {
            return 0;
        }
        if (nowNs - nextLookNs < 0) {
            return 0;
        }
        nextLookNs = nowNs + LOOK_INTERVAL_NS;
        int news = look();
        if (isDue(nowNs)) {
            launch(nowNs);
            return news + 1;
        }
        return news;
    }

    @Override
    public void onClose() {
        Process started = process;
        if (started == null) {
            return;
        }
        // Whatever it has written so far has no name yet.
        started.destroyForcibly();
        try {
            if (!started.waitFor(KILL_WAIT_S, TimeUnit.SECONDS)) {
                LOG.warn("the snapshotter {} does not end", started.pid());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process = null;
        running = false;
    }

    @Override
    public String roleName() {
        return "snapshots";
    }

    /** The newest snapshot; null when there is none. */
    public @Nullable SnapshotSummary last() {
        return last;
    }

    /** Attempts that gave no snapshot although one was due. */
    public LongAdder failures() {
        return failures;
    }

    /** True while a snapshotter runs. */
    public boolean isRunning() {
        return running;
    }

    private boolean isDue(long nowNs) {
        SnapshotSummary newest = last;
        long recordsBehind = journaledSequence.getAsLong() - (newest == null ? 0 : newest.sequence());
        long sinceNs = nowNs - attemptNs;
        return recordsBehind > 0
                && (sinceNs >= waitNs
                        || (recordsBehind >= schedule.recordsMax()
                                && sinceNs >= schedule.pause().toNanos()));
    }

    private void launch(long nowNs) {
        attemptNs = nowNs;
        waitNs = schedule.interval().toNanos();
        output.setLength(0);
        try {
            process = launcher.start();
            running = true;
        } catch (IOException e) {
            failures.increment();
            LOG.error("the snapshotter cannot be started", e);
        }
    }

    /** Returns true while it runs. */
    private boolean watch(Process started, long nowNs) {
        readOutput(started);
        if (started.isAlive()) {
            if (nowNs - attemptNs < schedule.timeout().toNanos()) {
                return true;
            }
            LOG.error("the snapshotter {} takes longer than {} and is killed", started.pid(), schedule.timeout());
            started.destroyForcibly();
            failures.increment();
        } else {
            readOutput(started); // what it said last
            ended(started.exitValue());
        }
        process = null;
        running = false;
        attemptNs = nowNs; // the next interval begins at the end
        nextLookNs = nowNs;
        return false;
    }

    private void ended(int exitCode) {
        List<String> lines = output.toString().lines().toList();
        if (exitCode == SnapshotResult.Outcome.WRITTEN.exitCode()
                || exitCode == SnapshotResult.Outcome.BUSY.exitCode()) {
            lines.forEach(line -> LOG.info("snapshotter: {}", line));
        } else {
            failures.increment();
            LOG.warn("the snapshotter ended with {}: {}", exitCode, String.join("; ", lines));
        }
    }

    private void readOutput(Process started) {
        try {
            InputStream stream = started.getInputStream();
            for (int available = stream.available(); available > 0; available = stream.available()) {
                String text = new String(stream.readNBytes(available), StandardCharsets.UTF_8);
                output.append(text, 0, Math.min(text.length(), OUTPUT_BYTES_MAX - output.length()));
            }
        } catch (IOException e) {
            LOG.debug("the snapshotter closed its output", e);
        }
    }

    /** Finds what is new in the folder; returns how much. */
    private int look() {
        try {
            List<Long> sequences = folder.sequences();
            SnapshotSummary known = last;
            if (sequences.isEmpty() || (known != null && known.sequence() == sequences.getFirst())) {
                return 0;
            }
            SnapshotSummary summary = folder.summary(sequences.getFirst());
            last = summary;
            listener.accept(summary);
            return 1;
        } catch (IOException e) {
            // Until the next attempt, not every second.
            nextLookNs = nanoClock.nanoTime() + schedule.pause().toNanos();
            failures.increment();
            LOG.error("the snapshots cannot be read", e);
            return 0;
        }
    }
}

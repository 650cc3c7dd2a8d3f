// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.archive;

import it.socialies.engine.journal.archive.ArchiveConfig;
import it.socialies.engine.journal.archive.Archiver;
import it.socialies.engine.journal.batch.JournalFailure;
import it.socialies.engine.journal.files.DataFolder;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Starts the archiver when a snapshot was taken and a day of the journal is old enough, one at a time, and writes what it says into the log. What
 * fails is logged, counted, and tried again after the next snapshot; nobody waits for any of it.
 *
 * <p>Threading: {@link #onSnapshot} and {@link #close} one thread; {@link #failures} any thread.
 */
public final class ArchiveScheduler implements AutoCloseable {
    private static final Logger LOG = LogManager.getLogger(ArchiveScheduler.class);

    /** Starts the process that archives. */
    @FunctionalInterface
    public interface Launcher {
        /** Its standard output says what it did; its exit code is 0 unless it failed. */
        Process start(long projectedSequence) throws IOException;
    }

    private final DataFolder folder;
    private final ArchiveConfig config;
    private final Launcher launcher;
    private final LongSupplier projectedSequence;
    private final LongAdder failures = new LongAdder();
    private @Nullable Process process;

    /** @param projectedSequence up to which Postgres has the rows */
    public ArchiveScheduler(
            DataFolder folder, ArchiveConfig config, Launcher launcher, LongSupplier projectedSequence) {
        this.folder = folder;
        this.config = config;
        this.launcher = launcher;
        this.projectedSequence = projectedSequence;
    }

    /** There is a new snapshot: perhaps a day is due. Returns whether a process was started. */
    public boolean onSnapshot() {
        Process before = process;
        if (before != null && before.isAlive()) {
            return false;
        }
        try {
            if (!Archiver.isDue(folder, config)) {
                return false;
            }
            Process started = launcher.start(projectedSequence.getAsLong());
            process = started;
            Thread reader = new Thread(() -> follow(started), "ies-archiver-log");
            reader.setDaemon(true);
            reader.start();
            return true;
        } catch (IOException | JournalFailure e) {
            failures.increment();
            LOG.error("the archiver cannot be started", e);
            return false;
        }
    }

    /** Runs that failed. */
    public LongAdder failures() {
        return failures;
    }

    private void follow(Process started) {
        try (BufferedReader output = started.inputReader()) {
            output.lines().forEach(line -> LOG.info("archiver: {}", line));
            int exitCode = started.waitFor();
            if (exitCode != 0) {
                failures.increment();
                LOG.warn("the archiver ended with {}", exitCode);
            }
        } catch (IOException | UncheckedIOException e) {
            LOG.debug("the archiver closed its output", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends a run that is under way: it can be ended at any step. */
    @Override
    public void close() {
        Process started = process;
        if (started != null) {
            started.destroyForcibly();
        }
    }
}

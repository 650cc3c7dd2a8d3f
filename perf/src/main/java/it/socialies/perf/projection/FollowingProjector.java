// SPDX-License-Identifier: EUPL-1.2
package it.socialies.perf.projection;

import it.socialies.engine.journal.files.DataFolder;
import it.socialies.engine.projection.BatchSource;
import it.socialies.engine.projection.ProjectionConfig;
import it.socialies.engine.projection.ProjectionCounters;
import it.socialies.engine.projection.ProjectionListener;
import it.socialies.engine.projection.ProjectionState;
import it.socialies.engine.projection.ProjectionStatus;
import it.socialies.engine.projection.Projector;
import it.socialies.perf.suite.SuiteFailed;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.agrona.concurrent.AgentRunner;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.SystemNanoClock;

/** A projector on a thread of its own, as the node runs it. */
public final class FollowingProjector implements AutoCloseable {
    private static final long POLL_NS = TimeUnit.MILLISECONDS.toNanos(1);

    private final Projector projector;
    private final AgentRunner runner;

    private FollowingProjector(Projector projector) {
        this.projector = projector;
        runner = new AgentRunner(
                new BackoffIdleStrategy(1, 1, TimeUnit.MICROSECONDS.toNanos(100), TimeUnit.MILLISECONDS.toNanos(5)),
                Throwable::printStackTrace,
                null,
                projector);
    }

    /**
     * Starts following the journal of a data folder.
     *
     * @param listener hears of each commit, on the projector's thread
     */
    public static FollowingProjector start(Path folder, DataSource database, ProjectionListener listener) {
        Projector projector = new Projector(
                ProjectionConfig.DEFAULT,
                database,
                () -> BatchSource.ofJournal(DataFolder.at(folder)),
                SystemNanoClock.INSTANCE);
        projector.addListener(listener);
        FollowingProjector following = new FollowingProjector(projector);
        AgentRunner.startOnThread(following.runner, work -> new Thread(work, "perf-projector"));
        return following;
    }

    public ProjectionCounters counters() {
        return projector.counters();
    }

    public long lastSequence() {
        return projector.status().lastSequence();
    }

    /** Waits until Postgres shows the record of this sequence. */
    public void await(long sequence) throws SuiteFailed {
        while (lastSequence() < sequence) {
            ProjectionStatus status = projector.status();
            if (status.state() == ProjectionState.REFUSED) {
                throw new SuiteFailed("the projection refused to go on: " + status.reason());
            }
            LockSupport.parkNanos(POLL_NS);
        }
    }

    @Override
    public void close() {
        runner.close();
    }
}

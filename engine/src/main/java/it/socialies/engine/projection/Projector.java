// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.projection;

import it.socialies.engine.journal.batch.Chain;
import it.socialies.engine.projection.ProjectionWriter.Position;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.NanoClock;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Follows the journal and keeps Postgres up to it, exactly once: rows and position change in one transaction, and only from the position
 * that was expected. It keeps nothing of its own, so after any failure it connects again, reads the position and goes on from there.
 *
 * <p>Threading: an agent for a thread of its own, because it blocks on the database. {@link #status}, {@link #counters}, {@link #retry} and the listeners may be
 * used from any thread. It never throws: what it cannot cure becomes {@link ProjectionState#REFUSED}.
 */
public final class Projector implements Agent {
    private static final Logger LOG = LogManager.getLogger(Projector.class);

    private final ProjectionConfig config;
    private final DataSource dataSource;
    private final BatchSource.Opener sourceOpener;
    private final NanoClock clock;
    private final ProjectedRows rows = new ProjectedRows();
    private final ProjectionCounters counters = new ProjectionCounters();
    private final List<ProjectionListener> listeners = new CopyOnWriteArrayList<>();

    private @Nullable BatchSource source;
    private @Nullable ProjectionWriter writer;
    private Position position = new Position(new Chain(), 0);
    private long lastCommitNs;
    private long nextAttemptNs;
    private int backoffMs;

    private volatile ProjectionStatus status = ProjectionStatus.NOT_CONNECTED;
    private volatile boolean retryRequested;

    /**
     * A projector that connects with its first work.
     *
     * @param dataSource database {@code projection}; {@link ProjectionDataSource} makes one
     * @param clock for pauses only
     */
    public Projector(
            final ProjectionConfig config,
            final DataSource dataSource,
            final BatchSource.Opener sourceOpener,
            final NanoClock clock) {
        this.config = config;
        this.dataSource = dataSource;
        this.sourceOpener = sourceOpener;
        this.clock = clock;
        this.backoffMs = config.minBackoffMs();
        this.nextAttemptNs = clock.nanoTime();
    }

    /** What it is doing and how far it is. */
    public ProjectionStatus status() {
        return status;
    }

    public ProjectionCounters counters() {
        return counters;
    }

    /** Tries once more after a refusal, whose reason was cured meanwhile. */
    public void retry() {
        retryRequested = true;
    }

    public void addListener(final ProjectionListener listener) {
        listeners.add(listener);
    }

    public void removeListener(final ProjectionListener listener) {
        listeners.remove(listener);
    }

    @Override
    public String roleName() {
        return "projector";
    }

    @Override
    public int doWork() {
        try {
            return switch (status.state()) {
                case RUNNING -> project();
                case WAITING_FOR_POSTGRES -> connectWhenDue();
                case REFUSED -> retryWhenAsked();
            };
        } catch (SQLException e) {
            onSqlFailure(e);
        } catch (RuntimeException e) {
            final SQLException sql = SqlFailure.causeOf(e);
            if (sql == null) {
                refuse(e);
            } else {
                onSqlFailure(sql);
            }
        }
        return 0;
    }

    @Override
    public void onClose() {
        disconnect();
    }

    private int retryWhenAsked() {
        if (!retryRequested) {
            return 0;
        }
        retryRequested = false;
        nextAttemptNs = clock.nanoTime();
        publish(ProjectionState.WAITING_FOR_POSTGRES, "trying again");
        return 1;
    }

    private int connectWhenDue() throws SQLException {
        if (clock.nanoTime() - nextAttemptNs < 0) {
            return 0;
        }
        disconnect();
        ProjectionSchema.migrate(dataSource);
        writer = ProjectionWriter.open(dataSource);
        source = sourceOpener.open();
        resume(writer, source);
        backoffMs = config.minBackoffMs();
        LOG.info(
                "The projection follows the journal from record {}",
                position.chain().sequence());
        return 1;
    }

    private void resume(final ProjectionWriter to, final BatchSource from) throws SQLException {
        rows.reset();
        position = to.readPosition();
        from.moveAfter(position.chain());
        publish(ProjectionState.RUNNING, "");
    }

    private int project() throws SQLException {
        final ProjectionWriter to = writer;
        final BatchSource from = source;
        if (to == null || from == null) {
            throw new IllegalStateException("running without a connection");
        }
        int work = 0;
        while (rows.records() < config.maxRecordsPerTransaction() && from.poll(rows::onBatch, 1) > 0) {
            work++;
        }
        if (rows.records() > 0 && isCommitDue()) {
            commit(to, from);
            work++;
        }
        return work;
    }

    private boolean isCommitDue() {
        return rows.records() >= config.maxRecordsPerTransaction()
                || clock.nanoTime() - lastCommitNs >= TimeUnit.MILLISECONDS.toNanos(config.commitIntervalMs());
    }

    private void commit(final ProjectionWriter to, final BatchSource from) throws SQLException {
        final Position next = new Position(from.chain().copy(), rows.lastTimestampMs());
        final long startNs = clock.nanoTime();
        final boolean moved = to.commit(position.chain().sequence(), next, rows);
        lastCommitNs = clock.nanoTime();
        if (!moved) {
            LOG.warn(
                    "Another writer has moved the projection from record {}; going on from its position",
                    position.chain().sequence());
            resume(to, from);
            return;
        }
        position = next;
        counters.commits().increment();
        counters.records().add(rows.records());
        counters.rows().add(rows.size());
        counters.commitNs().record(lastCommitNs - startNs);
        rows.reset();
        publish(ProjectionState.RUNNING, "");
    }

    private void onSqlFailure(final SQLException failure) {
        if (SqlFailure.isLasting(failure)) {
            refuse(failure);
            return;
        }
        counters.failures().increment();
        disconnect();
        final String reason = "Postgres: " + failure.getMessage();
        if (!reason.equals(status.reason())) {
            LOG.warn("The projection waits at record {}: {}", position.chain().sequence(), reason);
        }
        nextAttemptNs = clock.nanoTime() + TimeUnit.MILLISECONDS.toNanos(backoffMs);
        backoffMs = Math.min(backoffMs * 2, config.maxBackoffMs());
        publish(ProjectionState.WAITING_FOR_POSTGRES, reason);
    }

    private void refuse(final Exception failure) {
        counters.failures().increment();
        disconnect();
        LOG.error(
                "The projection refuses to go on at record {}; payments go on",
                position.chain().sequence(),
                failure);
        publish(ProjectionState.REFUSED, reasonOf(failure));
    }

    private static String reasonOf(final Exception failure) {
        final String message = failure.getMessage();
        return message == null ? failure.getClass().getSimpleName() : message;
    }

    private void disconnect() {
        rows.reset();
        if (source != null) {
            source.close();
            source = null;
        }
        if (writer != null) {
            try {
                writer.close();
            } catch (SQLException e) {
                LOG.debug("Closing a broken connection", e);
            }
            writer = null;
        }
    }

    private void publish(final ProjectionState state, final String reason) {
        final ProjectionStatus next =
                new ProjectionStatus(state, reason, position.chain().sequence(), position.timestampMs());
        status = next;
        for (final ProjectionListener listener : listeners) {
            try {
                listener.onStatus(next);
            } catch (RuntimeException e) {
                LOG.error("A listener of the projection failed", e);
            }
        }
    }
}

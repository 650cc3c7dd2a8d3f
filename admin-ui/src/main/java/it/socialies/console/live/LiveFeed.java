// SPDX-License-Identifier: EUPL-1.2
package it.socialies.console.live;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.shared.Registration;
import it.socialies.console.gateway.GatewayAway;
import it.socialies.console.gateway.GatewayClient;
import it.socialies.console.gateway.GatewayStatus;
import it.socialies.console.live.DataState.Health;
import it.socialies.console.projection.InstallationView;
import it.socialies.console.projection.Position;
import it.socialies.console.projection.ProjectionAway;
import it.socialies.console.projection.ProjectionDatabase;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Asks gateway and projection at an interval how far they are and tells every open page: one poller, however many sessions there are. It asks nothing while
 * nobody listens.
 */
public final class LiveFeed implements AutoCloseable {
    private static final Logger LOG = LogManager.getLogger(LiveFeed.class);

    /** Behind by less than this is normal work. */
    private static final long LAG_TOLERATED_MS = 5_000;

    /** A page is told at least so often. */
    private static final long BEAT_NS = TimeUnit.SECONDS.toNanos(5);

    private final GatewayClient gateway;
    private final ProjectionDatabase projection;
    private final List<Consumer<DataState>> listeners = new CopyOnWriteArrayList<>();
    private final List<Consumer<DataState>> tasks = new CopyOnWriteArrayList<>();
    private final ScheduledExecutorService poller = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("console-live").daemon().factory());
    private final LagMeter lag = new LagMeter();
    private volatile DataState state = DataState.UNKNOWN;

    public LiveFeed(GatewayClient gateway, ProjectionDatabase projection, Duration interval) {
        this.gateway = gateway;
        this.projection = projection;
        var unused = poller.scheduleWithFixedDelay(this::poll, 0, interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    /**
     * Shows what is known now, and whenever that has changed, while a component is on a page.
     *
     * @param show runs with the session locked
     */
    public void follow(Component component, Consumer<DataState> show) {
        component.addAttachListener(attached -> {
            UI ui = attached.getUI();
            Registration registration = listen(next -> {
                var unused = ui.access(() -> show.accept(next));
            });
            show.accept(state);
            attached.getSource().addDetachListener(detached -> {
                registration.remove();
                detached.unregisterListener();
            });
        });
    }

    /** Does something at each poll, on the poller's thread, after the state is known; for the whole life of the process. */
    public void alsoAtEachPoll(Consumer<DataState> task) {
        tasks.add(task);
    }

    /** Polls at once: somebody has come who waits for figures. */
    public void pollSoon() {
        poller.execute(this::poll);
    }

    private Registration listen(Consumer<DataState> listener) {
        listeners.add(listener);
        pollSoon();
        return () -> listeners.remove(listener);
    }

    private void poll() {
        if (listeners.isEmpty()) {
            state = DataState.UNKNOWN; // Whoever comes next shall not see what was true an hour ago.
            return;
        }
        try {
            DataState next = ask();
            if (!next.equals(state)) {
                state = next;
                listeners.forEach(listener -> listener.accept(next));
            }
            tasks.forEach(task -> task.accept(next));
        } catch (RuntimeException e) {
            // The schedule ends with the first exception that leaves here.
            LOG.error("the state of the data cannot be told", e);
        }
    }

    private DataState ask() {
        GatewayStatus status = status();
        Position position = position();
        boolean isSandbox = status == null ? state.isSandbox() : status.isSandbox();
        long sequence = position == null ? state.sequence() : position.sequence();
        long durable = status == null ? sequence : status.durableSequence();
        long lagMs = lag.observe(durable, sequence, System.nanoTime());
        return new DataState(
                health(status, position, lagMs),
                isSandbox,
                sequence,
                Math.max(0, durable - sequence),
                lagMs,
                System.nanoTime() / BEAT_NS);
    }

    private static Health health(@Nullable GatewayStatus status, @Nullable Position position, long lagMs) {
        if (status == null) {
            return position == null ? Health.BOTH_AWAY : Health.GATEWAY_AWAY;
        }
        if (position == null) {
            return Health.PROJECTION_AWAY;
        }
        return lagMs > LAG_TOLERATED_MS ? Health.LAGGING : Health.CURRENT;
    }

    private @Nullable GatewayStatus status() {
        try {
            return gateway.status();
        } catch (GatewayAway e) {
            LOG.debug("gateway", e);
            return null;
        }
    }

    private @Nullable Position position() {
        try {
            return projection.readAll(InstallationView::position);
        } catch (ProjectionAway e) {
            LOG.debug("projection", e);
            return null;
        }
    }

    @Override
    public void close() {
        poller.shutdownNow();
    }
}

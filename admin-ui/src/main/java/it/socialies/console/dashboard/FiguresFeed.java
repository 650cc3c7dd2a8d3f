// SPDX-License-Identifier: EUPL-1.2
package it.socialies.console.dashboard;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import it.socialies.console.live.DataState;
import it.socialies.console.live.LiveFeed;
import it.socialies.console.projection.CircuitReader;
import it.socialies.console.projection.ProjectionAway;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Tells every open dashboard how its circuit is doing: one reading a circuit, however many look, when the rows have moved and at least once a minute. Reading takes at most a
 * twentieth of the time: what is slow to read in a large circuit is read less often.
 */
public final class FiguresFeed {
    private static final Logger LOG = LogManager.getLogger(FiguresFeed.class);
    private static final int PAUSE_FACTOR = 19;
    private static final long AGE_MAX_NS = Duration.ofMinutes(1).toNanos();

    /** A circuit that somebody looks at, or has looked at. */
    private static final class Followed {
        private final CircuitReader circuit;
        private final FiguresReader reader = new FiguresReader();
        private final List<Consumer<CircuitFigures>> listeners = new CopyOnWriteArrayList<>();
        private volatile @Nullable CircuitFigures latest;
        private long sequence = -1;
        private long readNs;
        private long pauseNs;

        Followed(CircuitReader circuit) {
            this.circuit = circuit;
        }
    }

    private final Map<Integer, Followed> circuits = new ConcurrentHashMap<>();
    private final LiveFeed live;

    public FiguresFeed(LiveFeed live) {
        this.live = live;
        live.alsoAtEachPoll(this::poll);
    }

    /**
     * Shows the figures of a circuit, and whenever they have changed, while a component is on a page.
     *
     * @param circuit that of the operator
     * @param show runs with the session locked
     */
    void follow(Component page, CircuitReader circuit, Consumer<CircuitFigures> show) {
        Followed followed = circuits.computeIfAbsent(circuit.circuitId(), id -> new Followed(circuit));
        page.addAttachListener(attached -> {
            UI ui = attached.getUI();
            Consumer<CircuitFigures> listener = figures -> {
                var unused = ui.access(() -> show.accept(figures));
            };
            followed.listeners.add(listener);
            CircuitFigures known = followed.latest;
            if (known != null) {
                show.accept(known);
            }
            live.pollSoon();
            attached.getSource().addDetachListener(detached -> {
                followed.listeners.remove(listener);
                detached.unregisterListener();
            });
        });
    }

    private void poll(DataState state) {
        circuits.values().forEach(each -> read(each, state.sequence()));
    }

    private static void read(Followed followed, long sequence) {
        long nowNs = System.nanoTime();
        long ageNs = nowNs - followed.readNs;
        boolean isDue = followed.latest == null
                || ageNs > AGE_MAX_NS
                || (sequence != followed.sequence && ageNs > followed.pauseNs);
        if (followed.listeners.isEmpty() || !isDue) {
            return;
        }
        try {
            CircuitFigures figures =
                    followed.circuit.read(rows -> followed.reader.read(rows, System.currentTimeMillis()));
            followed.sequence = sequence;
            followed.readNs = System.nanoTime();
            followed.pauseNs = PAUSE_FACTOR * (followed.readNs - nowNs);
            if (!figures.equals(followed.latest)) {
                followed.latest = figures;
                followed.listeners.forEach(listener -> listener.accept(figures));
            }
        } catch (ProjectionAway e) {
            LOG.debug("figures", e);
        }
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.settlement.jobs;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/**
 * Does one step after the other as long as there is something to do, and looks again every second, so that what a node that was killed left goes on with the next. Threading: any event loop; never two steps at once.
 */
public final class Background {
    private static final Logger LOG = LogManager.getLogger(Background.class);
    private static final long TICK_MS = 1_000;

    private final Vertx vertx;
    private final String name;
    private final Supplier<Future<Boolean>> step;
    private final AtomicBoolean busy = new AtomicBoolean();
    private final AtomicBoolean wanted = new AtomicBoolean();

    /**
     * @param name of what is done, for the log
     * @param step tells whether there may be more to do at once; when it fails it is tried again later
     */
    public Background(Vertx vertx, String name, Supplier<Future<Boolean>> step) {
        this.vertx = vertx;
        this.name = name;
        this.step = step;
    }

    /** Begins. */
    public void start() {
        vertx.setPeriodic(TICK_MS, timer -> wake());
    }

    /** Looks whether there is something to do, now or as soon as what is under way has ended. */
    public void wake() {
        wanted.set(true);
        if (busy.compareAndSet(false, true)) {
            wanted.set(false);
            step.get().onComplete(done -> {
                busy.set(false);
                if (done.failed()) {
                    LOG.debug("{} wait: {}", name, done.cause().toString());
                }
                boolean isMore = done.succeeded() && done.result();
                if (isMore || wanted.get()) {
                    vertx.runOnContext(again -> wake());
                }
            });
        }
    }
}

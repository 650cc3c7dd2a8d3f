// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.lifecycle;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import java.util.function.Supplier;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/**
 * Something that is closed with its {@link Vertx}. A client, a pool or an executor of Vert.x that nobody closes is kept by a cleaner of
 * its own, and with it the whole Vert.x and all that its handlers hold, even after that was closed.
 */
public final class Owned extends VerticleBase {
    private static final Logger LOG = LogManager.getLogger(Owned.class);

    private final Supplier<Future<Void>> close;

    private Owned(Supplier<Future<Void>> close) {
        this.close = close;
    }

    /**
     * @param close called once, on an event loop, when {@code vertx} is closed; harmless when it was called before
     */
    public static void by(Vertx vertx, Supplier<Future<Void>> close) {
        vertx.deployVerticle(new Owned(close))
                .<Void>mapEmpty()
                .recover(closed -> close.get())
                .onFailure(failed -> LOG.warn("could not close what Vert.x no longer owned", failed));
    }

    @Override
    public Future<Void> stop() {
        return close.get();
    }
}

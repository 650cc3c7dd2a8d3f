// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.logs;

import io.vertx.core.internal.VertxBootstrap;
import io.vertx.core.spi.VertxServiceProvider;
import io.vertx.core.spi.context.storage.ContextLocal;

/** The place for a trace id in every context. Found as a service, because places are handed out before Vert.x starts. */
public final class TraceIdStorage implements VertxServiceProvider {
    static final ContextLocal<String> ID = ContextLocal.registerLocal(String.class);

    @Override
    public void init(VertxBootstrap bootstrap) {
        // To be loaded is all it takes.
    }
}

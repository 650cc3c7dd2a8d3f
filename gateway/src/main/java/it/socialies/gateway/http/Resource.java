// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.http;

import io.vertx.ext.web.Router;
import java.util.Set;

/** One resource of the interface. */
public interface Resource {
    /** Hangs its operations. Called once per event loop. */
    void mount(Api api);

    /** Mounts routes that go round the contract's validator because they check themselves, for speed. They come first. */
    default void mountHot(Router router, Api api) {}

    /** Operations that {@link #mountHot} takes care of. */
    default Set<String> hotOperations() {
        return Set.of();
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.scenario;

import io.vertx.core.json.JsonObject;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Waits for what happens in the background. Stateless. */
final class Polled {
    private static final long LIMIT_S = 120;
    private static final long POLL_MS = 50;

    private Polled() {}

    /** The first answer that will do. */
    static JsonObject until(Supplier<JsonObject> answer, Predicate<JsonObject> isThere) throws InterruptedException {
        long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_S);
        while (true) {
            JsonObject now = answer.get();
            if (isThere.test(now)) {
                return now;
            }
            if (System.nanoTime() > endNs) {
                throw new ScenarioFailed("Non finisce | does not end: " + now.encode());
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MS);
        }
    }
}

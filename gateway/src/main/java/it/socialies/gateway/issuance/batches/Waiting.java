// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.issuance.batches;

import io.vertx.core.Future;
import it.socialies.gateway.security.Refusal;
import it.socialies.gateway.security.RefusalCode;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for a future, on a thread that may block. Stateless. */
final class Waiting {
    private static final long TIMEOUT_S = 60;

    private Waiting() {}

    /** Its outcome; fails as it does, or after a minute with {@code OFFICE_UNAVAILABLE}. */
    static <T> T on(Future<T> future) {
        try {
            return future.toCompletionStage()
                    .toCompletableFuture()
                    .orTimeout(TIMEOUT_S, TimeUnit.SECONDS)
                    .join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            if (e.getCause() instanceof TimeoutException) {
                throw new Refusal(RefusalCode.OFFICE_UNAVAILABLE);
            }
            throw e;
        }
    }
}

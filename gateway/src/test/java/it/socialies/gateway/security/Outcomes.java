// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.vertx.core.Future;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Waits for futures in tests and reads refusals. */
public final class Outcomes {
    private static final int TIMEOUT_SECONDS = 30;

    private Outcomes() {}

    /** What the future gave. */
    public static <T> T get(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    /** How the future failed. */
    public static Throwable failure(Future<?> future) {
        try {
            future.toCompletionStage().toCompletableFuture().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            return e.getCause();
        } catch (InterruptedException | TimeoutException e) {
            throw new AssertionError(e);
        }
        throw new AssertionError("the future succeeded");
    }

    /** The refusal the future failed with. */
    public static RefusalCode refusal(Future<?> future) {
        Throwable failure = failure(future);
        assertThat(failure).isInstanceOf(Refusal.class);
        return ((Refusal) failure).code();
    }

    /** The refusal that was thrown. */
    public static RefusalCode refusal(ThrowingCallable call) {
        Throwable thrown = catchThrowable(call);
        assertThat(thrown).isInstanceOf(Refusal.class);
        return ((Refusal) thrown).code();
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.client;

import it.socialies.engine.protocol.sbe.ResultCode;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Waits for replies, for the command line and tests. Never on an event loop. Threading: as {@link EngineClient}. */
public final class BlockingClient {
    private final EngineClient client;

    public BlockingClient(EngineClient client) {
        this.client = client;
    }

    /**
     * Submits a frame and waits.
     *
     * @return the reply, or empty when the frame did not enter (busy)
     * @throws TimeoutException it entered, and the outcome is unknown: ask again with the same key
     * @throws InterruptedException while waiting; the outcome is unknown
     */
    public Optional<Reply> call(CommandFrame frame) throws TimeoutException, InterruptedException {
        Waiter waiter = new Waiter();
        if (!client.submit(frame, waiter)) {
            return Optional.empty();
        }
        try {
            return Optional.of(waiter.future.get());
        } catch (ExecutionException e) {
            TimeoutException timeout = new TimeoutException("outcome unknown");
            timeout.initCause(e.getCause());
            throw timeout;
        }
    }

    private static final class Waiter implements ReplyHandler {
        private final CompletableFuture<Reply> future = new CompletableFuture<>();

        @Override
        public void onReply(int kind, ResultCode code, long sequence, DirectBuffer body, int offset, int length) {
            byte[] copy = new byte[length];
            body.getBytes(offset, copy);
            future.complete(new Reply(kind, code, sequence, new UnsafeBuffer(copy)));
        }

        @Override
        public void onTimeout() {
            future.completeExceptionally(new TimeoutException("no reply in time"));
        }
    }
}

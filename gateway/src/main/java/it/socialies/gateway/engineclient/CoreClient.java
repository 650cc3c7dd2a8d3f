// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.engineclient;

import io.netty.util.concurrent.FastThreadLocal;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import it.socialies.engine.client.CommandFrame;
import it.socialies.engine.client.EngineClient;
import it.socialies.engine.client.ReplyHandler;
import it.socialies.engine.protocol.sbe.ResultCode;
import it.socialies.gateway.api.ProblemException;
import org.agrona.DirectBuffer;

/**
 * The event loop's way into the engine. A frame that does not enter fails with {@code busy} (503): it never executed and never will. A frame that
 * entered and got no answer in time fails with {@code outcome_unknown} (504): ask again with the same key.
 *
 * <p>Threading: any event loop; the future completes on the caller's context.
 */
public final class CoreClient {
    /** Reads a reply on the egress thread, for which every other reply waits: copy out the few values needed. */
    @FunctionalInterface
    public interface ReplyDecoder<T> {
        T decode(int kind, ResultCode code, long sequence, DirectBuffer body, int offset, int length);
    }

    /** Writes the frame; it is sent when this returns. */
    @FunctionalInterface
    public interface FrameWriter {
        void write(CommandFrame frame);
    }

    private static final FastThreadLocal<CommandFrame> FRAMES = new FastThreadLocal<>() {
        @Override
        protected CommandFrame initialValue() {
            return new CommandFrame();
        }
    };

    private final VertxInternal vertx;
    private final EngineClient engine;
    private final CommandMeter meter;

    public CoreClient(Vertx vertx, EngineClient engine, CommandMeter meter) {
        this.vertx = (VertxInternal) vertx;
        this.engine = engine;
        this.meter = meter;
    }

    /** Sends a frame; any answer of the core, refusals too, completes the future. */
    public Future<CoreReply> send(FrameWriter writer) {
        return send(writer, CoreClient::copy);
    }

    /** Sends a frame and decodes the answer on the egress thread. */
    public <T> Future<T> send(FrameWriter writer, ReplyDecoder<T> decoder) {
        CommandFrame frame = FRAMES.get();
        writer.write(frame);
        ContextInternal context = vertx.getOrCreateContext();
        Promise<T> promise = context.promise();
        int templateId = frame.templateId();
        if (!engine.submit(frame, new PromiseCompleter<>(promise, decoder, meter, templateId, System.nanoTime()))) {
            meter.notEntered(templateId);
            return context.failedFuture(new ProblemException(engine.isStorageLow() ? "storage_low" : "busy"));
        }
        return promise.future();
    }

    /** Frames entered and not yet answered. */
    public int inFlight() {
        return engine.inFlight();
    }

    private static CoreReply copy(int kind, ResultCode code, long sequence, DirectBuffer body, int offset, int length) {
        byte[] bytes = new byte[length];
        body.getBytes(offset, bytes);
        return new CoreReply(kind, code, sequence, bytes);
    }

    /** Completes a promise of the caller's context; the promise itself hops to its event loop. */
    private record PromiseCompleter<T>(
            Promise<T> promise, ReplyDecoder<T> decoder, CommandMeter meter, int templateId, long startNs)
            implements ReplyHandler {
        @Override
        public void onReply(int kind, ResultCode code, long sequence, DirectBuffer body, int offset, int length) {
            meter.answered(templateId, code, startNs);
            T reply;
            try {
                reply = decoder.decode(kind, code, sequence, body, offset, length);
            } catch (RuntimeException e) {
                promise.fail(e);
                return;
            }
            promise.complete(reply);
        }

        @Override
        public void onTimeout() {
            meter.timedOut(templateId);
            promise.fail(new ProblemException("outcome_unknown"));
        }
    }
}

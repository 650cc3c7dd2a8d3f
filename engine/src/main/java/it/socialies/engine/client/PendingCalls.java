// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.client;

import org.agrona.concurrent.ManyToManyConcurrentArrayQueue;
import org.jspecify.annotations.Nullable;

/**
 * The bounded table of frames that wait for a reply. It allocates nothing after construction.
 *
 * <p>Threading: any thread may begin a call; replies and expiry belong to the egress thread.
 */
final class PendingCalls {
    private final PendingCall[] calls;
    private final ManyToManyConcurrentArrayQueue<PendingCall> free;

    PendingCalls(int capacity) {
        calls = new PendingCall[capacity];
        free = new ManyToManyConcurrentArrayQueue<>(capacity);
        for (int slot = 0; slot < capacity; slot++) {
            calls[slot] = new PendingCall(slot);
            free.offer(calls[slot]);
        }
    }

    /** A free place, or null when as many frames are in flight as may be. */
    @Nullable
    PendingCall acquire() {
        return free.poll();
    }

    void release(PendingCall call) {
        free.offer(call);
    }

    int inFlight() {
        return calls.length - free.size();
    }

    /** Ends the call with this id and returns its handler, or null when nobody waits for it any more. */
    @Nullable
    ReplyHandler complete(long correlationId) {
        int slot = PendingCall.slotOf(correlationId);
        if (correlationId == 0 || slot >= calls.length || !calls[slot].claim(correlationId)) {
            return null;
        }
        ReplyHandler handler = calls[slot].takeHandler();
        release(calls[slot]);
        return handler;
    }

    /** Ends a call of this slot whose deadline has passed and returns its handler, or null. */
    @Nullable
    ReplyHandler expire(int slot, long nowNs) {
        PendingCall call = calls[slot];
        long id = call.correlationId();
        return id != 0 && nowNs - call.deadlineNs() >= 0 ? complete(id) : null;
    }

    /** Ends whatever call has this slot, for a client that closes. */
    @Nullable
    ReplyHandler abandon(int slot) {
        return complete(calls[slot].correlationId());
    }

    int capacity() {
        return calls.length;
    }
}

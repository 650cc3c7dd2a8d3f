// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.client;

import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * One place in the table of submitted frames. Whoever swaps its correlation id for 0 (the reply, the timeout, or a submission that found no room)
 * owns the place, and gives it back.
 */
final class PendingCall {
    /** The low bits of a correlation id: the place in the table. The bits above count its uses, so a late reply finds nobody. */
    static final int SLOT_BITS = 16;

    private final AtomicLong correlationId = new AtomicLong();
    private final int slot;
    private long uses;
    private long deadlineNs;
    private @Nullable ReplyHandler handler;

    PendingCall(int slot) {
        this.slot = slot;
    }

    static int slotOf(long correlationId) {
        return (int) (correlationId & ((1 << SLOT_BITS) - 1));
    }

    /** Called by the submitting thread, which owns the free place. */
    long begin(ReplyHandler replyHandler, long deadline) {
        handler = replyHandler;
        deadlineNs = deadline;
        long id = (++uses << SLOT_BITS) | slot;
        correlationId.setRelease(id);
        return id;
    }

    /** True for exactly one caller per use. */
    boolean claim(long id) {
        return correlationId.compareAndSet(id, 0);
    }

    /** The id in use, 0 when free. */
    long correlationId() {
        return correlationId.getAcquire();
    }

    /** Read after {@link #correlationId}; should the place be reused meanwhile, claiming the old id fails. */
    long deadlineNs() {
        return deadlineNs;
    }

    /** Called once by the owner after {@link #claim}. */
    ReplyHandler takeHandler() {
        ReplyHandler taken = handler;
        handler = null;
        if (taken == null) {
            throw new IllegalStateException("a claimed call without a handler");
        }
        return taken;
    }
}

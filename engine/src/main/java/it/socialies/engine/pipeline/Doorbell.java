// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.pipeline;

import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;
import org.agrona.concurrent.IdleStrategy;
import org.jspecify.annotations.Nullable;

/**
 * Lets an idle stage sleep long, and wakes it as soon as there is work: an installation at rest costs almost nothing, and the first payment after a
 * pause does not wait for a poll.
 *
 * <p>A stage without work spins, yields, arms its bell, looks once more, and only then sleeps; so whoever publishes work and then rings is never
 * missed. It sleeps at most {@code maxParkNs}, for what time alone makes due.
 *
 * <p>Threading: {@link #idle} the thread of the stage; {@link #ring} any thread, after publishing.
 */
final class Doorbell implements IdleStrategy {
    private static final int SPINS = 10;
    private static final int YIELDS = 20;

    private final long maxParkNs;
    private int idles;
    private volatile boolean armed;
    private volatile @Nullable Thread sleeper;

    Doorbell(long maxParkNs) {
        this.maxParkNs = maxParkNs;
    }

    /** There is work. Costs a fence while the stage is awake. */
    void ring() {
        VarHandle.fullFence(); // the work is visible before the bell is looked at
        if (armed) {
            armed = false;
            LockSupport.unpark(sleeper);
        }
    }

    @Override
    public void idle(int workCount) {
        if (workCount > 0) {
            reset();
        } else {
            idle();
        }
    }

    // Yielding is only a step on the way to sleep; nothing depends on what the scheduler makes of it.
    @Override
    @SuppressWarnings("ThreadPriorityCheck")
    public void idle() {
        if (idles < SPINS) {
            idles++;
            Thread.onSpinWait();
        } else if (idles < SPINS + YIELDS) {
            idles++;
            Thread.yield();
        } else if (!armed) {
            sleeper = Thread.currentThread();
            armed = true;
        } else {
            LockSupport.parkNanos(this, maxParkNs);
        }
    }

    @Override
    public void reset() {
        idles = 0;
        if (armed) {
            armed = false;
        }
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.simulation.disk;

import java.util.SplittableRandom;
import java.util.function.LongConsumer;

/** How often the disk fails, and when the process dies on it. Set by the world, read by the disk. One thread. */
public final class DiskFaults {
    private static final int MILLION = 1_000_000;

    private final SplittableRandom random;
    private final LongConsumer sleepMs;

    /** Of a million writes so many fail. */
    public int writeFailuresPerMillion;

    /** Of a million syncs so many fail. */
    public int syncFailuresPerMillion;

    /** Of a million syncs so many are slow. */
    public int slowSyncsPerMillion;

    /** Milliseconds that a slow sync takes at most. */
    public int slowSyncMaxMs = 1;

    /** Nothing new fits on the disk. */
    public boolean full;

    /** Operations that succeed until the process dies in one; negative for never. */
    private long stepsUntilDeath = -1;

    private long steps;
    private long failures;

    /** @param sleepMs lets simulated time pass */
    public DiskFaults(SplittableRandom random, LongConsumer sleepMs) {
        this.random = random;
        this.sleepMs = sleepMs;
    }

    /** The process dies at this operation from now on, counted from 1. */
    public void dieAfter(long operations) {
        stepsUntilDeath = operations;
    }

    /** No fault from now on. */
    public void heal() {
        writeFailuresPerMillion = 0;
        syncFailuresPerMillion = 0;
        slowSyncsPerMillion = 0;
        full = false;
        stepsUntilDeath = -1;
    }

    /** Operations until now that change something. */
    public long steps() {
        return steps;
    }

    /** Writes and syncs that failed until now. */
    public long failures() {
        return failures;
    }

    /** One operation; true when the process dies in it. */
    boolean step() {
        steps++;
        if (stepsUntilDeath > 0 && --stepsUntilDeath == 0) {
            stepsUntilDeath = -1;
            return true;
        }
        return false;
    }

    boolean failsWrite() {
        return fails(writeFailuresPerMillion);
    }

    boolean failsSync() {
        if (random.nextInt(MILLION) < slowSyncsPerMillion) {
            sleepMs.accept(random.nextInt(slowSyncMaxMs) + 1L);
        }
        return fails(syncFailuresPerMillion);
    }

    private boolean fails(int perMillion) {
        boolean fails = random.nextInt(MILLION) < perMillion;
        failures += fails ? 1 : 0;
        return fails;
    }
}

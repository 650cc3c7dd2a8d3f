// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;

/**
 * How full the ways between the stages are right now. Any thread may ask; what it asks is read where the stages keep it, so the stages do nothing
 * for it.
 */
public final class EngineGauges {
    /** A ring buffer: bytes written to it and not yet read. */
    public record Ring(String name, int capacityBytes, IntSupplier usedBytes) {}

    private final List<Ring> rings;
    private final long logCapacityBytes;
    private final LongSupplier logFreeBytes;
    private final LongSupplier logClaimedBytes;
    private final LongSupplier heldBytes;
    private final LongSupplier storageFreeBytes;
    private final long storageReserveBytes;

    EngineGauges(
            List<Ring> rings,
            long logCapacityBytes,
            LongSupplier logFreeBytes,
            LongSupplier logClaimedBytes,
            LongSupplier heldBytes,
            LongSupplier storageFreeBytes,
            long storageReserveBytes) {
        this.rings = new ArrayList<>(rings);
        this.logCapacityBytes = logCapacityBytes;
        this.logFreeBytes = logFreeBytes;
        this.logClaimedBytes = logClaimedBytes;
        this.heldBytes = heldBytes;
        this.storageFreeBytes = storageFreeBytes;
        this.storageReserveBytes = storageReserveBytes;
    }

    synchronized void add(Ring ring) {
        rings.add(ring);
    }

    /** The rings between the stages, then one with replies for each gateway connected. */
    public synchronized List<Ring> rings() {
        return List.copyOf(rings);
    }

    /** Size of the commit log. */
    public long logCapacityBytes() {
        return logCapacityBytes;
    }

    /** What the commit log can take before the journal must be forced. */
    public long logFreeBytes() {
        return logFreeBytes.getAsLong();
    }

    /** What the core has claimed in the commit log and the log has not written yet. */
    public long logClaimedBytes() {
        return logClaimedBytes.getAsLong();
    }

    /** Replies that wait for the sync under way. */
    public long heldBytes() {
        return heldBytes.getAsLong();
    }

    /** Free space of the disk under the data folder, as last looked at. */
    public long storageFreeBytes() {
        return storageFreeBytes.getAsLong();
    }

    /** Below this much free space no command with a key enters. */
    public long storageReserveBytes() {
        return storageReserveBytes;
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.snapshot;

import it.socialies.engine.core.CoreService;
import it.socialies.engine.core.collections.SnapshotExceedsLimit;
import java.io.UncheckedIOException;

/** Gives a core the state of a snapshot, and proves that it is the one the snapshot claims: every block, the digest, the hashes. Stateless. */
public final class SnapshotRestore {
    private SnapshotRestore() {}

    /**
     * Reads the whole file. A core that was given something before an exception must be thrown away.
     *
     * @param core knows nothing yet
     * @throws SnapshotUnusable when the file is not what was written, or its state contradicts itself or its header
     * @throws SnapshotExceedsLimit when the state needs more room than the core's limits give
     * @throws UncheckedIOException when the disk fails
     */
    public static void into(CoreService core, SnapshotFileReader reader) {
        try {
            core.restoreFrom(reader);
            reader.finish();
        } catch (SnapshotExceedsLimit | SnapshotUnusable | UncheckedIOException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new SnapshotUnusable("its state contradicts itself: " + e.getMessage(), e);
        }
        SnapshotHeader header = reader.header();
        if (core.lastSequence() != header.sequence()
                || core.lastTimestampMs() != header.timestampMs()
                || core.coreHash() != header.coreHash()
                || core.ledgerHash() != header.ledgerHash()) {
            throw new SnapshotUnusable("its state does not have the hashes it claims");
        }
    }
}

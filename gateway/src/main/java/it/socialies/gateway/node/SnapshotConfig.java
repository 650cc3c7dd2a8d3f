// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.node;

import it.socialies.engine.snapshot.SnapshotSchedule;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How the node takes snapshots, and what it leaves free on the disk.
 *
 * @param storageReserveBytes free space below which no money moves, and which a snapshot leaves alone
 * @param jvmFolder holds the flags of the snapshotter's JVM; null when the node does not know where the product is installed: it then takes no snapshots
 */
record SnapshotConfig(
        SnapshotSchedule schedule,
        long storageReserveBytes,
        @Nullable Path jvmFolder) {}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.torture;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Which misery is which. One thread. */
final class Miseries {
    private static final Duration NODE_STOP_MIN = Duration.ofSeconds(1);
    /** Clients wait for half a minute; a node may stand still for less than that without anybody's connection breaking. */
    private static final Duration NODE_STOP_MAX = Duration.ofSeconds(6);

    private static final Duration POSTGRES_STOP_MIN = Duration.ofSeconds(5);
    private static final Duration POSTGRES_STOP_MAX = Duration.ofSeconds(20);

    private final TorturedInstallation installation;
    private final Kills kills;
    private final DiskFaults diskFaults;
    private final @Nullable SmallDisk disk;
    private final long reserveBytes;

    /** @param disk null when there is none; its miseries are then not asked for */
    Miseries(TorturedInstallation installation, DiskFaults diskFaults, @Nullable SmallDisk disk, long reserveBytes) {
        this.installation = installation;
        this.kills = new Kills(installation);
        this.diskFaults = diskFaults;
        this.disk = disk;
        this.reserveBytes = reserveBytes;
    }

    Misery of(MiseryKind kind) {
        return switch (kind) {
            case KILL_NODE -> kills.kill(installation::node);
            case KILL_STARTING_NODE -> kills.killWhileStarting();
            case KILL_NODE_AND_POSTGRES -> kills.kill(installation::node, installation::postgres);
            case KILL_SUPERVISOR -> kills.killSupervisorAnd();
            case KILL_ALL -> kills.killSupervisorAnd(installation::node, installation::console);
            case KILL_POSTGRES -> kills.kill(installation::postgres);
            case KILL_CONSOLE -> kills.kill(installation::console);
            case KILL_SNAPSHOTTER -> kills.killWhenItAppears(installation::snapshotter);
            case STOP_NODE -> Pauses.stop(installation::node, NODE_STOP_MIN, NODE_STOP_MAX);
            case STOP_POSTGRES -> Pauses.stop(installation::postgres, POSTGRES_STOP_MIN, POSTGRES_STOP_MAX);
            case RESTART -> kills.restart();
            case LOW_STORAGE -> diskFaults.lowStorage(requireDisk(), reserveBytes);
            case FULL_DISK -> diskFaults.fullDisk(requireDisk());
            case SYNC_ERROR -> diskFaults.failing("fdatasync", "EIO");
            case WRITE_ERROR -> diskFaults.failing("pwrite64", "ENOSPC");
            case SLOW_SYNC -> diskFaults.slowSync();
        };
    }

    private SmallDisk requireDisk() {
        if (disk == null) {
            throw new IllegalStateException("no small disk");
        }
        return disk;
    }
}

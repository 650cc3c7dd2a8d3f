// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.simulation;

import it.socialies.engine.simulation.disk.SimulatedDisk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * A bit that flipped on the disk while no process ran. A start either heals it from another copy, or refuses; then somebody puts a good copy back.
 *
 * @param file where
 * @param offset byte of the file
 * @param bit of the byte
 * @param damaged what the byte is since
 */
record Rot(Path file, long offset, int bit, int damaged) {
    private static final List<String> FOLDERS =
            List.of("/data/commit-log", "/data/journal", "/data/snapshots", "/data/journal-archive");

    static @Nullable Rot draw(SimulatedDisk disk, SplittableRandom random) throws IOException {
        List<Path> files = FOLDERS.stream()
                .flatMap(folder -> disk.files(disk.path(folder)))
                .filter(file -> disk.dataBytes(file) > 0)
                .toList();
        if (files.isEmpty()) {
            return null;
        }
        Path file = files.get(random.nextInt(files.size()));
        long offset = random.nextLong(disk.dataBytes(file));
        int bit = random.nextInt(8);
        disk.flip(file, offset, bit);
        return new Rot(file, offset, bit, disk.byteAt(file, offset));
    }

    void mend(SimulatedDisk disk) throws IOException {
        if (damaged >= 0 && disk.byteAt(file, offset) == damaged) {
            disk.flip(file, offset, bit);
        }
    }
}

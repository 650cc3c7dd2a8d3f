// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.simulation.disk;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the simulated disk promises of syncs that fail; the worlds rest on it. */
class SimulatedDiskTest {
    private static final int ALWAYS = 1_000_000;

    @TempDir
    Path memory;

    @Test
    void shouldTellAFailedSyncOnceToEachHandleThatWasOpen() throws IOException {
        SplittableRandom random = new SplittableRandom(1);
        DiskFaults faults = new DiskFaults(random, ms -> {});
        SimulatedDisk disk = new SimulatedDisk(memory, random, faults);
        Path path = disk.path("/file");
        try (FileChannel writer = FileChannel.open(path, CREATE_NEW, WRITE);
                FileChannel other = FileChannel.open(path, WRITE)) {
            writer.write(ByteBuffer.allocate(4096));
            faults.syncFailuresPerMillion = ALWAYS;
            assertThatThrownBy(() -> other.force(false)).isInstanceOf(IOException.class);
            faults.heal();

            try (FileChannel later = FileChannel.open(path, WRITE)) {
                assertThatCode(() -> later.force(false)).doesNotThrowAnyException();
            }
            assertThatCode(() -> other.force(false)).as("who failed knows").doesNotThrowAnyException();
            assertThatThrownBy(() -> writer.force(false)).hasMessageContaining("another handle");
            assertThatCode(() -> writer.force(false)).as("told once").doesNotThrowAnyException();
        }
    }
}

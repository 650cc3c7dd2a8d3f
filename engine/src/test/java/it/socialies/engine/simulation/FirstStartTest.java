// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import it.socialies.engine.journal.batch.Chain;
import it.socialies.engine.journal.files.DataFolder;
import it.socialies.engine.journal.files.LogFiles;
import it.socialies.engine.journal.recovery.JournalConfig;
import it.socialies.engine.journal.recovery.Recovery;
import it.socialies.engine.journal.recovery.RecoveryResult;
import it.socialies.engine.simulation.disk.DiskFaults;
import it.socialies.engine.simulation.disk.ProcessDied;
import it.socialies.engine.simulation.disk.SimulatedDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the first start of an installation makes stays, wherever that start was killed, once a second one came to its end. */
class FirstStartTest {
    private static final JournalConfig CONFIG = new JournalConfig(1L << 20, 64 << 10, false);
    private static final int OPERATIONS_MAX = 60;

    @TempDir
    private Path memory;

    @Test
    void shouldLeaveNothingThatACutOfPowerTakes() throws Exception {
        boolean died = true;
        for (int operation = 1; died && operation <= OPERATIONS_MAX; operation++) {
            for (int seed = 0; seed < 4; seed++) {
                DiskFaults faults = new DiskFaults(new SplittableRandom(seed), ms -> {});
                SimulatedDisk disk = new SimulatedDisk(
                        Files.createTempDirectory(memory, "disk"), new SplittableRandom(seed), faults);
                faults.dieAfter(operation);
                died = !start(disk);
                disk.crash(false);
                disk.start();
                faults.heal();
                assertThat(start(disk)).isTrue();
                disk.crash(true);
                disk.start();
                assertThat(DataFolder.at(disk.path("/data")).commitLogFile())
                        .as("killed in operation %d, seed %d", operation, seed)
                        .exists();
                disk.dispose();
            }
        }
        assertThat(died)
                .as("the first start was killed in each of its operations")
                .isFalse();
    }

    /** False when the process died. */
    private static boolean start(SimulatedDisk disk) throws IOException {
        try {
            DataFolder folder = DataFolder.create(disk.path("/data"));
            RecoveryResult result = Recovery.recover(
                    folder, CONFIG, LogFiles.REAL, new Chain(), new Chain(), (buffer, offset, length) -> {});
            result.queue().close();
            result.log().close();
            return true;
        } catch (ProcessDied e) {
            return false;
        }
    }
}

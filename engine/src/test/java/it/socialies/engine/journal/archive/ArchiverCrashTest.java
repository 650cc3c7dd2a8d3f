// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.journal.archive;

import static org.assertj.core.api.Assertions.assertThat;

import it.socialies.engine.journal.batch.JournalFailure;
import it.socialies.engine.journal.files.DurableFiles;
import it.socialies.engine.journal.fixture.Installation;
import it.socialies.engine.journal.fixture.PowerCutFiles;
import it.socialies.engine.journal.queue.JournalFiles;
import it.socialies.engine.journal.reader.HistorySegment;
import it.socialies.engine.journal.reader.HistorySegments;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An archiver that is killed, or loses power, at each of its steps: nothing is lost, and the next run ends the same. */
class ArchiverCrashTest {
    private static final ArchiveConfig ONE_AT_A_TIME = new ArchiveConfig(1, 1, 0);

    @TempDir
    Path root;

    @Test
    void shouldLoseNothingWhenKilledAtAnyStep() throws IOException {
        int steps = stopAtEveryStep(new Random(), false);
        assertThat(steps).isGreaterThan(8);
    }

    @Test
    void shouldLoseNothingWhenThePowerGoesAtAnyStep() throws IOException {
        long seed = System.nanoTime();
        try {
            for (int round = 0; round < 2; round++) {
                root = Files.createTempDirectory(root, "round");
                stopAtEveryStep(new Random(seed + round), true);
            }
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError("seed " + seed, e);
        }
    }

    /** A day for each step: the run that archives it stops there. Returns the number of steps of a whole run. */
    private int stopAtEveryStep(Random random, boolean powerCut) throws IOException {
        Path trash = root.resolve("trash");
        try (Installation engine = new Installation(root.resolve("data")).start()) {
            for (int i = 0; i < 16; i++) {
                engine.log(20).forceAndRelease();
            }
            assertThat(JournalFiles.days(engine.folder.journal())).hasSizeGreaterThan(14);
            for (int stop = 0; ; stop++) {
                int archived = ArchiverTest.archived(engine).size();
                PowerCutFiles files = new PowerCutFiles(trash.resolve("step-" + stop), stop);
                boolean isWhole = run(engine, files);
                if (powerCut) {
                    files.losePower(random);
                }
                ArchiverTest.assertWhole(engine);
                if (isWhole) {
                    return files.steps();
                }
                while (ArchiverTest.archived(engine).size() <= archived || isInBoth(engine)) {
                    Archiver.run(engine.folder, ONE_AT_A_TIME, Long.MAX_VALUE, DurableFiles.REAL);
                }
                ArchiverTest.assertWhole(engine);
                assertThat(engine.folder.journalArchive()).isDirectoryNotContaining("glob:**.new");
            }
        }
    }

    /** False when it was stopped. */
    private static boolean run(Installation engine, PowerCutFiles files) {
        try {
            Archiver.run(engine.folder, ONE_AT_A_TIME, Long.MAX_VALUE, files);
            return true;
        } catch (JournalFailure stopped) {
            assertThat(stopped).hasStackTraceContaining("simulated: stopped");
            return false;
        }
    }

    private static boolean isInBoth(Installation engine) {
        long archived = HistorySegments.list(engine.folder).stream()
                .filter(HistorySegment::archived)
                .mapToLong(HistorySegment::lastSequence)
                .max()
                .orElse(0);
        return HistorySegments.list(engine.folder).stream()
                .anyMatch(segment -> !segment.archived() && segment.firstSequence() <= archived);
    }
}

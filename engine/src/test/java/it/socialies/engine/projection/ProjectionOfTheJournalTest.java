// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.projection;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import it.socialies.engine.journal.batch.Chain;
import it.socialies.engine.journal.commitlog.CommitLog;
import it.socialies.engine.journal.files.DataFolder;
import it.socialies.engine.journal.files.LogFiles;
import it.socialies.engine.journal.queue.JournalQueue;
import it.socialies.engine.journal.recovery.JournalConfig;
import it.socialies.engine.journal.recovery.Recovery;
import it.socialies.engine.journal.recovery.RecoveryResult;
import java.nio.file.Path;
import javax.sql.DataSource;
import org.agrona.concurrent.SystemNanoClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The projector behind a true journal on the disk. */
class ProjectionOfTheJournalTest {
    private static final JournalConfig JOURNAL = new JournalConfig(1L << 20, 64 * 1024, false);

    @TempDir
    private Path root;

    @Test
    void shouldFollowTheJournalOnTheDiskFromWhereItStopped() throws Exception {
        final DataFolder folder = DataFolder.create(root);
        final RecoveryResult engine =
                Recovery.recover(folder, JOURNAL, LogFiles.REAL, new Chain(), (buffer, offset, length) -> {});
        final TownScript town = new TownScript(11);
        final FakeJournal batches = new FakeJournal();
        batches.append(town.take());
        final BatchSource written = batches.reader();
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start();
                CommitLog log = engine.log();
                JournalQueue queue = engine.queue()) {
            assertThat(log.chain().sequence()).isZero();
            for (int round = 0; round < 3; round++) {
                for (int i = 0; i < 5; i++) {
                    batches.append(town.happen(30));
                }
                written.poll(queue::append, Integer.MAX_VALUE);
                follow(folder, postgres.getPostgresDatabase(), batches.lastSequence());
                assertThat(LedgerHashReader.read(postgres.getPostgresDatabase()))
                        .isEqualTo(new LedgerHashReader.LedgerHash(batches.lastSequence(), town.model.ledgerHash()));
            }
        }
    }

    private static void follow(final DataFolder folder, final DataSource database, final long lastSequence) {
        final Projector projector = new Projector(
                new ProjectionConfig(100, 0, 1, 10),
                database,
                () -> BatchSource.ofJournal(folder),
                SystemNanoClock.INSTANCE);
        projector.doWork();
        while (projector.doWork() > 0) {
            assertThat(projector.status().state()).isEqualTo(ProjectionState.RUNNING);
        }
        assertThat(projector.status().lastSequence()).isEqualTo(lastSequence);
        projector.onClose();
    }
}

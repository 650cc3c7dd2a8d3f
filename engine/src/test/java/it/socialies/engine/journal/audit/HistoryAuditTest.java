// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.journal.audit;

import static org.assertj.core.api.Assertions.assertThat;

import it.socialies.engine.journal.examination.HistoryFault;
import it.socialies.engine.journal.examination.HistoryFault.Kind;
import it.socialies.engine.journal.fixture.Installation;
import it.socialies.engine.journal.queue.JournalFiles;
import it.socialies.engine.journal.recovery.JournalConfig;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** An audit of a history that nobody changed. */
class HistoryAuditTest extends AuditedTown {
    @Test
    void shouldFindNothingWhereNothingIs() throws IOException {
        assertThat(audit().faults()).isEmpty();
        new Installation(root).start().close();
        HistoryReport report = audit();
        assertThat(report.faults()).isEmpty();
        assertThat(report.end().sequence()).isZero();
    }

    @Test
    void shouldFindNothingInAnyStateThatAnEngineLeaves() throws IOException {
        try (Installation engine = new Installation(root).start()) {
            for (int i = 0; i < 12; i++) {
                engine.log(50).forceAndRelease().log(3).kill();
                HistoryReport killed = audit();
                assertThat(killed.faults()).as("round %d", i).isEmpty();
                assertThat(killed.start().takenOver()).isPositive();
                engine.start();
                assertThat(killed.end()).isEqualTo(engine.state.chain());
                engine.state.log().writeMark(true);
                HistoryReport stopped = audit();
                assertThat(stopped.faults()).as("round %d", i).isEmpty();
                assertThat(stopped.start().takenOver()).isZero();
                assertThat(stopped.start().cleanStop()).isTrue();
                assertThat(stopped.end()).isEqualTo(engine.state.chain());
            }
            assertThat(engine.state.nextLogPosition()).isGreaterThan(2L << 20);
        }
    }

    @Test
    void shouldFindNothingBehindALogThatWasCreatedAnew() throws IOException {
        try (Installation engine = new Installation(root).start().log(30).forceAndRelease()) {
            engine.kill();
            Files.delete(engine.folder.commitLogFile());
            assertThat(audit().faults())
                    .singleElement()
                    .extracting(HistoryFault::kind)
                    .isEqualTo(Kind.LOG_UNUSABLE);
            engine.start(new JournalConfig(1L << 20, 64 * 1024, true)).log(20).forceAndRelease();
            assertThat(audit().faults()).isEmpty();
        }
    }

    @Test
    void shouldReadABackupWithoutChroniclesMetadata() throws IOException {
        Installation engine = town();
        Files.delete(JournalFiles.metadata(engine.folder.journal()));
        HistoryReport report = audit();
        assertThat(report.faults()).isEmpty();
        assertThat(report.end().sequence()).isEqualTo(engine.lastSequence());
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.journal.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import it.socialies.engine.journal.batch.JournalDamaged;
import it.socialies.engine.journal.files.DataFolder;
import it.socialies.engine.journal.fixture.Installation;
import it.socialies.engine.journal.fixture.Tampering;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A history with some days and a log that has wrapped, and what an audit and a start say of it. */
abstract class AuditedTown {
    @TempDir
    Path temp;

    Path root;

    @BeforeEach
    void name() {
        root = temp.resolve("data");
    }

    /** A stopped installation whose log has wrapped, with some days in its journal. */
    final Installation town() throws IOException {
        Installation engine = new Installation(root).start();
        for (int i = 0; i < 8; i++) {
            engine.log(50).forceAndRelease();
        }
        engine.state.log().writeMark(true);
        return engine.kill();
    }

    final HistoryReport audit() throws IOException {
        return HistoryAudit.run(DataFolder.at(root), (buffer, offset, length, chain) -> {});
    }

    static void assertEndsAt(HistoryReport report, long sequence, Installation engine) {
        long expected = report.start().rewritesJournal() ? engine.lastSequence() : sequence;
        assertThat(report.end().sequence()).isEqualTo(expected);
    }

    /** A real start on a copy does what the audit foretold. */
    final void assertStartAgrees() throws IOException {
        HistoryReport report = audit();
        Path copy = temp.resolve("copy");
        Tampering.copyFolder(root, copy);
        String refusal = report.start().refusal();
        Installation engine = new Installation(copy);
        if (refusal != null) {
            assertThatThrownBy(engine::start)
                    .isInstanceOfSatisfying(
                            JournalDamaged.class,
                            damage -> assertThat(refusal).contains("record " + damage.sequence()));
            return;
        }
        engine.start();
        assertThat(engine.state.chain()).isEqualTo(report.end());
        String told = engine.state.report().toString();
        assertThat(told.contains("torn tail")).as(told).isEqualTo(report.start().tornPosition() >= 0);
        assertThat(told.contains("journal-damaged"))
                .as(told)
                .isEqualTo(report.start().rewritesJournal());
        assertThat(told.contains("taken over"))
                .as(told)
                .isEqualTo(report.start().takenOver() > 0);
        engine.kill();
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.journal.audit;

import static org.assertj.core.api.Assertions.assertThat;

import it.socialies.engine.journal.archive.ArchiveConfig;
import it.socialies.engine.journal.archive.ArchiveFolder;
import it.socialies.engine.journal.archive.ArchiveName;
import it.socialies.engine.journal.archive.Archiver;
import it.socialies.engine.journal.examination.HistoryFault;
import it.socialies.engine.journal.examination.HistoryFault.Kind;
import it.socialies.engine.journal.files.DurableFiles;
import it.socialies.engine.journal.fixture.Installation;
import it.socialies.engine.journal.fixture.Tampering;
import it.socialies.engine.journal.fixture.Tampering.Placed;
import it.socialies.engine.journal.queue.JournalFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What an audit says of an archive that somebody changed, and that a start of the engine agrees. */
class ArchiveAuditTest extends AuditedTown {
    @Test
    void shouldReadArchiveAndJournalAsOneHistory() throws IOException {
        Installation engine = town();
        HistoryReport before = audit();
        archive(engine);
        HistoryReport after = audit();
        assertThat(after.faults()).isEmpty();
        assertThat(after.end()).isEqualTo(before.end());
        assertThat(after.batches()).isEqualTo(before.batches());
        assertStartAgrees();
    }

    @Test
    void shouldNameEveryDamagedFileOfTheArchive() throws IOException {
        Installation engine = town();
        List<ArchiveName> files = archive(engine);
        ArchiveName one = files.get(1);
        ArchiveName other = files.get(4);
        Tampering.flip(one.path(), Files.size(one.path()) / 2);
        Tampering.cut(other.path(), Files.size(other.path()) - 10);
        List<HistoryFault> faults = audit().faults();
        assertThat(faults)
                .hasSize(2)
                .allSatisfy(fault -> assertThat(fault.kind()).isEqualTo(Kind.ARCHIVE));
        assertThat(faults.get(0).file()).endsWith(one.path().getFileName().toString());
        assertThat(faults.get(0).firstSequence()).isBetween(one.firstSequence(), one.lastSequence());
        assertThat(faults.get(1).file()).endsWith(other.path().getFileName().toString());
        assertThat(faults.get(1).firstSequence()).isBetween(other.firstSequence(), other.lastSequence());
        assertThat(audit().end().sequence()).isLessThan(one.lastSequence());
        assertStartAgrees();
    }

    @Test
    void shouldSeeAMissingFileOfTheArchive() throws IOException {
        Installation engine = town();
        ArchiveName gone = archive(engine).get(2);
        Files.delete(gone.path());
        assertThat(audit().faults()).singleElement().satisfies(fault -> {
            assertThat(fault.kind()).isEqualTo(Kind.ARCHIVE);
            assertThat(fault.firstSequence()).isEqualTo(gone.firstSequence());
            assertThat(fault.detail()).contains("to " + gone.lastSequence());
        });
        assertStartAgrees();
    }

    @Test
    void shouldReadBehindTheArchiveWhenTheJournalWasCut() throws IOException {
        Installation engine = town();
        archive(engine);
        Path day = JournalFiles.days(engine.folder.journal()).getFirst();
        List<Placed> batches = Tampering.batches(engine.folder.journal());
        Tampering.cut(day, batches.get(3).offset() + 10);
        HistoryReport report = audit();
        assertThat(report.faults().getFirst().firstSequence())
                .isEqualTo(batches.get(3).firstSequence());
        assertStartAgrees();
    }

    private List<ArchiveName> archive(Installation engine) {
        Archiver.run(engine.folder, new ArchiveConfig(1, 1_000, 0), Long.MAX_VALUE, DurableFiles.REAL);
        List<ArchiveName> files = new ArchiveFolder(engine.folder.journalArchive()).files();
        assertThat(files).hasSizeGreaterThan(5);
        return files;
    }
}

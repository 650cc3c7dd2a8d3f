// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.corpus;

import it.socialies.engine.journal.archive.ArchiveConfig;
import it.socialies.engine.journal.archive.Archiver;
import it.socialies.engine.journal.files.DurableFiles;
import it.socialies.engine.journal.reader.JournalTailer;
import it.socialies.engine.snapshot.SnapshotFiles;
import it.socialies.engine.snapshot.SnapshotResult;
import it.socialies.engine.snapshot.SnapshotSettings;
import it.socialies.engine.snapshot.SnapshotTaker;
import it.socialies.engine.snapshot.TownHistory;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Properties;
import org.agrona.concurrent.SystemNanoClock;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Writes today's formats into the corpus: {@code mvn -pl engine -am test -Dtest=CorpusWriter -Dsurefire.failIfNoSpecifiedTests=false -Dies.corpus.write=NAME}. When: {@code ops/docs/format.md}.
 */
@EnabledIfSystemProperty(named = "ies.corpus.write", matches = "[0-9a-z-]+")
class CorpusWriter {
    @TempDir
    private Path temp;

    /** A town over some days: the older ones in the archive, a snapshot, and records behind it. */
    @Test
    void write() throws IOException {
        TownHistory history = new TownHistory(temp.resolve("data"));
        for (int day = 0; day < 4; day++) {
            history.happen(3).write();
            history.core.pass(Duration.ofDays(1));
            history.core.tickUntilQuiet();
        }
        SnapshotResult snapshot = new SnapshotTaker(
                        history.folder,
                        SnapshotFiles.REAL,
                        new SnapshotSettings(0, 60_000),
                        TownHistory::newCore,
                        SystemNanoClock.INSTANCE)
                .take();
        Archiver.run(history.folder, new ArchiveConfig(1, 1_000, 0), snapshot.sequence(), DurableFiles.REAL);
        history.happen(1).write();

        Properties figures = new Properties();
        figures.setProperty("sequence", Long.toString(history.sequence()));
        figures.setProperty("snapshot", Long.toString(snapshot.sequence()));
        figures.setProperty("time_ms", Long.toString(history.core.core().lastTimestampMs()));
        figures.setProperty(
                "core_hash", HexFormat.of().toHexDigits(history.core.core().coreHash()));
        figures.setProperty(
                "ledger_hash", HexFormat.of().toHexDigits(history.core.core().ledgerHash()));
        try (JournalTailer tailer = JournalTailer.open(history.folder)) {
            while (tailer.poll((buffer, offset, length) -> {}, 64) > 0) {
                // To the end.
            }
            Assertions.assertThat(tailer.chain().sequence()).isEqualTo(history.sequence());
            figures.setProperty("chain", HexFormat.of().formatHex(tailer.chain().hash()));
        }
        CorpusEntry.named(System.getProperty("ies.corpus.write")).pack(history.folder.root(), figures);
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import it.socialies.engine.core.CoreService;
import it.socialies.engine.journal.audit.HistoryAudit;
import it.socialies.engine.journal.audit.HistoryReport;
import it.socialies.engine.journal.files.DataFolder;
import it.socialies.engine.pipeline.ClearingEngine;
import it.socialies.engine.pipeline.EngineConfig;
import it.socialies.engine.pipeline.EngineEnvironment;
import it.socialies.engine.pipeline.StartReport;
import it.socialies.engine.snapshot.TownHistory;
import it.socialies.verifier.Verifier;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What was written once can be read for ever: every folder of the corpus, by today's engine, audit and verifier. */
class CorpusTest {
    @TempDir
    private Path temp;

    static Stream<CorpusEntry> everyEntry() {
        return CorpusEntry.all().stream();
    }

    @Test
    void shouldHoldTheFirstFormat() {
        assertThat(CorpusEntry.all()).extracting(CorpusEntry::name).contains("1");
    }

    @ParameterizedTest
    @MethodSource("everyEntry")
    void shouldBeReadAsItWasWritten(CorpusEntry entry) throws IOException {
        Properties figures = entry.figures();
        long sequence = Long.parseLong(figures.getProperty("sequence"));
        Path data = temp.resolve("data");
        entry.unpack(data);

        HistoryReport report = HistoryAudit.run(DataFolder.at(data), (buffer, offset, length, chain) -> {});
        assertThat(report.faults()).isEmpty();
        assertThat(report.end().sequence()).isEqualTo(sequence);
        assertThat(HexFormat.of().formatHex(report.end().hash())).isEqualTo(figures.getProperty("chain"));
        assertThat(verifier(data)).contains("YES: registrazioni | records 1–" + sequence, figures.getProperty("chain"));

        assertThat(startOf(data, figures).snapshotSequence())
                .isEqualTo(Long.parseLong(figures.getProperty("snapshot")));
        TownHistory.delete(data.resolve("snapshots"));
        Files.createDirectory(data.resolve("snapshots"));
        StartReport fromTheFirstRecord = startOf(data, figures);
        assertThat(fromTheFirstRecord.snapshotSequence()).isZero();
        assertThat(fromTheFirstRecord.replayedRecords()).isEqualTo(sequence);
    }

    private static String verifier(Path data) {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(answer, true, StandardCharsets.UTF_8);
        int code = Verifier.run(new String[] {"folder", data.toString()}, out, out);
        assertThat(code).as(answer.toString(StandardCharsets.UTF_8)).isZero();
        return answer.toString(StandardCharsets.UTF_8);
    }

    /** Starts an engine and holds its state against the figures. */
    private static StartReport startOf(Path data, Properties figures) throws IOException {
        List<CoreService> cores = new ArrayList<>();
        EngineEnvironment machine = EngineEnvironment.MACHINE;
        long nowMs = Long.parseLong(figures.getProperty("time_ms"));
        EngineEnvironment environment = new EngineEnvironment(
                () -> nowMs, machine.nanoClock(), machine.logFiles(), machine.usableBytes(), (role, cause) -> {
                    throw new AssertionError(role, cause);
                });
        ClearingEngine engine =
                ClearingEngine.launch(EngineConfig.defaults(data).withJournal(TownHistory.JOURNAL), environment, () -> {
                    cores.add(TownHistory.newCore());
                    return cores.getLast();
                });
        engine.close();
        CoreService core = cores.getLast();
        assertThat(engine.startReport().sequence()).isEqualTo(Long.parseLong(figures.getProperty("sequence")));
        assertThat(HexFormat.of().toHexDigits(core.coreHash())).isEqualTo(figures.getProperty("core_hash"));
        assertThat(HexFormat.of().toHexDigits(core.ledgerHash())).isEqualTo(figures.getProperty("ledger_hash"));
        return engine.startReport();
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.perf.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import it.socialies.perf.Perf;
import it.socialies.perf.result.Chart;
import it.socialies.perf.result.ResultFile;
import it.socialies.perf.result.SuiteResult;
import it.socialies.perf.suite.Measurements;
import it.socialies.perf.suite.SuiteCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** From a suite to its file, and from the file to a page with plots. */
class ReportTest {
    @TempDir
    private Path folder;

    @Command(name = "sample")
    static final class Sample extends SuiteCommand {
        @Override
        protected String title() {
            return "a sample | of all kinds";
        }

        @Override
        protected void measure(Measurements to) {
            to.parameter("wallets", 100_000);
            to.note("Nothing was measured.");
            to.chart(Chart.bars("Bars", "throughput"));
            to.chart(Chart.lines("Lines", "offered", "p50", "p99")
                    .ofSeries("durable")
                    .withLogY());
            to.chart(Chart.percentiles("Percentiles"));
            for (int power = 0; power < 4; power++) {
                int offered = (int) Math.pow(10, power);
                Histogram ns = new Histogram(3);
                for (int i = 1; i <= 2_000; i++) {
                    ns.recordValue((long) i * offered * 1_000);
                }
                to.row("durable", offered + "/s")
                        .figure("offered", offered, "payments/s")
                        .figure("throughput", offered * 0.9, "payments/s")
                        .latency(ns)
                        .count("201", 5)
                        .done();
            }
            to.row("no journal", "1/s").figure("throughput", 3, "payments/s").done();
        }
    }

    @Test
    void shouldKeepWhatASuiteFound() throws IOException {
        SuiteResult result = measured();

        assertThat(result.suite()).isEqualTo("sample");
        assertThat(result.parameters()).containsEntry("wallets", "100000").containsEntry("quick", "true");
        assertThat(result.machine().cores()).isPositive();
        assertThat(result.rows()).hasSize(5);
        assertThat(result.rows().getFirst().figures().get("max").value()).isBetween(1.99, 2.01);
        assertThat(result.rows().getFirst().counts()).containsEntry("201", 5L);
        assertThat(result.rows().getLast().latency()).isNull();
    }

    @Test
    void shouldGiveBackTheWholeDistribution() throws IOException {
        var latency = measured().rows().getFirst().latency();

        assertThat(latency).isNotNull();
        assertThat(latency.toHistogram().getTotalCount()).isEqualTo(2_000);
        assertThat(latency.toHistogram().getValueAtPercentile(50))
                .isEqualTo(latency.percentilesNs().get("p50"));
    }

    @Test
    void shouldDrawEveryPlotThatTheSuiteAskedFor() throws IOException {
        measured();
        Path out = folder.resolve("report");

        assertThat(Perf.execute("report", "--out", out.toString(), file().toString()))
                .isZero();

        String page = Files.readString(out.resolve("README.md"));
        assertThat(page).contains("## sample: a sample", "Nothing was measured.", "wallets=100000", "no journal");
        for (int plot = 1; plot <= 3; plot++) {
            assertThat(page).contains("(sample-" + plot + ".svg)");
            assertThat(Files.readString(out.resolve("sample-" + plot + ".svg"))).contains("<svg", "</svg>");
        }
    }

    @Test
    void shouldRefuseAFileOfAnotherShape() throws IOException {
        Path other = Files.writeString(folder.resolve("other.json"), "{\"format\":\"socialies-perf/99\"}");

        assertThatThrownBy(() -> ResultFile.read(other)).hasMessageContaining("socialies-perf/99");
    }

    private SuiteResult measured() throws IOException {
        int exitCode = new CommandLine(new Sample()).execute("--quick", "--json", file().toString());
        assertThat(exitCode).isZero();
        return ResultFile.read(file());
    }

    private Path file() {
        return folder.resolve("results").resolve("sample.json");
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.perf.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import it.socialies.perf.Perf;
import it.socialies.perf.result.ResultFile;
import it.socialies.perf.result.Row;
import it.socialies.perf.result.SuiteResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The suites run to their end on the smallest town, with real processes, and leave nothing behind. */
class SnapshotSuitesTest {
    @TempDir
    private Path temporary = Path.of("");

    @Test
    void shouldRestartFromSnapshotAndFromZeroToTheSameState() throws IOException {
        List<Row> rows = run("restart");

        assertThat(rows).extracting(Row::point).containsExactly("first", "snapshot and tail, 1", "whole journal");
        double tail = rows.get(1).figures().get("replayed").value();
        assertThat(tail).isGreaterThanOrEqualTo(500);
        assertThat(rows.get(0).figures().get("holds").value() + tail)
                .as("snapshot and tail hold what the whole journal holds")
                .isEqualTo(rows.get(2).figures().get("replayed").value());
    }

    @Test
    void shouldMeasurePaymentsBeforeDuringAndAfterASnapshot() throws IOException {
        List<Row> rows = run("snapshot");

        assertThat(rows)
                .filteredOn(row -> row.series().equals("payments"))
                .extracting(Row::point)
                .containsExactly("before", "during snapshots", "after snapshots");
        assertThat(rows)
                .filteredOn(row -> row.series().equals("payments"))
                .allSatisfy(row -> assertThat(row.counts().get("answered")).isPositive());
    }

    private List<Row> run(String suite) throws IOException {
        Path work = temporary.resolve("work");
        Path json = temporary.resolve("result.json");
        int exitCode = Perf.execute(suite, "--quick", "--work", work.toString(), "--json", json.toString());

        assertThat(exitCode).isZero();
        try (Stream<Path> left = Files.list(work)) {
            assertThat(left).as("data that the suite left behind").isEmpty();
        }
        SuiteResult result = ResultFile.read(json);
        return result.rows();
    }
}

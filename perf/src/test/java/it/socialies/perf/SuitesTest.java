// SPDX-License-Identifier: EUPL-1.2
package it.socialies.perf;

import static org.assertj.core.api.Assertions.assertThat;

import it.socialies.perf.result.ResultFile;
import it.socialies.perf.result.Row;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The suites run to their end at the smallest sizes, measure what they say, and leave nothing behind. No time is asserted. */
class SuitesTest {
    @TempDir
    private Path folder;

    @Test
    void shouldMeasureEveryCommandOfTheCore() throws IOException {
        List<Row> rows = run("core");

        assertThat(rows)
                .extracting(Row::point)
                .contains("payment", "payment in steady state", "transfer", "top up row", "wallet query");
        assertThat(rows).allSatisfy(row -> {
            assertThat(row.figures().get("time").value()).isPositive();
            assertThat(row.figures()).containsKey("allocated");
        });
    }

    @Test
    void shouldMeasureDurablePaymentsBesideTheDiskAlone() throws IOException {
        List<Row> rows = run("pipeline");

        assertThat(rows)
                .extracting(Row::series)
                .contains("durable payments", "without fdatasync, for comparison", "disk alone: write + fdatasync");
        assertThat(rows)
                .filteredOn(row -> row.figures().containsKey("throughput"))
                .isNotEmpty()
                .allSatisfy(row -> assertThat(row.latency()).isNotNull());
    }

    @Test
    void shouldMeasurePaymentsOverHttpBesideAnEcho() throws IOException {
        List<Row> rows = run("http", "--rates", "50", "--batch-rates", "500", "--clients", "4");

        assertThat(rows)
                .extracting(Row::series)
                .containsExactly(
                        "single payments, closed loop",
                        "single payments",
                        "bare echo",
                        "batches of 100, closed loop",
                        "batches of 100",
                        "bare echo, batches of 100");
        assertThat(rows).allSatisfy(row -> assertThat(row.counts()).containsOnlyKeys("201"));
    }

    private List<Row> run(String suite, String... more) throws IOException {
        Path work = folder.resolve("work");
        Path json = folder.resolve("result.json");
        List<String> arguments = Stream.concat(
                        Stream.of(suite, "--quick", "--work", work.toString(), "--json", json.toString()),
                        Stream.of(more))
                .toList();

        assertThat(Perf.execute(arguments.toArray(String[]::new))).isZero();
        if (Files.exists(work)) {
            try (Stream<Path> left = Files.list(work)) {
                assertThat(left).as("data that the suite left behind").isEmpty();
            }
        }
        return ResultFile.read(json).rows();
    }
}

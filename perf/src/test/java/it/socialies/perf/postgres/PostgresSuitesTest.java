// SPDX-License-Identifier: EUPL-1.2
package it.socialies.perf.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import it.socialies.perf.Perf;
import it.socialies.perf.result.ResultFile;
import it.socialies.perf.result.Row;
import it.socialies.perf.suite.SuiteFailed;
import it.socialies.perf.town.Purchases;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The suites beside and behind Postgres run to their end on the smallest town, agree on every balance, and leave nothing behind. */
class PostgresSuitesTest {
    @TempDir
    private Path temporary = Path.of("");

    @Test
    void shouldBookTheSamePaymentsInThreeLedgers() throws IOException {
        List<Row> rows = run("postgres");

        assertThat(rows)
                .extracting(Row::series)
                .containsOnlyOnce("Postgres, one a call, uniform", "pipeline, uniform", "pipeline, 18 hot shops")
                .contains("Postgres, set-based, 18 hot shops", "pipeline, projector following, uniform");
        assertThat(rows).allSatisfy(row -> {
            assertThat(row.figures().get("throughput").value()).isPositive();
            assertThat(row.latency()).isNotNull();
        });
    }

    @Test
    void shouldMeasureHowPostgresFollowsTheJournal() throws IOException {
        List<Row> rows = run("projection");

        assertThat(rows).extracting(Row::series).contains("catching up", "following");
        assertThat(rows).filteredOn(row -> row.series().equals("following")).allSatisfy(row -> {
            assertThat(row.counts().get("refused")).isZero();
            assertThat(row.latency().count()).isPositive();
        });
    }

    @Test
    void shouldRefuseALedgerThatLostACent() throws SuiteFailed {
        Purchases purchases = new Purchases(100, 5, 3, 9, 1);
        Balances right = Balances.of(purchases, 2, 5, 3);
        Balances wrong = Balances.of(purchases, 2, 5, 3);
        right.mustEqual(wrong, "the same");

        wrong.spend(4, 1);

        assertThatThrownBy(() -> wrong.mustEqual(right, "this ledger"))
                .isInstanceOf(SuiteFailed.class)
                .hasMessageContaining("this ledger")
                .hasMessageContaining("wallet 4");
    }

    private List<Row> run(String suite) throws IOException {
        Path work = temporary.resolve("work");
        Path json = temporary.resolve("result.json");
        int exitCode = Perf.execute(suite, "--quick", "--work", work.toString(), "--json", json.toString());

        assertThat(exitCode).isZero();
        try (Stream<Path> left = Files.list(work)) {
            assertThat(left).as("data that the suite left behind").isEmpty();
        }
        return ResultFile.read(json).rows();
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.torture;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class TortureResultsTest {
    @Test
    void shouldTellLeastMedianAndGreatest() {
        assertThat(Spread.of(List.of(30L, 10L, 20L))).isEqualTo(new Spread(10, 20, 30));
        assertThat(Spread.of(List.of(40L, 30L, 10L, 20L))).isEqualTo(new Spread(10, 20, 40));
        assertThat(Spread.of(List.of())).isEqualTo(new Spread(0, 0, 0));
    }

    @Test
    void shouldShowARowAKindAndOneForAll() {
        TortureResults results = new TortureResults();
        results.add(new TortureResults.Entry(MiseryKind.KILL_NODE, 1, 5_000, 4_000, 6_000));
        results.add(new TortureResults.Entry(MiseryKind.KILL_NODE, 1, 7_000, 6_000, 9_000));
        results.add(new TortureResults.Entry(MiseryKind.STOP_POSTGRES, 0, 100, 50, 12_000));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        results.print(new PrintStream(bytes, true, StandardCharsets.UTF_8));

        assertThat(bytes.toString(StandardCharsets.UTF_8).lines().map(line -> line.replaceAll(" {2,}", "  ")))
                .contains(
                        "kill -9 del nodo | kill -9 of the node  2  2  5.0 / 5.0 / 7.0  4.0 / 4.0 / 6.0  6.0 / 6.0 / 9.0",
                        "kill -STOP di Postgres | kill -STOP of Postgres  1  0  0.1 / 0.1 / 0.1  0.1 / 0.1 / 0.1  12.0 / 12.0 / 12.0",
                        "tutte | all  3  2  0.1 / 5.0 / 7.0  0.1 / 4.0 / 6.0  6.0 / 9.0 / 12.0");
    }

    @Test
    void shouldReportForMachines() {
        TortureResults results = new TortureResults();
        results.add(new TortureResults.Entry(MiseryKind.KILL_ALL, 3, 5_000, 4_000, 6_000));
        results.fault("lost");
        JsonObject report = results.toJson();

        assertThat(report.getInteger("kills")).isEqualTo(3);
        assertThat(report.getJsonArray("faults")).containsExactly("lost");
        assertThat(report.getJsonArray("miseries").getJsonObject(0).getString("kind"))
                .isEqualTo("kill_all");
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonObject;
import it.socialies.gateway.logs.Logs;
import it.socialies.gateway.node.TestNode.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a node writes into its log files. */
class LogsTest {
    private static final String TRACE_ID = "0195566a-7c10-7d3e-9b1f-5a2c4e6f8a01";

    @TempDir
    private static Path data;

    @Test
    void shouldNameTheRequestInEveryLineThatIsWrittenForIt() throws Exception {
        Path folder = data.resolve("logs");
        Logs.start(new Logs.Settings(folder, 1 << 20, 7, true, Logs.Console.JSON));
        try (TestNode node = TestNode.create(data.resolve("node"))) {
            TestTown town = TestTown.create(node);
            town.pay(town.card, 10_000_000).expect(402);
            node.stopPostgres();

            Answer list = node.send(node.request(TestNode.BASE + "/payments?terminal_id=trm_1")
                    .header("Authorization", "Bearer " + town.social)
                    .header("X-Correlation-ID", TRACE_ID)
                    .build());

            assertThat(list.expect(503).getString("trace_id")).isEqualTo(TRACE_ID);
            assertThat(list.header("X-Correlation-ID")).isEqualTo(TRACE_ID);
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> lines(folder, "access.log").stream().anyMatch(LogsTest::isOfTheRequest));
            assertThat(lines(folder, "access.log").stream().filter(LogsTest::isOfTheRequest))
                    .singleElement()
                    .satisfies(line -> {
                        assertThat(line.getString("message")).isEqualTo("GET /payments 503");
                        assertThat(line.getString("http.request.method")).isEqualTo("GET");
                        assertThat(line.getString("http.route")).isEqualTo("/payments");
                        assertThat(line.getInteger("http.response.status_code")).isEqualTo(503);
                        assertThat(line.getDouble("event.duration_ms")).isPositive();
                        assertThat(line.getString("ies.principal_kind")).isEqualTo("operator");
                        assertThat(line.getString("ies.problem")).isEqualTo("projection_unavailable");
                        assertThat(line.getString("log.logger")).isEqualTo("it.socialies.access");
                        assertThat(line.getString("@timestamp")).endsWith("Z");
                    });
            assertThat(lines(folder, "node.log").stream().filter(LogsTest::isOfTheRequest))
                    .as("what went wrong for this request")
                    .anySatisfy(line -> assertThat(line.getString("log.level")).isEqualTo("WARN"));
            assertThat(lines(folder, "access.log"))
                    .allSatisfy(line -> assertThat(line.getString("trace.id")).matches("[0-9a-f-]{16,36}"));
            assertThat(lines(folder, "access.log"))
                    .anySatisfy(
                            line -> assertThat(line.getString("ies.problem")).isEqualTo("insufficient_funds"));
        } finally {
            Logs.start(new Logs.Settings(folder, 1 << 20, 7, false, Logs.Console.JSON));
        }
    }

    private static boolean isOfTheRequest(JsonObject line) {
        return TRACE_ID.equals(line.getString("trace.id"));
    }

    private static List<JsonObject> lines(Path folder, String file) throws IOException {
        try (Stream<String> lines = Files.lines(folder.resolve(file))) {
            return lines.map(JsonObject::new).toList();
        }
    }
}

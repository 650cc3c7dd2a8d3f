// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonObject;
import it.socialies.engine.snapshot.SnapshotSchedule;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a node does with the disk besides the journal. */
class SnapshotsTest {
    private static final Path JVM_FLAGS =
            Path.of("..", "ops", "jvm").toAbsolutePath().normalize();
    private static final Duration A_SECOND = Duration.ofSeconds(1);

    @TempDir
    private Path data;

    @Test
    void shouldTakeSnapshotsAndGoOnFromThem() throws Exception {
        SnapshotSchedule often = new SnapshotSchedule(A_SECOND, 1_000_000, Duration.ofMinutes(1));
        try (TestNode node = TestNode.create(data)) {
            assertThat(status(node).containsKey("snapshot")).isFalse();
            node.restart(new SnapshotConfig(often, 0, JVM_FLAGS));
            TestTown town = TestTown.create(node);
            town.pay(town.card, 1_000).expect(201);
            long paid = status(node).getLong("sequence");
            await().atMost(Duration.ofMinutes(2)).until(() -> snapshotSequence(node) >= paid);
            assertThat(status(node).getJsonObject("snapshot").getString("time")).endsWith("Z");
            assertThat(metric(node, "ies_snapshot_sequence")).isGreaterThanOrEqualTo(paid);
            assertThat(metric(node, "ies_snapshot_failures_total")).isZero();

            node.restart();

            assertThat(town.afterRestart().available(town.card)).isEqualTo(9_000);
            town.pay(town.card, 500).expect(201);
            await().until(() -> snapshotSequence(node) >= paid);
        }
    }

    @Test
    void shouldCountSnapshotsThatFailAndGoOnPaying() throws Exception {
        SnapshotSchedule often = new SnapshotSchedule(A_SECOND, 1_000_000, Duration.ofMinutes(1));
        try (TestNode node = TestNode.create(data)) {
            TestTown town = TestTown.create(node);
            node.restart(new SnapshotConfig(often, 0, data.resolve("no-flags-here")));
            await().atMost(Duration.ofMinutes(2)).until(() -> metric(node, "ies_snapshot_failures_total") >= 2);

            assertThat(town.afterRestart().pay(town.card, 1_000).status()).isEqualTo(201);
            assertThat(status(node).containsKey("snapshot")).isFalse();
        }
    }

    @Test
    void shouldRefuseMoneyBelowTheReserveAndGoOnReading() throws Exception {
        try (TestNode node = TestNode.create(data)) {
            TestTown town = TestTown.create(node);
            SnapshotConfig usual = node.config().snapshots();
            node.restart(new SnapshotConfig(usual.schedule(), Long.MAX_VALUE, null));
            TestTown sameTown = town.afterRestart();
            await().untilAsserted(() -> assertThat(
                            node.get("/status", null).expect(503).getString("code"))
                    .isEqualTo("storage_low"));

            assertThat(sameTown.pay(town.card, 1_000).expect(503).getString("code"))
                    .isEqualTo("storage_low");
            assertThat(sameTown.available(town.card)).isEqualTo(10_000);

            node.restart(usual);
            assertThat(town.afterRestart().pay(town.card, 1_000).status()).isEqualTo(201);
        }
    }

    private static JsonObject status(TestNode node) {
        return node.get("/status", null).expect(200);
    }

    private static long snapshotSequence(TestNode node) {
        JsonObject snapshot = status(node).getJsonObject("snapshot");
        return snapshot == null ? 0 : snapshot.getLong("sequence");
    }

    private static long metric(TestNode node, String name) {
        return node.send(node.request("/metrics").build())
                .response()
                .body()
                .lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToLong(line -> (long) Double.parseDouble(line.substring(name.length() + 1)))
                .findFirst()
                .orElse(0);
    }
}

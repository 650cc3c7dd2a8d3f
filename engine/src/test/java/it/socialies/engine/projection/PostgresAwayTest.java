// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import javax.sql.DataSource;
import org.agrona.concurrent.AgentRunner;
import org.agrona.concurrent.SleepingMillisIdleStrategy;
import org.agrona.concurrent.SystemNanoClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The projector on its own thread, and a server that comes late, goes away and comes back. */
class PostgresAwayTest {
    private static final Duration LONG_ENOUGH = Duration.ofSeconds(60);

    @TempDir
    private Path dataFolder;

    @Test
    void shouldOutliveAServerThatComesLateAndGoesAway() throws Exception {
        final int port = freePort();
        final FakeJournal journal = new FakeJournal();
        final TownScript town = new TownScript(7);
        journal.append(town.take());
        final DataSource database =
                ProjectionDataSource.of("jdbc:postgresql://localhost:" + port + "/postgres", "postgres", "postgres");
        final Projector projector = new Projector(
                new ProjectionConfig(100, 1, 10, 50), database, journal::reader, SystemNanoClock.INSTANCE);
        final AgentRunner runner =
                new AgentRunner(new SleepingMillisIdleStrategy(1), Throwable::printStackTrace, null, projector);
        AgentRunner.startOnThread(runner);
        try (runner) {
            await().atMost(LONG_ENOUGH)
                    .untilAsserted(() -> assertThat(projector.status().reason()).contains("refused"));
            for (int round = 0; round < 2; round++) {
                journal.append(town.happen(500));
                try (EmbeddedPostgres postgres = start(port)) {
                    awaitEnd(projector, journal);
                    assertThat(LedgerHashReader.read(postgres.getPostgresDatabase()))
                            .isEqualTo(
                                    new LedgerHashReader.LedgerHash(journal.lastSequence(), town.model.ledgerHash()));
                }
                journal.append(town.happen(500));
                await().atMost(LONG_ENOUGH)
                        .until(() -> projector.status().state() == ProjectionState.WAITING_FOR_POSTGRES);
                assertThat(projector.status().lastSequence()).isLessThan(journal.lastSequence());
            }
        }
    }

    private static void awaitEnd(final Projector projector, final FakeJournal journal) {
        await().atMost(LONG_ENOUGH).until(() -> projector.status().lastSequence() == journal.lastSequence());
    }

    private EmbeddedPostgres start(final int port) throws IOException {
        return EmbeddedPostgres.builder()
                .setPort(port)
                .setDataDirectory(dataFolder)
                .setCleanDataDirectory(false)
                .start();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}

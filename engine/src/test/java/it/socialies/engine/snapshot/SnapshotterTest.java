// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import it.socialies.engine.client.BlockingClient;
import it.socialies.engine.client.CommandFrame;
import it.socialies.engine.client.EngineClient;
import it.socialies.engine.core.CoreService;
import it.socialies.engine.core.Key;
import it.socialies.engine.core.Pay;
import it.socialies.engine.core.Town;
import it.socialies.engine.journal.files.DataFolder;
import it.socialies.engine.journal.files.ProcessLock;
import it.socialies.engine.pipeline.ClearingEngine;
import it.socialies.engine.pipeline.EngineConfig;
import it.socialies.engine.pipeline.EngineEnvironment;
import it.socialies.engine.protocol.sbe.PrincipalKind;
import it.socialies.engine.protocol.sbe.ResultCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.agrona.ExpandableArrayBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The process beside a running engine. */
class SnapshotterTest {
    private static final Path JVM_FLAGS =
            Path.of("..", "ops", "jvm").toAbsolutePath().normalize();
    private static final int KILLS = 4;

    @TempDir
    private Path root;

    private final List<CoreService> cores = new ArrayList<>();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private TownHistory history;
    private Town.Card card;

    @BeforeEach
    void fillACard() throws IOException {
        history = new TownHistory(root);
        card = history.town.cardWith(history.programmeId, 500_000);
        history.write();
    }

    @Test
    void shouldTakeSnapshotsBesideAnEngineUnderLoadAndDieAtAnyMoment() throws Exception {
        SnapshotFolder snapshots = SnapshotFolder.of(history.folder);
        SplittableRandom random = new SplittableRandom(9);
        try (ClearingEngine engine = launch()) {
            try (Load load = new Load(engine)) {
                Process first = start();
                assertThat(outputOf(first)).contains("snapshot ");
                long fastestMs = 300;
                for (int i = 0; i < KILLS; i++) {
                    Process killed = start();
                    boolean ended = killed.waitFor(fastestMs + random.nextLong(900), TimeUnit.MILLISECONDS);
                    killed.destroyForcibly().waitFor();
                    assertThat(load.isPaying() || ended).isTrue();
                }
                long before = engine.journaledSequence();
                String output = outputOf(start());
                assertThat(output).contains("snapshot ").doesNotContain("not used");
                assertThat(snapshots.sequences()).hasSizeLessThanOrEqualTo(2);
                assertThat(snapshots.sequences().getFirst()).isGreaterThanOrEqualTo(before);
                long reached = engine.durableSequence();
                await().until(() -> engine.durableSequence() > reached);
            }
            assertThat(failure.get()).isNull();
        }
        long liveHash = cores.getLast().coreHash();
        long sequence = cores.getLast().lastSequence();

        try (ClearingEngine again = launch()) {
            assertThat(again.startReport().snapshotSequence())
                    .isEqualTo(snapshots.sequences().getFirst());
            assertThat(again.startReport().sequence()).isEqualTo(sequence);
        }
        assertThat(cores.getLast().coreHash()).isEqualTo(liveHash);
        assertThat(snapshots.summary(snapshots.sequences().getFirst()).sequence())
                .isLessThanOrEqualTo(sequence);
    }

    @Test
    void shouldSayWithItsExitCodeWhatCameOfIt() throws Exception {
        Process full = new SnapshotProcess(JVM_FLAGS, history.folder, Long.MAX_VALUE / 2).start();
        assertThat(outputOf(full)).contains("less free space");
        assertThat(full.exitValue()).isEqualTo(SnapshotResult.Outcome.STORAGE_LOW.exitCode());
        try (ProcessLock lock = ProcessLock.tryAcquire(SnapshotTaker.lockFile(history.folder))) {
            assertThat(lock).isNotNull();
            Process second = start();
            assertThat(outputOf(second)).contains("another process");
            assertThat(second.exitValue()).isEqualTo(SnapshotResult.Outcome.BUSY.exitCode());
        }
        Process nothing = new SnapshotProcess(JVM_FLAGS, DataFolder.at(root.resolve("empty")), 0).start();
        assertThat(outputOf(nothing)).contains("holds all there is");
        assertThat(nothing.exitValue()).isZero();
    }

    private Process start() throws IOException {
        return new SnapshotProcess(JVM_FLAGS, history.folder, 0).start();
    }

    private static String outputOf(Process process) throws Exception {
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return output;
    }

    private ClearingEngine launch() throws IOException {
        EngineEnvironment machine = EngineEnvironment.MACHINE;
        EngineEnvironment environment = new EngineEnvironment(
                history.core.core()::lastTimestampMs,
                machine.nanoClock(),
                machine.logFiles(),
                machine.usableBytes(),
                (role, cause) -> failure.compareAndSet(null, cause));
        return ClearingEngine.launch(EngineConfig.defaults(root).withJournal(TownHistory.JOURNAL), environment, () -> {
            cores.add(TownHistory.newCore());
            return cores.getLast();
        });
    }

    /** A shop that sells something for a cent, again and again. */
    private final class Load implements AutoCloseable {
        private final AtomicBoolean open = new AtomicBoolean(true);
        private final Thread thread;

        Load(ClearingEngine engine) {
            EngineClient client = engine.connect(0);
            thread = Thread.ofPlatform().start(() -> pay(new BlockingClient(client)));
        }

        boolean isPaying() {
            return thread.isAlive();
        }

        private void pay(BlockingClient client) {
            CommandFrame frame = new CommandFrame();
            ExpandableArrayBuffer message = new ExpandableArrayBuffer();
            int length = Pay.with(card, 1).write(message, 0);
            try {
                for (long number = 1_000_000; open.get(); number++) {
                    Key key = Key.at(history.core.nowMs(), number);
                    frame.from(PrincipalKind.TERMINAL, history.shop.terminalId(), history.town.circuitId)
                            .key(key.hi(), key.lo());
                    frame.message(message, 0, length);
                    ResultCode code = client.call(frame).orElseThrow().code();
                    assertThat(code).isEqualTo(ResultCode.OK);
                }
            } catch (Exception | AssertionError e) {
                failure.compareAndSet(null, e);
            }
        }

        @Override
        public void close() {
            open.set(false);
            await().atMost(Duration.ofSeconds(30)).until(() -> !thread.isAlive());
        }
    }
}

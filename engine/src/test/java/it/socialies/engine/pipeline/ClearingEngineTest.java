// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import it.socialies.engine.client.BlockingClient;
import it.socialies.engine.client.EngineClient;
import it.socialies.engine.client.Reply;
import it.socialies.engine.client.ReplyHandler;
import it.socialies.engine.journal.batch.BatchView;
import it.socialies.engine.journal.files.DataFolderInUse;
import it.socialies.engine.journal.reader.JournalTailer;
import it.socialies.engine.protocol.ReplyFrameDescriptor;
import it.socialies.engine.protocol.sbe.ResultCode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.SystemEpochClock;
import org.agrona.concurrent.SystemNanoClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The engine with its threads and real files. */
class ClearingEngineTest {
    private static final int COMMANDS_PER_GATEWAY = 25_000;
    private static final int GATEWAYS = 2;

    @TempDir
    Path dataFolder;

    private final AtomicInteger halts = new AtomicInteger();

    @Test
    void shouldAnswerEveryCommandExactlyOnceFromTwoGateways() throws Exception {
        TestCore core = new TestCore();
        ClearingEngine engine = launch(core, new WatchedLogFiles());
        AtomicIntegerArray heard = new AtomicIntegerArray(GATEWAYS * COMMANDS_PER_GATEWAY);
        AtomicInteger replies = new AtomicInteger();
        AtomicInteger violations = new AtomicInteger();
        List<Thread> gateways = new ArrayList<>();
        for (int id = 0; id < GATEWAYS; id++) {
            int first = id * COMMANDS_PER_GATEWAY;
            EngineClient client = engine.connect(id);
            gateways.add(Thread.ofPlatform().start(() -> {
                TestFrames frames = new TestFrames();
                for (int i = first; i < first + COMMANDS_PER_GATEWAY; i++) {
                    while (!client.submit(
                            frames.transfer(i + 1, 1), new Counting(engine, heard, i, replies, violations))) {
                        Thread.onSpinWait();
                    }
                }
            }));
        }
        for (Thread gateway : gateways) {
            gateway.join();
        }
        await().atMost(Duration.ofSeconds(60)).until(() -> replies.get() == heard.length());
        for (int i = 0; i < heard.length(); i++) {
            assertThat(heard.get(i)).as("replies to command %d", i).isEqualTo(1);
        }
        assertThat(violations.get()).isZero();
        assertThat(engine.durableSequence()).isEqualTo(heard.length());
        engine.close();
        assertThat(engine.journaledSequence()).isEqualTo(heard.length());
        assertThat(halts.get()).isZero();

        TestCore replayed = new TestCore();
        ClearingEngine again = launch(replayed, new WatchedLogFiles());
        assertThat(again.recovered().cleanStop()).isTrue();
        assertThat(replayed.coreHash()).isEqualTo(core.coreHash());
        AtomicLong tailed = new AtomicLong();
        try (JournalTailer tailer = again.openTailer()) {
            while (tailer.poll((buffer, offset, length) -> tailed.set(BatchView.lastSequence(buffer, offset)), 64)
                    > 0) {
                // to the end
            }
        }
        assertThat(tailed.get()).isEqualTo(heard.length());
        again.close();
    }

    @Test
    void shouldAnswerACallerThatWaits() throws Exception {
        try (ClearingEngine engine = launch(new TestCore(), new WatchedLogFiles())) {
            BlockingClient client = new BlockingClient(engine.connect(0));
            TestFrames frames = new TestFrames();
            Reply reply = client.call(frames.transfer(1, 5)).orElseThrow();
            assertThat(reply.kind()).isEqualTo(ReplyFrameDescriptor.KIND_RECORD);
            Reply again = client.call(frames.transfer(1, 5)).orElseThrow();
            assertThat(again.kind()).isEqualTo(ReplyFrameDescriptor.KIND_RECORD_HIT);
            assertThat(again.body()).isEqualTo(reply.body());
            assertThat(client.call(frames.query()).orElseThrow().code()).isEqualTo(ResultCode.OK);
        }
    }

    @Test
    void shouldHaltOnceWhenASyncFailsAndAnswerNothingAfterwards() throws Exception {
        WatchedLogFiles files = new WatchedLogFiles();
        ClearingEngine engine = launch(new TestCore(), files);
        EngineClient client = engine.connect(0);
        CollectedReplies replies = new CollectedReplies();
        files.failSync = true;
        client.submit(new TestFrames().transfer(1, 1), replies.named("a"));
        await().until(() -> halts.get() == 1);
        assertThat(engine.hasFailed()).isTrue();
        engine.close();
        assertThat(replies.lines).containsExactly("a TIMEOUT");
        assertThat(halts.get()).isEqualTo(1);
    }

    @Test
    void shouldRefuseASecondEngineOnTheSameFolder() throws Exception {
        try (ClearingEngine engine = launch(new TestCore(), new WatchedLogFiles())) {
            assertThat(engine.durableSequence()).isZero();
            assertThatThrownBy(() -> launch(new TestCore(), new WatchedLogFiles()))
                    .isInstanceOf(DataFolderInUse.class);
        }
    }

    @Test
    void shouldRefuseFramesAfterTheClose() throws Exception {
        ClearingEngine engine = launch(new TestCore(), new WatchedLogFiles());
        EngineClient client = engine.connect(0);
        engine.close();
        assertThat(client.submit(new TestFrames().query(), new CollectedReplies().named("late")))
                .isFalse();
    }

    private ClearingEngine launch(TestCore core, WatchedLogFiles files) throws IOException {
        EngineEnvironment environment = new EngineEnvironment(
                SystemEpochClock.INSTANCE,
                SystemNanoClock.INSTANCE,
                files,
                folder -> Long.MAX_VALUE,
                (role, cause) -> halts.incrementAndGet());
        return ClearingEngine.launch(EngineConfig.defaults(dataFolder), environment, core);
    }

    private record Counting(
            ClearingEngine engine, AtomicIntegerArray heard, int index, AtomicInteger replies, AtomicInteger violations)
            implements ReplyHandler {
        @Override
        public void onReply(int kind, ResultCode code, long sequence, DirectBuffer body, int offset, int length) {
            if (kind != ReplyFrameDescriptor.KIND_RECORD || sequence > engine.durableSequence()) {
                violations.incrementAndGet();
            }
            heard.incrementAndGet(index);
            replies.incrementAndGet();
        }

        @Override
        public void onTimeout() {
            violations.incrementAndGet();
        }
    }
}

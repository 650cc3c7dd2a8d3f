// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import it.socialies.engine.client.ClientSettings;
import it.socialies.engine.client.EngineClient;
import it.socialies.engine.journal.archive.ArchiveConfig;
import it.socialies.engine.journal.archive.ArchiveReport;
import it.socialies.engine.journal.archive.Archiver;
import it.socialies.engine.journal.files.DataFolder;
import it.socialies.engine.journal.files.DurableFiles;
import it.socialies.engine.journal.reader.HistorySegments;
import it.socialies.engine.journal.recovery.JournalConfig;
import it.socialies.engine.measures.Distribution;
import it.socialies.engine.snapshot.LoadedState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.AgentTerminationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole pipeline on real files, every stage stepped by hand. */
class ClearingEngineStepTest {
    private static final long START_MS = 1_790_000_000_000L;

    @TempDir
    Path dataFolder;

    private final ManualClock clock = new ManualClock(START_MS);
    private final WatchedLogFiles files = new WatchedLogFiles();
    private final List<String> halts = new ArrayList<>();
    private final TestFrames frames = new TestFrames();
    private final CollectedReplies replies = new CollectedReplies();
    private TestCore core;
    private ClearingEngine engine;
    private EngineClient client;
    private EngineConfig config;
    private long usableBytes = Long.MAX_VALUE;

    @BeforeEach
    void launch() throws IOException {
        config = EngineConfig.defaults(dataFolder)
                .withJournal(new JournalConfig(4 << 20, 256 << 10, false))
                .withClient(new ClientSettings(1024, 5_000, 50));
        start();
    }

    @AfterEach
    void close() throws IOException {
        engine.close();
    }

    @Test
    void shouldLetNothingOutBeforeItsSync() {
        submit("a", 1);
        client.submit(frames.query(), replies.named("q"));
        core();
        egress();
        assertThat(replies.lines).isEmpty();

        files.beforeSync = () -> {
            egress();
            assertThat(replies.lines).as("heard before the sync").isEmpty();
            assertThat(engine.durableSequence()).isZero();
        };
        log();
        egress();
        assertThat(replies.lines).containsExactly("a RECORD OK 1", "q ANSWER OK 1");
        assertThat(engine.durableSequence()).isEqualTo(1);
        files.beforeSync = () -> {};
    }

    @Test
    void shouldAnswerInTheOrderOfTheCore() {
        client.submit(frames.query(), replies.named("q0"));
        submit("a", 1);
        client.submit(frames.query(), replies.named("q1"));
        submit("b", 2);
        stepAll();
        assertThat(replies.lines).containsExactly("q0 ANSWER OK 0", "a RECORD OK 1", "q1 ANSWER OK 1", "b RECORD OK 2");
    }

    @Test
    void shouldCommitWhatIsThereWithOneSync() {
        for (int key = 1; key <= 50; key++) {
            submit("t", key);
        }
        core();
        int syncs = files.syncs;
        log();
        assertThat(files.syncs - syncs).isEqualTo(1);
        assertThat(engine.counters().batches().sum()).isEqualTo(1);
        assertThat(engine.durableSequence()).isEqualTo(50);
    }

    @Test
    void shouldAnswerQueriesWithoutASync() {
        int syncs = files.syncs;
        client.submit(frames.query(), replies.named("q"));
        stepAll();
        assertThat(replies.lines).containsExactly("q ANSWER OK 0");
        assertThat(files.syncs).isEqualTo(syncs);
    }

    @Test
    void shouldGiveTheSameAnswerAgainForTheSameKey() {
        submit("a", 1);
        stepAll();
        submit("again", 1);
        stepAll();
        assertThat(replies.lines).containsExactly("a RECORD OK 1", "again RECORD_HIT OK 1");
        assertThat(core.lastSequence()).isEqualTo(1);
    }

    @Test
    void shouldGiveTheSameAnswerAgainFromTheArchive() throws IOException {
        archiveTheDayOf("a");
        submit("again", 1);
        stepAll();
        assertThat(replies.lines).contains("a RECORD OK 1").endsWith("again RECORD_HIT OK 1");
        assertThat(core.lastSequence()).isEqualTo(5);
    }

    @Test
    void shouldLeaveAnAnswerOutWhenItsFileOfTheArchiveIsDamagedAndGoOn() throws IOException {
        Path file = archiveTheDayOf("a");
        byte[] written = Files.readAllBytes(file);
        byte[] damaged = written.clone();
        damaged[written.length / 2] ^= 1;
        Files.write(file, damaged);
        submit("unreadable", 1);
        submit("next", 100);
        stepAll();
        assertThat(replies.lines).endsWith("next RECORD OK 6").doesNotContain("unreadable RECORD_HIT OK 1");
        assertThat(engine.counters().unreadableAnswers().sum()).isEqualTo(1);
        assertThat(halts).isEmpty();
        Files.write(file, written);
        submit("again", 1);
        stepAll();
        assertThat(replies.lines).endsWith("again RECORD_HIT OK 1");
    }

    /** A payment, one more on each of the four days behind it, and the first day in the archive; returns its file. */
    private Path archiveTheDayOf(String name) throws IOException {
        submit(name, 1);
        stepAll();
        for (int day = 1; day <= 4; day++) {
            engine.close();
            clock.advanceMs(TimeUnit.DAYS.toMillis(1));
            start();
            submit("day " + day, 10 + day);
            stepAll();
        }
        engine.stages().get(2).doWork();
        DataFolder folder = DataFolder.at(dataFolder);
        ArchiveReport report = Archiver.run(folder, new ArchiveConfig(3, 1, 0), 5, DurableFiles.REAL);
        assertThat(report.segments()).isEqualTo(1);
        return HistorySegments.list(folder).getFirst().path();
    }

    @Test
    void shouldAnswerADuplicateThatCameBeforeItsRecordWasDurable() {
        submit("a", 1);
        submit("again", 1);
        core();
        log();
        engine.stages().get(2).doWork();
        stepAll();
        assertThat(replies.lines).containsExactly("a RECORD OK 1", "again RECORD_HIT OK 1");
    }

    @Test
    void shouldRefuseAKeyReusedForSomethingElse() {
        submit("a", 1);
        client.submit(frames.transfer(1, 999), replies.named("other"));
        stepAll();
        assertThat(replies.lines).containsExactly("a RECORD OK 1", "other ANSWER IDEMPOTENCY_KEY_REUSED 1");
    }

    @Test
    void shouldRefuseABurnedKeyAndRepeatItsResolution() {
        client.submit(frames.resolve(2, 1), replies.named("resolve"));
        submit("late", 1);
        client.submit(frames.resolve(2, 1), replies.named("resolve again"));
        client.submit(frames.resolve(2, 5), replies.named("resolve other"));
        stepAll();
        assertThat(replies.lines)
                .containsExactly(
                        "resolve RECORD OK 1",
                        "late ANSWER IDEMPOTENCY_KEY_BURNED 1",
                        "resolve again RECORD_HIT OK 1",
                        "resolve other ANSWER IDEMPOTENCY_KEY_REUSED 1");
    }

    @Test
    void shouldDropRepliesThatFindNoRoomAndServeTheOthers() throws IOException {
        engine.close();
        config = config.withClient(new ClientSettings(4096, 5_000, 50)).withReplyRingBytes(512 << 10);
        start();
        EngineClient other = engine.connect(1);
        for (int key = 1; key <= 4096; key++) {
            submit("t", key);
        }
        boolean worked = true;
        while (worked) {
            worked = work(engine.stages().get(0))
                            + work(engine.stages().get(1))
                            + work(engine.stages().get(2))
                    > 0;
        }
        assertThat(engine.durableSequence()).isEqualTo(4096);
        long dropped = engine.counters().droppedReplies().sum();
        assertThat(dropped).isPositive();

        other.submit(frames.query(), replies.named("other"));
        core();
        log();
        work(other.egress());
        assertThat(replies.lines).containsExactly("other ANSWER OK 4096");
        egress();
        assertThat(replies.lines).hasSize((int) (4097 - dropped));
        clock.advanceMs(5_001);
        egress();
        assertThat(replies.lines).hasSize(4097).endsWith("t TIMEOUT");
    }

    @Test
    void shouldTimeOutAndDropTheLateReply() {
        submit("a", 1);
        clock.advanceMs(5_001);
        egress();
        assertThat(replies.lines).containsExactly("a TIMEOUT");
        stepAll();
        assertThat(replies.lines).containsExactly("a TIMEOUT");
        assertThat(engine.counters().clients().lateReplies().sum()).isEqualTo(1);
        assertThat(client.inFlight()).isZero();
    }

    @Test
    void shouldRefuseWhatExceedsTheFramesInFlight() {
        for (int key = 1; key <= 1024; key++) {
            submit("t", key);
        }
        assertThat(client.submit(frames.transfer(2000, 1), replies.named("busy")))
                .isFalse();
        assertThat(engine.counters().clients().busy().sum()).isEqualTo(1);
        stepAll();
        assertThat(replies.lines).hasSize(1024).doesNotContain("busy");
        submit("after", 2000);
    }

    @Test
    void shouldMarkTheLogWhenIdle() {
        submit("a", 1);
        stepAll();
        assertThat(engine.counters().marks().sum()).isZero();
        clock.advanceMs(config.idleMarkMs());
        log();
        assertThat(engine.counters().marks().sum()).isEqualTo(1);
        clock.advanceMs(config.idleMarkMs());
        log();
        assertThat(engine.counters().marks().sum()).as("the mark is still good").isEqualTo(1);
    }

    @Test
    void shouldGoRoundTheLogManyTimesBecauseTheJournalReleasesIt() {
        for (int key = 1; key <= 2_500; key++) {
            submit("t", key);
            stepAll();
        }
        assertThat(replies.lines).hasSize(2_500);
        assertThat(engine.journaledSequence()).isEqualTo(2_500);
    }

    @Test
    void shouldKeepCommandsInTheRingWhenTheJournalStandsStill() {
        int key = 0;
        for (int round = 0; round < 3_000; round++) {
            key++;
            if (!client.submit(frames.transfer(key, 1), replies.named("t"))) {
                break;
            }
            core();
            log();
            egress();
        }
        long stuck = core.lastSequence();
        assertThat(stuck).isLessThan(key);
        assertThat(engine.durableSequence())
                .as("what was executed is durable all the same")
                .isEqualTo(stuck);
        clock.advanceMs(1_000);
        stepAll();
        stepAll();
        assertThat(core.lastSequence()).isGreaterThan(stuck);
    }

    @Test
    void shouldRefuseCommandsBelowTheReserveOfFreeSpaceAndLiftThatByItself() {
        long reserve = config.journaling().storageReserveBytes();
        submit("a", 1);
        stepAll();
        usableBytes = reserve - 1;
        clock.advanceMs(config.journaling().storageCheckMs());
        stepAll();
        assertThat(engine.isStorageLow()).isTrue();

        assertThat(client.submit(frames.transfer(2, 1), replies.named("refused")))
                .isFalse();
        assertThat(client.submit(frames.query(), replies.named("q"))).isTrue();
        stepAll();
        assertThat(engine.counters().clients().storageLow().sum()).isEqualTo(1);

        usableBytes = reserve;
        clock.advanceMs(config.journaling().storageCheckMs());
        stepAll();
        assertThat(engine.isStorageLow()).isFalse();
        submit("b", 2);
        stepAll();
        assertThat(replies.lines).containsExactly("a RECORD OK 1", "q ANSWER OK 1", "b RECORD OK 2");
    }

    @Test
    void shouldShowWhereWorkWaits() {
        EngineGauges gauges = engine.gauges();
        List<Long> heldAndClaimed = new ArrayList<>();
        files.beforeSync = () -> {
            heldAndClaimed.add(gauges.heldBytes());
            heldAndClaimed.add(gauges.logClaimedBytes());
            clock.advanceMs(3);
        };

        submit("a", 1);
        submit("b", 2);
        assertThat(used("command")).isPositive();
        core();
        assertThat(used("command")).isZero();
        assertThat(used("output")).isPositive();
        assertThat(gauges.logClaimedBytes()).isPositive();
        long free = gauges.logFreeBytes();
        log();
        files.beforeSync = () -> {};

        assertThat(used("output")).isZero();
        assertThat(used("journal")).isPositive();
        assertThat(used("reply-0")).isPositive();
        assertThat(heldAndClaimed)
                .hasSize(2)
                .allSatisfy(bytes -> assertThat(bytes).isPositive());
        assertThat(gauges.heldBytes()).isZero();
        assertThat(gauges.logClaimedBytes()).isZero();
        assertThat(gauges.logFreeBytes()).isLessThan(free);
        assertThat(gauges.storageFreeBytes()).isEqualTo(Long.MAX_VALUE);
        assertThat(sum(engine.counters().batchRecords())).isEqualTo(1);
        assertThat(engine.counters().batchRecords().sum()).isEqualTo(2);
        assertThat(engine.counters().logSyncNs().sum()).isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(3));
    }

    private int used(String ring) {
        return engine.gauges().rings().stream()
                .filter(candidate -> candidate.name().equals(ring))
                .findFirst()
                .orElseThrow()
                .usedBytes()
                .getAsInt();
    }

    private static long sum(Distribution distribution) {
        return LongStream.range(0, distribution.buckets())
                .map(bucket -> distribution.count((int) bucket))
                .sum();
    }

    @Test
    void shouldHaltOnAFailedSyncAndLetNothingOut() {
        submit("a", 1);
        core();
        files.failSync = true;
        assertThatThrownBy(this::log).isInstanceOf(AgentTerminationException.class);
        assertThat(halts).containsExactly("log");
        egress();
        assertThat(replies.lines).isEmpty();
        assertThat(engine.durableSequence()).isZero();
        assertThatThrownBy(this::log).as("it never works again").isInstanceOf(AgentTerminationException.class);
        assertThat(halts).hasSize(1);
    }

    @Test
    void shouldGoOnAfterACleanStop() throws IOException {
        submit("a", 1);
        submit("b", 2);
        stepAll();
        submit("c", 3);
        core();
        engine.close();
        long hash = core.coreHash();

        start();
        assertThat(engine.recovered().cleanStop()).isTrue();
        assertThat(engine.durableSequence()).isEqualTo(3);
        assertThat(core.coreHash()).isEqualTo(hash);
        submit("c again", 3);
        submit("d", 4);
        stepAll();
        assertThat(replies.lines).endsWith("d RECORD OK 4", "c again RECORD_HIT OK 3");
    }

    @Test
    void shouldRecoverWhatOnlyTheLogHolds() throws IOException {
        submit("a", 1);
        core();
        log();
        egress();
        files.failSync = true;
        submit("b", 2);
        core();
        assertThatThrownBy(this::log).isInstanceOf(AgentTerminationException.class);
        files.failSync = false;
        engine.close();

        start();
        assertThat(engine.recovered().cleanStop()).isFalse();
        assertThat(engine.durableSequence()).isGreaterThanOrEqualTo(1);
        assertThat(engine.journaledSequence()).isEqualTo(engine.durableSequence());
    }

    private void start() throws IOException {
        core = new TestCore();
        EngineEnvironment environment =
                new EngineEnvironment(clock, clock, files, folder -> usableBytes, (role, cause) -> halts.add(role));
        engine = ClearingEngine.assemble(config, environment, folder -> LoadedState.nothing(core));
        client = engine.connect(0);
    }

    private void submit(String name, long key) {
        assertThat(client.submit(frames.transfer(key, 1), replies.named(name))).isTrue();
    }

    private void core() {
        work(engine.stages().get(0));
    }

    private void log() {
        work(engine.stages().get(1));
    }

    private void egress() {
        work(client.egress());
    }

    private void stepAll() {
        boolean worked = true;
        while (worked) {
            worked = work(engine.stages().get(0))
                            + work(engine.stages().get(1))
                            + work(engine.stages().get(2))
                    > 0;
            egress();
        }
    }

    private static int work(Agent agent) {
        try {
            int total = 0;
            int work = agent.doWork();
            while (work > 0) {
                total += work;
                work = agent.doWork();
            }
            return total;
        } catch (Exception e) {
            throw e instanceof RuntimeException unchecked ? unchecked : new IllegalStateException(e);
        }
    }
}

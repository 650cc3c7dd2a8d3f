// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.pipeline;

import it.socialies.engine.client.ClientSettings;
import it.socialies.engine.client.EngineClient;
import it.socialies.engine.core.CoreService;
import it.socialies.engine.journal.batch.JournalDamaged;
import it.socialies.engine.journal.files.DataFolder;
import it.socialies.engine.journal.files.LogFiles;
import it.socialies.engine.journal.files.ProcessLock;
import it.socialies.engine.journal.queue.JournalFiles;
import it.socialies.engine.journal.reader.JournalTailer;
import it.socialies.engine.journal.reader.RecordReader;
import it.socialies.engine.journal.recovery.Recovery;
import it.socialies.engine.journal.recovery.RecoveryReport;
import it.socialies.engine.journal.recovery.RecoveryResult;
import it.socialies.engine.snapshot.LoadedState;
import it.socialies.engine.snapshot.SnapshotFiles;
import it.socialies.engine.snapshot.SnapshotLoader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.agrona.BitUtil;
import org.agrona.BufferUtil;
import org.agrona.ErrorHandler;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.AgentRunner;
import org.agrona.concurrent.AgentTerminationException;
import org.agrona.concurrent.CompositeAgent;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.ManyToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.OneToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RingBuffer;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/**
 * The engine on one machine. Data flows one way:
 *
 * <pre>
 * clients ─► command ring ─► CORE ─► output ring ─► LOG (write + fdatasync) ─► durable ─► reply rings ─► clients
 *                          1 thread                  1 thread     │                           ▲
 *                                                                 ├─► duplicate ring ─► ANSWER READER
 *                                                                 └─► journal ring ───► JOURNAL ─► tailers
 *                                                                                       1 thread for both
 * </pre>
 *
 * <p>Threading: launch and close on one thread; everything else from any. The first exception of a stage halts the process: what is on the disk is
 * then the truth, and the next launch recovers it.
 */
public final class ClearingEngine implements AutoCloseable {
    private static final Logger LOG = LogManager.getLogger(ClearingEngine.class);

    private final EngineConfig config;
    private final EngineEnvironment environment;
    private final DataFolder folder;
    private final ProcessLock lock;
    private final RecoveryResult recovered;
    private final StartReport startReport;
    private final RecordReader recordReader;

    private final ManyToOneRingBuffer commandRing;
    private final OneToOneRingBuffer outputRing;
    private final OneToOneRingBuffer duplicateRing;
    private final OneToOneRingBuffer journalRing;
    private final ReplyRings replyRings;

    private final Doorbell coreBell;
    private final Doorbell logBell;
    private final Doorbell journalBell;

    private final EngineCounters counters;
    private final EngineGauges gauges;
    private final EnginePositions positions;
    private final JournalAgent journalAgent;
    private final List<HaltingAgent> stages = new ArrayList<>();
    private final List<AgentRunner> runners = new ArrayList<>();
    private final List<AgentRunner> egressRunners = new ArrayList<>();
    private final List<EngineClient> clients = new ArrayList<>();
    private volatile boolean failed;
    private boolean running;
    private boolean closed;

    /**
     * Locks the data folder, restores the newest good snapshot, replays the journal behind it, and starts.
     *
     * @param newCore makes cores that know nothing yet; the one that is used is from then on the engine's own
     * @throws IOException when the data folder cannot be used, or another engine uses it
     * @throws JournalDamaged when something durable is missing or altered, or a snapshot is ahead of the journal
     */
    public static ClearingEngine launch(
            EngineConfig config, EngineEnvironment environment, Supplier<? extends CoreService> newCore)
            throws IOException {
        return started(assemble(
                config,
                environment,
                folder -> new SnapshotLoader(folder, SnapshotFiles.REAL, newCore, environment.nanoClock()).load()));
    }

    /** As above, replaying the whole journal, whatever snapshots there are, into a core that knows nothing yet. */
    public static ClearingEngine launch(EngineConfig config, EngineEnvironment environment, CoreService core)
            throws IOException {
        return started(assemble(config, environment, folder -> LoadedState.nothing(core)));
    }

    /** Locks, recovers and wires, and starts no thread: a test steps {@link #stages} and the egress of its clients by hand. */
    static ClearingEngine assemble(EngineConfig config, EngineEnvironment environment, StateSource source)
            throws IOException {
        DataFolder folder = DataFolder.create(config.dataFolder());
        ProcessLock lock = folder.lock();
        try {
            JournalFiles.forgetMetadata(folder.journal());
            LoadedState state = source.load(folder);
            state.notes().forEach(LOG::warn);
            EngineCounters counters = new EngineCounters();
            LogFiles logFiles =
                    new TimedLogFiles(environment.logFiles(), environment.nanoClock(), counters.logSyncNs());
            long replayStartNs = environment.nanoClock().nanoTime();
            RecoveryResult recovered = Recovery.recover(
                    folder, config.journal(), logFiles, state.startAfter(), state.promised(), state.core()::onRecord);
            recovered.report().lines().forEach(LOG::warn);
            StartReport start = StartReport.of(
                    state, recovered.chain().sequence(), environment.nanoClock().nanoTime() - replayStartNs);
            LOG.info("{}", start);
            return new ClearingEngine(config, environment, state.core(), folder, lock, recovered, start, counters);
        } catch (IOException | RuntimeException | Error e) {
            lock.close();
            throw e;
        }
    }

    /** What the core starts from, read once the data folder is locked. */
    interface StateSource {
        LoadedState load(DataFolder folder) throws IOException;
    }

    private static ClearingEngine started(ClearingEngine engine) {
        engine.start();
        return engine;
    }

    private ClearingEngine(
            EngineConfig config,
            EngineEnvironment environment,
            CoreService core,
            DataFolder folder,
            ProcessLock lock,
            RecoveryResult recovered,
            StartReport start,
            EngineCounters counters) {
        if (core.lastSequence() != recovered.chain().sequence()) {
            throw new IllegalStateException("the core is at " + core.lastSequence() + ", the journal at "
                    + recovered.chain().sequence());
        }
        this.config = config;
        this.environment = environment;
        this.folder = folder;
        this.lock = lock;
        this.recovered = recovered;
        this.startReport = start;
        this.counters = counters;

        positions = new EnginePositions(recovered.chain().sequence());
        commandRing = new ManyToOneRingBuffer(ringMemory(config.commandRingBytes()));
        outputRing = new OneToOneRingBuffer(ringMemory(config.outputRingBytes()));
        duplicateRing = new OneToOneRingBuffer(ringMemory(config.duplicateRingBytes()));
        journalRing = new OneToOneRingBuffer(ringMemory(config.journalRingBytes()));
        replyRings = new ReplyRings(config.maxGateways(), counters.droppedReplies());

        coreBell = newDoorbell();
        logBell = newDoorbell();
        journalBell = newDoorbell();
        int maxBatchBytes = config.journal().maxBatchBytes();
        LogSpace logSpace = new LogSpace(recovered.log()::freeBytes, maxBatchBytes);
        CoreAgent coreAgent = new CoreAgent(
                core,
                commandRing,
                new CoreOutputPublisher(outputRing, logSpace, counters),
                new Stamper(
                        environment.epochClock(),
                        environment.nanoClock(),
                        core.lastTimestampMs(),
                        config.core().clockStepLimitMs(),
                        counters.clockAlarms()),
                config.core(),
                counters,
                logBell);
        LogAgent logAgent = new LogAgent(
                outputRing,
                recovered.log(),
                recovered.chain(),
                maxBatchBytes,
                logSpace,
                replyRings,
                duplicateRing,
                journalRing,
                positions,
                counters,
                coreBell,
                journalBell,
                environment.nanoClock(),
                config.idleMarkMs());
        journalAgent = new JournalAgent(
                journalRing,
                recovered.queue(),
                recovered.log(),
                positions,
                config.journaling(),
                coreBell,
                logBell,
                environment.nanoClock(),
                () -> environment.usableBytes().applyAsLong(folder.root()),
                counters.journalForceNs());
        recordReader = RecordReader.open(folder);
        AnswerReader answerReader = new AnswerReader(
                duplicateRing, recordReader::read, positions, replyRings, counters.unreadableAnswers());

        gauges = new EngineGauges(
                List.of(
                        ring("command", commandRing),
                        ring("output", outputRing),
                        ring("duplicate", duplicateRing),
                        ring("journal", journalRing)),
                recovered.log().capacityBytes(),
                recovered.log()::freeBytes,
                logSpace::inFlightBytes,
                logAgent::heldBytes,
                journalAgent::storageFreeBytes,
                config.journaling().storageReserveBytes());

        stage(coreAgent);
        stage(logAgent);
        stage(new CompositeAgent(journalAgent, answerReader));
    }

    /** Gives a gateway its way in, with a reply ring and an egress thread of its own. Each id connects once. */
    public synchronized EngineClient connect(int gatewayId) {
        if (closed) {
            throw new IllegalStateException("the engine is closed");
        }
        ManyToOneRingBuffer replyRing = new ManyToOneRingBuffer(ringMemory(config.replyRingBytes()));
        ClientSettings settings = config.client();
        EngineClient client = new EngineClient(
                gatewayId,
                commandRing,
                replyRing,
                settings,
                counters.clients(),
                journalAgent::isStorageLow,
                coreBell::ring,
                environment.nanoClock(),
                e -> LOG.error("a reply handler of gateway {} failed", gatewayId, e));
        Doorbell egressBell = newDoorbell();
        replyRings.connect(gatewayId, replyRing, egressBell);
        gauges.add(ring("reply-" + gatewayId, replyRing));
        clients.add(client);
        if (running) {
            egressRunners.add(
                    startOnThread(new HaltingAgent(client.egress(), this::halt), egressBell, "egress-" + gatewayId));
        }
        return client;
    }

    /** A tailer of the journal before its first batch, for one thread; it sees durable records only. The caller closes it. */
    public JournalTailer openTailer() {
        return JournalTailer.open(folder);
    }

    public long durableSequence() {
        return positions.durableSequence();
    }

    public long journaledSequence() {
        return positions.journaledSequence();
    }

    public EnginePositions positions() {
        return positions;
    }

    public EngineCounters counters() {
        return counters;
    }

    /** How full the ways between the stages are. */
    public EngineGauges gauges() {
        return gauges;
    }

    /** True while the disk has less free space than the reserve: frames with a key are refused. */
    public boolean isStorageLow() {
        return journalAgent.isStorageLow();
    }

    /** True after a stage failed; only seen when the halt returned, as in a test. */
    public boolean hasFailed() {
        return failed;
    }

    /** From what the launch started, and how long that took. */
    public StartReport startReport() {
        return startReport;
    }

    /** What recovery found at the launch. */
    public RecoveryReport recoveryReport() {
        return recovered.report();
    }

    /**
     * Stops cleanly: nothing enters any more, what has entered becomes durable and is answered, the journal is forced, the
     * log marked. After a failure it only closes; nothing more is written.
     */
    @Override
    public synchronized void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        clients.forEach(EngineClient::stopAccepting);
        if (running) {
            awaitDrained();
            runners.forEach(ClearingEngine::stop);
            egressRunners.forEach(ClearingEngine::stop);
        } else if (!failed) {
            stages.forEach(ClearingEngine::closeStage);
        }
        recordReader.close();
        recovered.queue().close();
        recovered.log().close();
        lock.close();
        LOG.info(
                "closed at durable {} journaled {}{}",
                durableSequence(),
                journaledSequence(),
                failed ? " after a failure" : "");
    }

    /** A stage that halts while it closes has said so; the files are closed all the same. */
    private static void closeStage(HaltingAgent stage) {
        try {
            stage.onClose();
        } catch (AgentTerminationException e) {
            LOG.debug("{} halted while it was closed", stage.roleName(), e);
        }
    }

    RecoveryResult recovered() {
        return recovered;
    }

    /** Core, log, journal with answer reader. */
    List<HaltingAgent> stages() {
        return stages;
    }

    private void start() {
        // The readers of a ring start before its writer; they stop in the order of the flow.
        AgentRunner journal = startOnThread(stages.get(2), journalBell, "journal");
        AgentRunner log = startOnThread(stages.get(1), logBell, "log");
        AgentRunner core = startOnThread(stages.get(0), coreBell, "core");
        runners.addAll(List.of(core, log, journal));
        running = true;
        LOG.info("launched at sequence {}", durableSequence());
    }

    private static EngineGauges.Ring ring(String name, RingBuffer ring) {
        return new EngineGauges.Ring(name, ring.capacity(), ring::size);
    }

    private void stage(Agent agent) {
        stages.add(new HaltingAgent(agent, this::halt));
    }

    private void halt(String role, Throwable cause) {
        failed = true;
        environment.halt().halt(role, cause);
    }

    private void awaitDrained() {
        long deadlineNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(config.drainMs());
        while (!failed && !isDrained() && System.nanoTime() - deadlineNs < 0) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
    }

    private boolean isDrained() {
        return commandRing.size() == 0
                && outputRing.size() == 0
                && duplicateRing.size() == 0
                && journalRing.size() == 0;
    }

    private Doorbell newDoorbell() {
        return new Doorbell(TimeUnit.MICROSECONDS.toNanos(config.maxParkUs()));
    }

    private AgentRunner startOnThread(Agent agent, Doorbell bell, String name) {
        ErrorHandler alreadyHandled = e -> {
            if (!(e instanceof AgentTerminationException)) {
                halt(name, e);
            }
        };
        AgentRunner runner = new AgentRunner(bell, alreadyHandled, null, agent);
        AgentRunner.startOnThread(runner, work -> new Thread(work, "ies-" + name));
        return runner;
    }

    // Never interrupt: an interrupted thread closes the file it writes.
    private static void stop(AgentRunner runner) {
        runner.close(60_000, thread -> LOG.error("{} does not stop", thread.getName()));
    }

    private static UnsafeBuffer ringMemory(int dataBytes) {
        return new UnsafeBuffer(BufferUtil.allocateDirectAligned(
                dataBytes + RingBufferDescriptor.TRAILER_LENGTH, BitUtil.CACHE_LINE_LENGTH));
    }
}

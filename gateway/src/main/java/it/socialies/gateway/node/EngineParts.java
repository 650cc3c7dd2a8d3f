// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.node;

import com.github.f4b6a3.uuid.UuidCreator;
import it.socialies.engine.archive.ArchiveProcess;
import it.socialies.engine.archive.ArchiveScheduler;
import it.socialies.engine.client.BlockingClient;
import it.socialies.engine.client.ClientSettings;
import it.socialies.engine.client.CommandFrame;
import it.socialies.engine.client.EngineClient;
import it.socialies.engine.client.Reply;
import it.socialies.engine.core.ClearingCore;
import it.socialies.engine.core.CoreLimits;
import it.socialies.engine.journal.archive.ArchiveConfig;
import it.socialies.engine.journal.files.DataFolder;
import it.socialies.engine.pipeline.ClearingEngine;
import it.socialies.engine.pipeline.EngineConfig;
import it.socialies.engine.pipeline.EngineEnvironment;
import it.socialies.engine.pipeline.JournalSettings;
import it.socialies.engine.projection.BatchSource;
import it.socialies.engine.projection.ProjectionConfig;
import it.socialies.engine.projection.ProjectionCounters;
import it.socialies.engine.projection.ProjectionDataSource;
import it.socialies.engine.projection.ProjectionState;
import it.socialies.engine.projection.ProjectionStatus;
import it.socialies.engine.projection.Projector;
import it.socialies.engine.protocol.sbe.InstallationMode;
import it.socialies.engine.protocol.sbe.MessageHeaderDecoder;
import it.socialies.engine.protocol.sbe.PrincipalKind;
import it.socialies.engine.protocol.sbe.QueryStatusEncoder;
import it.socialies.engine.protocol.sbe.ResultCode;
import it.socialies.engine.protocol.sbe.StartInstallationEncoder;
import it.socialies.engine.protocol.sbe.StatusViewDecoder;
import it.socialies.engine.snapshot.SnapshotFolder;
import it.socialies.engine.snapshot.SnapshotProcess;
import it.socialies.engine.snapshot.SnapshotScheduler;
import it.socialies.engine.snapshot.SnapshotSummary;
import it.socialies.gateway.office.BootstrapOperators;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.agrona.concurrent.AgentRunner;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.SleepingMillisIdleStrategy;
import org.agrona.concurrent.SystemNanoClock;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.jspecify.annotations.Nullable;

/** The engine's side of the node: the clearing engine, and the projector behind it. Threading: made and closed by the main thread. */
final class EngineParts implements AutoCloseable {
    private static final Logger LOG = LogManager.getLogger(EngineParts.class);
    private static final int GATEWAY_ID = 0;
    private static final int CLOSE_TIMEOUT_MS = 10_000;
    private static final long SNAPSHOT_WATCH_MS = 250;

    /** What the core says of the installation. */
    record Installation(InstallationMode mode, long clockOffsetMs, long lastSequence) {}

    private final ClearingEngine engine;
    private final EngineClient client;
    private final Projector projector;
    private final AgentRunner projectorRunner;
    private final @Nullable SnapshotScheduler snapshots;
    private final @Nullable AgentRunner snapshotsRunner;
    private final @Nullable ArchiveScheduler archive;

    private EngineParts(
            ClearingEngine engine,
            Projector projector,
            @Nullable SnapshotScheduler snapshots,
            @Nullable ArchiveScheduler archive) {
        this.engine = engine;
        this.projector = projector;
        this.snapshots = snapshots;
        this.archive = archive;
        snapshotsRunner = snapshots == null
                ? null
                : new AgentRunner(
                        new SleepingMillisIdleStrategy(SNAPSHOT_WATCH_MS),
                        e -> LOG.error("the schedule of snapshots failed", e),
                        null,
                        snapshots);
        client = engine.connect(GATEWAY_ID);
        projectorRunner = new AgentRunner(
                new BackoffIdleStrategy(1, 1, TimeUnit.MICROSECONDS.toNanos(100), TimeUnit.MILLISECONDS.toNanos(5)),
                e -> LOG.error("the projector failed", e),
                null,
                projector);
    }

    /** Recovers and starts the engine. The projector starts with {@link #startProjector}. */
    static EngineParts launch(NodeArguments arguments, NodeConfig config, PostgresLogins logins) throws IOException {
        EngineConfig engineConfig = EngineConfig.defaults(arguments.dataFolder())
                .withClient(new ClientSettings(
                        config.engineInFlightMax(), config.engineTimeoutMs(), ClientSettings.DEFAULTS.expiryScanMs()))
                .withJournaling(JournalSettings.DEFAULTS.withStorageReserveBytes(
                        config.snapshots().storageReserveBytes()));
        ClearingEngine engine = ClearingEngine.launch(
                engineConfig,
                EngineEnvironment.MACHINE,
                () -> new ClearingCore(CoreLimits.defaults(), new SecureRandom().nextLong()));
        PostgresLogins.Login login = logins.projection();
        String url = "jdbc:postgresql://" + arguments.postgresHost() + ':' + arguments.postgresPort() + '/'
                + login.database() + (logins.tls() ? "?sslmode=verify-full" : "?sslmode=disable");
        Projector projector = new Projector(
                ProjectionConfig.DEFAULT,
                ProjectionDataSource.of(url, login.user(), login.password()),
                () -> BatchSource.ofJournal(DataFolder.at(arguments.dataFolder())),
                SystemNanoClock.INSTANCE);
        Path jvmFolder = config.snapshots().jvmFolder();
        if (jvmFolder == null) {
            LOG.warn(
                    "no snapshots are taken, nothing is archived: ies.home does not say where the product is installed");
            return new EngineParts(engine, projector, null, null);
        }
        DataFolder folder = DataFolder.at(arguments.dataFolder());
        ArchiveScheduler archive = archive(folder, jvmFolder, config, projector);
        return new EngineParts(
                engine, projector, snapshots(folder, jvmFolder, config.snapshots(), engine, archive), archive);
    }

    private static ArchiveScheduler archive(DataFolder folder, Path jvmFolder, NodeConfig config, Projector projector) {
        ArchiveConfig archiving = ArchiveConfig.DEFAULT
                .withLiveDays(config.journalLiveDays())
                .withReserveBytes(config.snapshots().storageReserveBytes());
        return new ArchiveScheduler(
                folder,
                archiving,
                new ArchiveProcess(jvmFolder, folder, archiving),
                () -> projector.status().lastSequence());
    }

    private static SnapshotScheduler snapshots(
            DataFolder folder, Path jvmFolder, SnapshotConfig config, ClearingEngine engine, ArchiveScheduler archive) {
        return new SnapshotScheduler(
                config.schedule(),
                SnapshotFolder.of(folder),
                new SnapshotProcess(jvmFolder, folder, config.storageReserveBytes()),
                engine::journaledSequence,
                summary -> {
                    LOG.info("newest snapshot: {}", summary.sequence());
                    archive.onSnapshot();
                },
                SystemNanoClock.INSTANCE);
    }

    /**
     * Starts the installation when the journal is empty.
     *
     * @param live only looked at then
     */
    void startInstallation(boolean live) {
        StartInstallationEncoder start = new StartInstallationEncoder();
        CommandFrame frame = new CommandFrame().from(PrincipalKind.SYSTEM, 0, 0);
        UUID key = newKey();
        frame.key(key.getMostSignificantBits(), key.getLeastSignificantBits());
        frame.message(start)
                .firstPersonId(1)
                .secondPersonId(BootstrapOperators.COUNT)
                .mode(live ? InstallationMode.LIVE : InstallationMode.SANDBOX);
        Reply reply = call(frame);
        if (reply.code() != ResultCode.OK) {
            throw new NodeFailure("the installation cannot start: " + reply.code());
        }
    }

    /** Asks the core. */
    Installation installation() {
        CommandFrame frame = new CommandFrame().from(PrincipalKind.SYSTEM, 0, 0);
        frame.message(new QueryStatusEncoder());
        Reply reply = call(frame);
        StatusViewDecoder view =
                new StatusViewDecoder().wrapAndApplyHeader(reply.body(), 0, new MessageHeaderDecoder());
        return new Installation(view.mode(), view.clockOffsetMs(), view.lastSequence());
    }

    private Reply call(CommandFrame frame) {
        try {
            Optional<Reply> reply = new BlockingClient(client).call(frame);
            return reply.orElseThrow(() -> new NodeFailure("the engine takes no commands: is the disk full?"));
        } catch (TimeoutException e) {
            throw new NodeFailure("the engine does not answer: start again", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NodeFailure("interrupted", e);
        }
    }

    /** A UUIDv7 of now. */
    private static UUID newKey() {
        return UuidCreator.getTimeOrderedEpoch();
    }

    void startProjector() {
        AgentRunner.startOnThread(projectorRunner, work -> new Thread(work, "ies-projector"));
    }

    /** Takes snapshots from now on. */
    void startSnapshots() {
        if (snapshotsRunner != null) {
            AgentRunner.startOnThread(snapshotsRunner, work -> new Thread(work, "ies-snapshots"));
        }
    }

    /** The newest snapshot; null when there is none yet. */
    @Nullable
    SnapshotSummary lastSnapshot() {
        return snapshots == null ? null : snapshots.last();
    }

    /** Last record of the newest snapshot, 0 when there is none. */
    long snapshotSequence() {
        SnapshotSummary last = lastSnapshot();
        return last == null ? 0 : last.sequence();
    }

    /** Attempts that gave no snapshot although one was due. */
    long snapshotFailures() {
        return snapshots == null ? 0 : snapshots.failures().sum();
    }

    /** Runs of the archiver that failed. */
    long archiveFailures() {
        return archive == null ? 0 : archive.failures().sum();
    }

    ClearingEngine engine() {
        return engine;
    }

    EngineClient client() {
        return client;
    }

    ProjectionStatus projection() {
        return projector.status();
    }

    ProjectionCounters projectionCounters() {
        return projector.counters();
    }

    long durableSequence() {
        return engine.durableSequence();
    }

    long journaledSequence() {
        return engine.journaledSequence();
    }

    long projectedSequence() {
        return projector.status().lastSequence();
    }

    boolean isProjecting() {
        return projector.status().state() == ProjectionState.RUNNING;
    }

    @Override
    public void close() throws IOException {
        if (snapshotsRunner != null) {
            snapshotsRunner.close(CLOSE_TIMEOUT_MS, thread -> LOG.warn("{} does not stop", thread.getName()));
        }
        if (archive != null) {
            archive.close();
        }
        projectorRunner.close(CLOSE_TIMEOUT_MS, thread -> LOG.warn("{} does not stop", thread.getName()));
        engine.close();
    }
}

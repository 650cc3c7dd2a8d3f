// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.simulation;

import it.socialies.engine.client.ClientSettings;
import it.socialies.engine.core.CoreService;
import it.socialies.engine.journal.batch.JournalDamaged;
import it.socialies.engine.journal.batch.JournalFailure;
import it.socialies.engine.journal.files.DataFolder;
import it.socialies.engine.journal.files.LogFiles;
import it.socialies.engine.journal.recovery.JournalConfig;
import it.socialies.engine.pipeline.ClearingEngine;
import it.socialies.engine.pipeline.CoreSettings;
import it.socialies.engine.pipeline.EngineConfig;
import it.socialies.engine.pipeline.EngineEnvironment;
import it.socialies.engine.pipeline.JournalSettings;
import it.socialies.engine.pipeline.ManualClock;
import it.socialies.engine.pipeline.SteppedEngine;
import it.socialies.engine.projection.BatchSource;
import it.socialies.engine.projection.ProjectionConfig;
import it.socialies.engine.projection.Projector;
import it.socialies.engine.simulation.disk.ProcessDied;
import it.socialies.engine.simulation.disk.SimulatedDisk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.AgentTerminationException;
import org.jspecify.annotations.Nullable;

/** One process of the node on the simulated machine: engine, projector and the ways in, without a thread of their own. One thread. */
final class Machine {
    /** Begins the message of every fault that the world makes. */
    static final String SIMULATED = "simulated: ";

    private static final int BATCH_BYTES = 64 << 10;

    private final SimulatedDisk disk;
    private final EngineConfig config;
    private final ClearingEngine engine;
    private final List<? extends Agent> stages;
    private final Projector projector;
    private @Nullable Throwable haltCause;

    private Machine(
            SimulatedDisk disk,
            ManualClock clock,
            Weather weather,
            DataSource projection,
            Supplier<? extends CoreService> newCore)
            throws IOException {
        this.disk = disk;
        config = new EngineConfig(
                dataFolder(disk),
                new JournalConfig(weather.logBytes(), BATCH_BYTES, false),
                CoreSettings.DEFAULTS,
                new JournalSettings(weather.forceBytes(), 500, 1, 200),
                new ClientSettings(64, 2_000, 50),
                8,
                512 << 10,
                512 << 10,
                512 << 10,
                16 << 10,
                512 << 10,
                200,
                10_000,
                10_000);
        EngineEnvironment environment = new EngineEnvironment(
                clock, clock, LogFiles.REAL, folder -> disk.usableBytes(), (role, cause) -> haltCause = cause);
        engine = SteppedEngine.assemble(config, environment, newCore);
        stages = SteppedEngine.stages(engine);
        projector = new Projector(
                new ProjectionConfig(2_048, 40, 20, 500),
                projection,
                () -> BatchSource.ofJournal(DataFolder.at(config.dataFolder())),
                clock);
    }

    static Path dataFolder(SimulatedDisk disk) {
        return disk.path("/data");
    }

    /**
     * Starts a process: recovers what is on the disk.
     *
     * @throws ProcessDied when it died meanwhile
     */
    static Machine start(
            SimulatedDisk disk,
            ManualClock clock,
            Weather weather,
            DataSource projection,
            Supplier<? extends CoreService> newCore)
            throws IOException {
        return new Machine(disk, clock, weather, projection, newCore);
    }

    ClearingEngine engine() {
        return engine;
    }

    Projector projector() {
        return projector;
    }

    /**
     * Core, log, journal: one duty of one of them. Returns false when the process ended in it.
     *
     * @param rots the disk holds damage that a start did not have to see
     */
    boolean step(int stage, boolean rots) throws Exception {
        try {
            stages.get(stage).doWork();
        } catch (AgentTerminationException e) {
            requireExcuse(rots);
            return false;
        }
        return !disk.isDead();
    }

    int stages() {
        return stages.size();
    }

    /** A process halts because it was killed, or because the disk failed; never otherwise. */
    private void requireExcuse(boolean rots) {
        Throwable cause = Objects.requireNonNull(haltCause);
        if (cause instanceof Violation violation) {
            throw violation;
        }
        if (!isSimulated(cause) && !(rots && isDamage(cause))) {
            throw new Violation("the process halted: " + cause, cause);
        }
    }

    /** The journal or the archive is not what was written, and the engine says so. */
    static boolean isDamage(Throwable failure) {
        return failure instanceof JournalFailure || failure instanceof JournalDamaged;
    }

    static boolean isSimulated(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String message = cause.getMessage();
            if (cause instanceof ProcessDied || (message != null && message.startsWith(SIMULATED))) {
                return true;
            }
        }
        return false;
    }

    /** The process is gone: nothing more is written. */
    void end() throws IOException {
        projector.onClose();
        engine.close();
    }
}

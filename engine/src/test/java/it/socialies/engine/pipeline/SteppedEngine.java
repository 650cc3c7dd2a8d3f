// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.pipeline;

import it.socialies.engine.core.CoreService;
import it.socialies.engine.snapshot.SnapshotFiles;
import it.socialies.engine.snapshot.SnapshotLoader;
import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;
import org.agrona.concurrent.Agent;

/** The engine as it is launched, but without threads: whoever holds it steps every stage, and the egress of every client. */
public final class SteppedEngine {
    private SteppedEngine() {}

    /** Locks, restores the newest good snapshot, replays, wires. */
    public static ClearingEngine assemble(
            EngineConfig config, EngineEnvironment environment, Supplier<? extends CoreService> newCore)
            throws IOException {
        return ClearingEngine.assemble(
                config,
                environment,
                folder -> new SnapshotLoader(folder, SnapshotFiles.REAL, newCore, environment.nanoClock()).load());
    }

    /** Core, log, journal with answer reader. */
    public static List<? extends Agent> stages(ClearingEngine engine) {
        return engine.stages();
    }
}

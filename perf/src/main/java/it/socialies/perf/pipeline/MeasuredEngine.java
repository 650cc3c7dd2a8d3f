// SPDX-License-Identifier: EUPL-1.2
package it.socialies.perf.pipeline;

import it.socialies.engine.client.ClientSettings;
import it.socialies.engine.client.EngineClient;
import it.socialies.engine.core.ClearingCore;
import it.socialies.engine.core.CoreLimits;
import it.socialies.engine.core.payments.Payments;
import it.socialies.engine.journal.files.LogFiles;
import it.socialies.engine.pipeline.ClearingEngine;
import it.socialies.engine.pipeline.EngineConfig;
import it.socialies.engine.pipeline.EngineCounters;
import it.socialies.engine.pipeline.EngineEnvironment;
import it.socialies.engine.protocol.sbe.StepClockEncoder;
import it.socialies.perf.town.EngineDesk;
import it.socialies.perf.town.Message;
import it.socialies.perf.town.Town;
import it.socialies.perf.town.TownBuilder;
import it.socialies.perf.town.TownPlan;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** An engine as the node runs it, in this JVM, with a town in it. */
public final class MeasuredEngine implements AutoCloseable {
    /** As many customers as a run may have. */
    public static final int OUTSTANDING_MAX = 16_384;

    private static final int REPLY_RING_BYTES = 16 << 20;
    private static final int COMMAND_TIMEOUT_MS = 30_000;
    private static final long POLL_NS = TimeUnit.MILLISECONDS.toNanos(5);
    private static final long SETTLE_NS = TimeUnit.MILLISECONDS.toNanos(300);

    private final ClearingEngine engine;
    private final EngineClient client;
    private final EngineDesk desk;
    private final Town town;
    private long clockOffsetMs;

    private MeasuredEngine(ClearingEngine engine, TownPlan plan) {
        this.engine = engine;
        client = engine.connect(0);
        desk = new EngineDesk(client, this::nowMs);
        town = TownBuilder.build(desk, plan);
    }

    public static MeasuredEngine launch(Path folder, LogFiles logFiles, int wallets) throws IOException {
        return launch(folder, logFiles, TownPlan.of(wallets));
    }

    public static MeasuredEngine launch(Path folder, LogFiles logFiles, TownPlan plan) throws IOException {
        EngineConfig config = EngineConfig.defaults(folder)
                .withClient(
                        new ClientSettings(OUTSTANDING_MAX, COMMAND_TIMEOUT_MS, ClientSettings.DEFAULTS.expiryScanMs()))
                .withReplyRingBytes(REPLY_RING_BYTES);
        EngineEnvironment machine = EngineEnvironment.MACHINE;
        ClearingEngine engine = ClearingEngine.launch(
                config,
                new EngineEnvironment(
                        machine.epochClock(), machine.nanoClock(), logFiles, machine.usableBytes(), machine.halt()),
                new ClearingCore(CoreLimits.defaults(), new SecureRandom().nextLong()));
        return new MeasuredEngine(engine, plan);
    }

    public EngineClient client() {
        return client;
    }

    public Town town() {
        return town;
    }

    public long durableSequence() {
        return engine.durableSequence();
    }

    EngineCounters counters() {
        return engine.counters();
    }

    /** The installation's time: the machine's, and by how much the sandbox clock was moved. */
    public long nowMs() {
        return System.currentTimeMillis() + clockOffsetMs;
    }

    /**
     * Moves the sandbox clock past the life of every payment and key, and waits until the core has let go of them: the tables are as empty as before, and stay
     * as large. Payments stay 90 days, so at the rates measured here any table would be full within seconds.
     */
    public void closePayments() {
        long advanceMs = 2 * Payments.CHANGEABLE_MS;
        desk.ask(town.installers().get(0), Message.of(new StepClockEncoder(), command -> command.advanceMs(advanceMs)));
        clockOffsetMs += advanceMs;
        long records = -1;
        long sinceNs = System.nanoTime();
        while (System.nanoTime() - sinceNs < SETTLE_NS) {
            long now = engine.counters().records().sum();
            if (now != records) {
                records = now;
                sinceNs = System.nanoTime();
            }
            LockSupport.parkNanos(POLL_NS);
        }
    }

    @Override
    public void close() throws IOException {
        engine.close();
    }
}

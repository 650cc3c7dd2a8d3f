// SPDX-License-Identifier: EUPL-1.2
package it.socialies.perf.snapshot;

import it.socialies.engine.core.ClearingCore;
import it.socialies.engine.core.CoreLimits;
import it.socialies.engine.pipeline.ClearingEngine;
import it.socialies.engine.pipeline.EngineConfig;
import it.socialies.engine.pipeline.EngineEnvironment;
import it.socialies.engine.pipeline.StartReport;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.TimeoutException;

/**
 * One start of the engine as the node makes it, in a JVM of its own: from the newest snapshot and the journal behind it, or from the journal alone. Says on
 * one line what it took.
 */
final class EngineStart {
    static final String FROM_SNAPSHOT = "snapshot";
    static final String FROM_ZERO = "zero";
    private static final String PREFIX = "started: ";

    private EngineStart() {}

    /**
     * What a start says of itself.
     *
     * @param readyMs milliseconds from the start of the JVM to the first answer
     * @param restoreMs reading the snapshot
     * @param replayMs replaying the journal behind it, and joining the commit log
     * @param replayed records of the journal
     * @param heapBytes in use when it was ready, after a collection
     * @param status what the core then said
     */
    record Result(long readyMs, long restoreMs, long replayMs, long replayed, long heapBytes, Status status) {

        /** @param lines logs may stand among them */
        static Result parse(List<String> lines) {
            String line = lines.stream()
                    .filter(each -> each.startsWith(PREFIX))
                    .findFirst()
                    .orElseThrow();
            String[] fields = line.substring(PREFIX.length()).split(" ");
            return new Result(
                    Long.parseLong(fields[0]),
                    Long.parseLong(fields[1]),
                    Long.parseLong(fields[2]),
                    Long.parseLong(fields[3]),
                    Long.parseLong(fields[4]),
                    new Status(Long.parseLong(fields[5]), Long.parseLong(fields[6])));
        }

        String toLine() {
            return PREFIX + readyMs + " " + restoreMs + " " + replayMs + " " + replayed + " " + heapBytes + " "
                    + status.sequence() + " " + status.coreHash();
        }
    }

    /** @param arguments the data folder, and {@link #FROM_SNAPSHOT} or {@link #FROM_ZERO} */
    public static void main(String[] arguments) throws IOException, InterruptedException, TimeoutException {
        EngineConfig config = EngineConfig.defaults(Path.of(arguments[0]));
        try (ClearingEngine engine = arguments[1].equals(FROM_SNAPSHOT)
                ? ClearingEngine.launch(config, EngineEnvironment.MACHINE, EngineStart::newCore)
                : ClearingEngine.launch(config, EngineEnvironment.MACHINE, newCore())) {
            Status status = Status.ask(engine.connect(0));
            long readyMs = System.currentTimeMillis()
                    - ManagementFactory.getRuntimeMXBean().getStartTime();
            StartReport report = engine.startReport();
            Result result = new Result(
                    readyMs, report.restoreMs(), report.replayMs(), report.replayedRecords(), heapBytes(), status);
            System.out.println(result.toLine());
        }
    }

    private static ClearingCore newCore() {
        return new ClearingCore(CoreLimits.defaults(), new SecureRandom().nextLong());
    }

    private static long heapBytes() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.engineclient;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Timer;
import it.socialies.engine.client.MessageNames;
import it.socialies.engine.protocol.sbe.ResultCode;
import it.socialies.gateway.api.Json;
import it.socialies.gateway.metrics.GatewayMetrics;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Counts what became of each command and query, by its name and result, and times the durable answers. Names and results are words of the protocol,
 * so nobody can make new ones. Threading: any; after the first of its kind, counting is a few atomic additions.
 */
public final class CommandMeter {
    /** Commands and queries have lower template ids. */
    private static final int TEMPLATES = 100;

    /** Result codes are lower. */
    private static final int NOT_ENTERED = 510;

    private static final int OUTCOME_UNKNOWN = 511;
    private static final int RESULTS = 512;

    private final GatewayMetrics metrics;
    private final MessageNames names = new MessageNames();
    private final AtomicReferenceArray<Counter> counters = new AtomicReferenceArray<>(TEMPLATES * RESULTS);
    private final AtomicReferenceArray<Timer> timers = new AtomicReferenceArray<>(TEMPLATES);

    public CommandMeter(GatewayMetrics metrics) {
        this.metrics = metrics;
    }

    /** The core answered. */
    void answered(int templateId, ResultCode code, long startNs) {
        counter(templateId, code.value()).increment();
        timer(templateId).record(System.nanoTime() - startNs, TimeUnit.NANOSECONDS);
    }

    /** The frame never entered: too many in flight, or the disk is nearly full. */
    void notEntered(int templateId) {
        counter(templateId, NOT_ENTERED).increment();
    }

    /** Nobody knows what became of it. */
    void timedOut(int templateId) {
        counter(templateId, OUTCOME_UNKNOWN).increment();
    }

    private Counter counter(int templateId, int result) {
        int index = templateId * RESULTS + result;
        Counter known = counters.getAcquire(index);
        if (known != null) {
            return known;
        }
        Counter fresh = metrics.counter(
                "ies_commands",
                "Commands and queries sent to the core, by what became of them",
                "command",
                names.of(templateId),
                "result",
                word(result));
        counters.setRelease(index, fresh);
        return fresh;
    }

    private Timer timer(int templateId) {
        Timer known = timers.getAcquire(templateId);
        if (known != null) {
            return known;
        }
        Timer fresh = metrics.timer(
                "ies_command_duration",
                "Time from a command's way into the engine to its durable answer",
                "command",
                names.of(templateId));
        timers.setRelease(templateId, fresh);
        return fresh;
    }

    private static String word(int result) {
        if (result == NOT_ENTERED) {
            return "not_entered";
        }
        return result == OUTCOME_UNKNOWN ? "outcome_unknown" : Json.word(ResultCode.get(result));
    }
}

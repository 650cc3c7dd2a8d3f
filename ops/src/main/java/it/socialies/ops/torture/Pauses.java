// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.torture;

import it.socialies.ops.torture.Misery.Outcome;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Processes that stand still for a while, as on a machine that is suspended or out of memory, and then go on as if nothing had been. */
final class Pauses {
    private Pauses() {}

    /** Stops a process and all that it started, and lets them go on after a time between the two. */
    static Misery stop(Kills.Target target, Duration shortest, Duration longest) {
        return strength -> {
            Optional<Victim> victim = target.find();
            if (victim.isEmpty()) {
                return Outcome.noOccasion();
            }
            List<Victim> family = victim.get().family();
            long rangeMs = longest.minus(shortest).toMillis();
            try {
                signal(family, "STOP");
                TimeUnit.MILLISECONDS.sleep(shortest.toMillis() + (long) (strength * rangeMs));
            } finally {
                signal(family, "CONT");
            }
            return Outcome.done("");
        };
    }

    private static void signal(List<Victim> family, String name) throws IOException {
        for (Victim process : family) {
            process.signal(name);
        }
    }
}

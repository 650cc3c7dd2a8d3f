// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.torture;

import it.socialies.ops.torture.Misery.Outcome;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Miseries that end processes, with or without a word before. One thread. */
final class Kills {
    private static final Duration APPEAR_WAIT = Duration.ofSeconds(20);
    private static final long POLL_MS = 5;
    private static final long START_MS_MAX = 4_000;

    private final TorturedInstallation installation;

    Kills(TorturedInstallation installation) {
        this.installation = installation;
    }

    /** Something of the installation that may not be there now. */
    @FunctionalInterface
    interface Target {
        Optional<Victim> find() throws IOException;
    }

    /** Kills them all, one right after the other. {@code ops/run} brings them back. */
    Misery kill(Target... targets) {
        return strength -> Outcome.kills(killNow(Arrays.asList(targets)));
    }

    /** Kills {@code ops/run} and more, and starts it again as a service manager would. */
    Misery killSupervisorAnd(Target... targets) {
        return strength -> {
            Victim supervisor = installation.supervisor();
            supervisor.kill();
            int kills = 1 + killNow(Arrays.asList(targets));
            installation.start();
            return Outcome.kills(kills);
        };
    }

    /** Kills the node, and the one that takes its place at some moment of its start. */
    Misery killWhileStarting() {
        return strength -> {
            Optional<Victim> node = installation.node();
            if (node.isEmpty()) {
                return Outcome.noOccasion();
            }
            node.get().kill();
            Optional<Victim> next = await(() -> installation
                    .node()
                    .filter(found -> found.pid() != node.get().pid()));
            TimeUnit.MILLISECONDS.sleep((long) (strength * START_MS_MAX));
            return Outcome.kills(1 + killNow(List.of(() -> next)));
        };
    }

    /** Waits until there is one to kill. */
    Misery killWhenItAppears(Target target) {
        return strength -> {
            Optional<Victim> found = await(target);
            return Outcome.kills(killNow(List.of(() -> found)));
        };
    }

    /** A stop as asked for, and a start. */
    Misery restart() {
        return strength -> {
            installation.stop();
            installation.start();
            return Outcome.done("");
        };
    }

    private static int killNow(List<Target> targets) throws IOException {
        int kills = 0;
        for (Target target : targets) {
            Optional<Victim> victim = target.find();
            if (victim.isPresent() && victim.get().isAlive()) {
                victim.get().kill();
                kills++;
            }
        }
        return kills;
    }

    private static Optional<Victim> await(Target target) throws IOException, InterruptedException {
        long endNs = System.nanoTime() + APPEAR_WAIT.toNanos();
        Optional<Victim> found = target.find();
        while (found.isEmpty() && System.nanoTime() < endNs) {
            TimeUnit.MILLISECONDS.sleep(POLL_MS);
            found = target.find();
        }
        return found;
    }
}

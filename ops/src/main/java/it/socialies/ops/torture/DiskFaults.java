// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.torture;

import it.socialies.ops.torture.Misery.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/** A disk that is full, one that fails, one that is slow. One thread. */
final class DiskFaults {
    /** The thread of the node that makes batches durable. */
    private static final String LOG_THREAD = "log";

    /** What the gateway answers when less is free than the reserve. */
    private static final String STORAGE_LOW = "storage_low";

    private static final Duration HALT_WAIT = Duration.ofSeconds(30);
    private static final Duration REFUSAL_WAIT = Duration.ofSeconds(15);
    private static final long POLL_MS = 20;
    private static final long FULL_MS = 5_000;
    private static final long SLOW_MS = 5_000;
    private static final int SLOW_SYNC_US_MAX = 400_000;
    private static final int CALLS_BEFORE_MAX = 40;

    private final TorturedInstallation installation;
    private final PaymentWatch watch;
    private final Path messages;

    /** @param messages file for what strace says */
    DiskFaults(TorturedInstallation installation, PaymentWatch watch, Path messages) {
        this.installation = installation;
        this.watch = watch;
        this.messages = messages;
    }

    /** Less is left than the reserve: payments must be refused with {@code storage_low}, and the node must not die of it. */
    Misery lowStorage(SmallDisk disk, long reserveBytes) {
        return strength -> {
            long before = watch.timesPutOff(STORAGE_LOW);
            int mark = installation.outputMark();
            try {
                disk.leave((long) (reserveBytes * (0.3 + strength / 2)));
                long endNs = System.nanoTime() + REFUSAL_WAIT.toNanos();
                while (watch.timesPutOff(STORAGE_LOW) == before) {
                    if (System.nanoTime() > endNs) {
                        return Outcome.done("nessun rifiuto storage_low | no refusal storage_low");
                    }
                    TimeUnit.MILLISECONDS.sleep(POLL_MS);
                }
            } finally {
                disk.release();
            }
            return Outcome.done(
                    installation.said(mark, "ended by itself")
                            ? "il nodo è morto di un disco quasi pieno | the node died of a disk that was nearly full"
                            : "");
        };
    }

    /** Nothing is left: who must write and cannot may halt, and comes back when there is room. */
    Misery fullDisk(SmallDisk disk) {
        return strength -> {
            try {
                disk.fill();
                TimeUnit.MILLISECONDS.sleep((long) (FULL_MS * (0.4 + strength)));
            } finally {
                disk.release();
            }
            return Outcome.done("");
        };
    }

    /** A system call of the thread that makes batches durable fails once: the node must halt, with its exit code and its last line. */
    Misery failing(String call, String error) {
        return strength -> {
            OptionalLong thread = logThread();
            Optional<Victim> node = installation.node();
            if (thread.isEmpty() || node.isEmpty()) {
                return Outcome.noOccasion();
            }
            int mark = installation.outputMark();
            int when = 1 + (int) (strength * CALLS_BEFORE_MAX);
            List<String> options =
                    List.of("-e", "trace=" + call, "-e", "inject=" + call + ":error=" + error + ":when=" + when);
            try (Strace strace = Strace.attach(thread.getAsLong(), messages, options)) {
                if (!hasEnded(node.get())) {
                    return Outcome.done("il nodo non si è fermato | the node did not halt: "
                            + strace.messages().lines().count() + " " + call);
                }
            }
            return Outcome.done(
                    awaitWords(mark, "(code 70)") && awaitWords(mark, "HALT: log failed")
                            ? ""
                            : "si è fermato senza codice 70 e ultima riga HALT | ended without code 70 and a last line HALT");
        };
    }

    /** Each fdatasync of the commit log takes a good while longer. */
    Misery slowSync() {
        return strength -> {
            OptionalLong thread = logThread();
            if (thread.isEmpty()) {
                return Outcome.noOccasion();
            }
            int delayUs = (int) (SLOW_SYNC_US_MAX * (0.1 + strength));
            List<String> options = List.of("-e", "trace=fdatasync", "-e", "inject=fdatasync:delay_enter=" + delayUs);
            try (Strace strace = Strace.attach(thread.getAsLong(), messages, options)) {
                TimeUnit.MILLISECONDS.sleep(SLOW_MS);
                return Outcome.done(
                        strace.messages().contains("DELAYED") ? "" : "nessuna fdatasync | no fdatasync was seen");
            }
        };
    }

    private OptionalLong logThread() throws IOException {
        Optional<Victim> node = installation.node();
        return node.isEmpty() ? OptionalLong.empty() : node.get().thread(LOG_THREAD);
    }

    private static boolean hasEnded(Victim node) {
        try {
            node.awaitEnd(HALT_WAIT);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** {@code ops/run} notices a moment later. */
    private boolean awaitWords(int mark, String words) throws InterruptedException {
        long endNs = System.nanoTime() + REFUSAL_WAIT.toNanos();
        while (!installation.said(mark, words) && System.nanoTime() < endNs) {
            TimeUnit.MILLISECONDS.sleep(POLL_MS);
        }
        return installation.said(mark, words);
    }
}

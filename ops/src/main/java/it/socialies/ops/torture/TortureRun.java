// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.torture;

import io.vertx.core.json.JsonObject;
import it.socialies.ops.data.DataFolder;
import it.socialies.ops.scenario.MarketDay;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Starts an installation of its own, lets its tills take payments without pause, does one misery after another to it, and checks at the end that nothing
 * that was acknowledged is lost or there twice. The same seed gives the same miseries; what they hit is up to the machine.
 *
 * <p>Threading: {@link #run} blocks its thread; {@link #close} on any, also while it runs, and ends all that was started.
 */
public final class TortureRun implements AutoCloseable {
    /** An installation that is not back after so long will not come. */
    private static final Duration RECOVERY_LIMIT = Duration.ofMinutes(3);

    private static final Duration READY_LIMIT = Duration.ofMinutes(5);
    private static final Duration SETTLE_LIMIT = Duration.ofMinutes(3);
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final long DISK_BYTES = 3L << 30;
    private static final long RESERVE_BYTES = 64L << 20;
    /** Short, so that one is taken between two deaths. */
    private static final String SNAPSHOT_INTERVAL = "PT5S";

    private static final int CENTS_MAX = 20;
    private static final int REFUND_ONE_IN = 20;

    /**
     * What to do.
     *
     * @param command {@code ops/run}, or what does the same
     * @param folder empty, for everything that is needed
     * @param duration no misery begins behind it
     * @param killsMin unless fewer processes were killed by then
     * @param paymentsPerSecond of all tills together
     * @param kinds of miseries, those that this machine cannot do included
     */
    public record Settings(
            List<String> command,
            Path folder,
            Duration duration,
            int killsMin,
            long seed,
            int paymentsPerSecond,
            boolean hasConsole,
            Set<MiseryKind> kinds) {}

    private final Settings settings;
    private final PrintStream out;
    private final PrintStream log;
    private final PrintStream loadLog;
    private final PaymentWatch watch = new PaymentWatch();
    private final TortureResults results = new TortureResults();
    private final long startNs = System.nanoTime();
    private @Nullable SmallDisk disk;
    private @Nullable TorturedInstallation installation;
    private @Nullable MarketDay load;
    private boolean closed;

    public TortureRun(Settings settings, PrintStream out) throws IOException {
        this.settings = settings;
        this.out = out;
        log = new PrintStream(settings.folder.resolve("ops-run.log").toFile(), StandardCharsets.UTF_8);
        loadLog = new PrintStream(settings.folder.resolve("tills.log").toFile(), StandardCharsets.UTF_8);
    }

    /** Tortures and checks; true when all promises were kept. Everything has ended when it returns. */
    public boolean run() throws IOException, InterruptedException {
        try (this) {
            Set<MiseryKind> kinds = possible();
            TorturedInstallation tortured = start();
            Path acks = settings.folder.resolve("payments.acks");
            MarketDay day = new MarketDay(
                    new MarketDay.Settings(
                            tortured.gateway(),
                            tortured.folder(),
                            acks,
                            settings.duration.plus(Duration.ofDays(1)),
                            settings.paymentsPerSecond,
                            PATIENCE,
                            CENTS_MAX,
                            REFUND_ONE_IN),
                    loadLog,
                    watch);
            load = day;
            CompletableFuture<Void> tills = CompletableFuture.runAsync(() -> sell(day));
            torture(tortured, kinds, tills);
            day.close();
            settle(tortured, tills);
            EndCheck check = new EndCheck(tortured, results, out);
            check.whileRunning(acks);
            tortured.stop();
            check.atRest();
            summarise();
            return results.faults().isEmpty();
        }
    }

    /** The result for machines; after {@link #run}. */
    public JsonObject report() {
        return results.toJson()
                .put("seed", settings.seed)
                .put("seconds", TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - startNs))
                .put("payments_per_second", settings.paymentsPerSecond)
                .put("acknowledged", watch.accepted())
                .put("refused", new JsonObject(new TreeMap<>(watch.refused())))
                .put("put_off", new JsonObject(new TreeMap<>(watch.putOff())))
                .put("longest_silence_ms", TimeUnit.NANOSECONDS.toMillis(watch.longestSilenceNs()))
                .put("passed", results.faults().isEmpty());
    }

    /** Those that machine and installation allow; says which are left out, and why. Makes the small disk. */
    private Set<MiseryKind> possible() {
        Set<MiseryKind> kinds = EnumSet.copyOf(settings.kinds);
        if (!settings.hasConsole) {
            kinds.removeIf(kind -> kind.needs() == MiseryKind.Needs.CONSOLE);
        }
        leaveOut(kinds, MiseryKind.Needs.STRACE, Strace.hindrance());
        String noDisk = SmallDisk.hindrance();
        if (noDisk.isEmpty() && kinds.stream().anyMatch(kind -> kind.needs() == MiseryKind.Needs.SMALL_DISK)) {
            try {
                disk = SmallDisk.create(settings.folder, DISK_BYTES);
            } catch (IOException e) {
                noDisk = String.valueOf(e.getMessage());
            }
        }
        leaveOut(kinds, MiseryKind.Needs.SMALL_DISK, noDisk);
        return kinds;
    }

    private void leaveOut(Collection<MiseryKind> kinds, MiseryKind.Needs needs, String hindrance) {
        if (!hindrance.isEmpty()) {
            kinds.stream()
                    .filter(kind -> kind.needs() == needs)
                    .forEach(kind -> out.println("SALTATO | SKIPPED: " + kind.words() + ": " + hindrance));
            kinds.removeIf(kind -> kind.needs() == needs);
        }
    }

    private TorturedInstallation start() throws IOException, InterruptedException {
        Path data = (disk == null ? settings.folder : disk.root()).resolve("data");
        TorturedInstallation tortured = new TorturedInstallation(
                new TorturedInstallation.Settings(
                        settings.command,
                        new DataFolder(data),
                        settings.hasConsole,
                        Map.of(
                                "IES_SNAPSHOT_INTERVAL",
                                SNAPSHOT_INTERVAL,
                                "IES_STORAGE_RESERVE_BYTES",
                                Long.toString(RESERVE_BYTES))),
                log);
        synchronized (this) {
            if (closed) {
                throw new IOException("interrotto | interrupted");
            }
            installation = tortured;
        }
        out.println("Avvio un'installazione in | starting an installation in " + settings.folder);
        tortured.start();
        tortured.awaitReady(READY_LIMIT);
        return tortured;
    }

    private static void sell(MarketDay day) {
        try {
            day.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void torture(TorturedInstallation tortured, Set<MiseryKind> kinds, CompletableFuture<Void> tills)
            throws IOException, InterruptedException {
        if (watch.awaitAnswerSentAfter(System.nanoTime(), RECOVERY_LIMIT).isEmpty()) {
            results.fault("nessun pagamento | no payment");
        }
        out.printf(
                Locale.ROOT,
                "Tormento per | torturing for %d s, seed %d, %d pagamenti/s | payments/s%n",
                settings.duration.toSeconds(),
                settings.seed,
                settings.paymentsPerSecond);
        Miseries miseries = new Miseries(
                tortured, new DiskFaults(tortured, watch, settings.folder.resolve("strace.log")), disk, RESERVE_BYTES);
        TorturePlan plan = new TorturePlan(settings.seed, kinds);
        long endNs = System.nanoTime() + settings.duration.toNanos();
        boolean isBack = results.faults().isEmpty();
        while (isBack && !tills.isDone() && (System.nanoTime() < endNs || results.kills() < settings.killsMin)) {
            TorturePlan.Step step = plan.next();
            TimeUnit.MILLISECONDS.sleep(step.calm().toMillis());
            isBack = inflict(tortured, miseries.of(step.kind()), step);
        }
    }

    /** Does one, and waits until the installation is back; false when it does not come back. */
    private boolean inflict(TorturedInstallation tortured, Misery misery, TorturePlan.Step step)
            throws IOException, InterruptedException {
        watch.openWindow();
        Misery.Outcome outcome = misery.inflict(step.strength());
        long overNs = System.nanoTime();
        if (!outcome.complaint().isEmpty()) {
            results.fault(step.kind().words() + ": " + outcome.complaint());
        }
        OptionalLong answeredNs = watch.awaitAnswerSentAfter(overNs, RECOVERY_LIMIT);
        String missing = tortured.awaitWhole(RECOVERY_LIMIT);
        long wholeNs = System.nanoTime();
        // A new ops/run stops the node that a killed one had left, so payments may pause again on the way.
        boolean flows = watch.awaitAnswerSentAfter(wholeNs, RECOVERY_LIMIT).isPresent();
        if (answeredNs.isEmpty() || !missing.isEmpty() || !flows) {
            results.fault(step.kind().words() + ": non è tornato dopo | did not come back after "
                    + RECOVERY_LIMIT.toSeconds() + " s: "
                    + (missing.isEmpty() ? "nessun pagamento | no payment" : missing));
            tortured.lastLines().forEach(line -> out.println("  ops/run: " + line));
            return false;
        }
        if (outcome.done()) {
            long silenceMs = TimeUnit.NANOSECONDS.toMillis(watch.windowSilenceNs());
            long wholeMs = TimeUnit.NANOSECONDS.toMillis(wholeNs - overNs);
            long recoveryMs = TimeUnit.NANOSECONDS.toMillis(answeredNs.getAsLong() - overNs);
            results.add(new TortureResults.Entry(step.kind(), outcome.kills(), silenceMs, recoveryMs, wholeMs));
            out.printf(
                    Locale.ROOT,
                    "%5d s  %-68s silenzio | silence %5.1f s  ripresa | recovery %5.1f s  tutto | whole %5.1f s%n",
                    TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - startNs),
                    step.kind().words(),
                    silenceMs / 1e3,
                    recoveryMs / 1e3,
                    wholeMs / 1e3);
        }
        return true;
    }

    /** The tills finish what they had begun. */
    private void settle(TorturedInstallation tortured, CompletableFuture<Void> tills)
            throws IOException, InterruptedException {
        try {
            tills.get(SETTLE_LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            Throwable why = e.getCause() == null ? e : e.getCause();
            results.fault("le casse si sono fermate | the tills stopped: " + why);
        }
        String missing = tortured.awaitWhole(RECOVERY_LIMIT);
        if (!missing.isEmpty()) {
            results.fault("alla fine manca | missing at the end: " + missing);
        }
    }

    private void summarise() {
        out.println();
        results.print(out);
        out.printf(
                Locale.ROOT,
                "%,d pagamenti e rimborsi confermati | payments and refunds acknowledged; rifiutati | refused %s; rimandati | put off %s; silenzio più"
                        + " lungo | longest silence %.1f s%n",
                watch.accepted(),
                watch.refused(),
                watch.putOff(),
                watch.longestSilenceNs() / 1e9);
        results.faults().forEach(fault -> out.println("GUASTO | FAULT: " + fault));
        out.printf(
                Locale.ROOT,
                "%s: %d miserie, %d uccisioni, seed %d | %s: %d miseries, %d kills%n",
                results.faults().isEmpty() ? "SUPERATO" : "NON SUPERATO",
                results.miseries(),
                results.kills(),
                settings.seed,
                results.faults().isEmpty() ? "PASSED" : "FAILED",
                results.miseries(),
                results.kills());
    }

    /** Ends all that was started and takes the small disk away; the folder stays. A second call finds nothing to do. */
    @Override
    public void close() throws IOException {
        TorturedInstallation started;
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            started = installation;
        }
        MarketDay day = load;
        if (day != null) {
            day.close();
        }
        try {
            if (started != null) {
                started.close();
            }
        } finally {
            SmallDisk mounted = disk;
            if (mounted != null) {
                mounted.close();
            }
            log.close();
            loadLog.close();
        }
    }
}

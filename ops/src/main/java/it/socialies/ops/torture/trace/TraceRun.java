// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.torture.trace;

import it.socialies.ops.client.ApiClient;
import it.socialies.ops.data.DataFolder;
import it.socialies.ops.torture.Strace;
import it.socialies.ops.torture.TorturedInstallation;
import it.socialies.ops.torture.Victim;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Starts an installation of its own, makes payments one after the other while strace looks at every thread of the node, and checks in the trace that each
 * answer left after the fdatasync that covers it; then has one fdatasync fail, and checks that the node halts and does not answer.
 *
 * <p>Threading: {@link #run} blocks its thread; {@link #close} on any.
 */
public final class TraceRun implements AutoCloseable {
    private static final Duration READY_LIMIT = Duration.ofMinutes(5);
    private static final Duration HALT_LIMIT = Duration.ofSeconds(30);
    private static final Duration WHOLE_LIMIT = Duration.ofMinutes(3);
    private static final long POLL_MS = 20;
    private static final int PAUSE_MS_MAX = 30;
    private static final int STRING_BYTES_MAX = 64 << 10;
    private static final String LOG_THREAD = "log";

    private final List<String> command;
    private final Path folder;
    private final int payments;
    private final PrintStream out;
    private final PrintStream log;
    private @Nullable TorturedInstallation installation;
    private boolean closed;

    /**
     * @param command {@code ops/run}, or what does the same
     * @param folder empty, for everything that is needed
     */
    public TraceRun(List<String> command, Path folder, int payments, PrintStream out) throws IOException {
        this.command = command;
        this.folder = folder;
        this.payments = payments;
        this.out = out;
        log = new PrintStream(folder.resolve("ops-run.log").toFile(), StandardCharsets.UTF_8);
    }

    /** Traces and checks; true when every answer was covered and the node halted. Everything has ended when it returns. */
    public boolean run() throws IOException, InterruptedException {
        try (this) {
            TorturedInstallation traced = start();
            try (ApiClient api = ApiClient.connect(traced.gateway())) {
                Buyer buyer = Buyer.read(traced.folder(), api);
                // The token and the first classes come before, so that the trace has payments only.
                buyer.pay();
                boolean covered = followPayments(traced, buyer);
                return haltsOnAFailedSync(traced, buyer) && covered;
            }
        }
    }

    private TorturedInstallation start() throws IOException, InterruptedException {
        TorturedInstallation traced = new TorturedInstallation(
                new TorturedInstallation.Settings(command, new DataFolder(folder.resolve("data")), false, Map.of()),
                log);
        synchronized (this) {
            if (closed) {
                throw new IOException("interrotto | interrupted");
            }
            installation = traced;
        }
        out.println("Avvio un'installazione in | starting an installation in " + folder);
        traced.start();
        traced.awaitReady(READY_LIMIT);
        return traced;
    }

    private boolean followPayments(TorturedInstallation traced, Buyer buyer) throws IOException, InterruptedException {
        Path file = folder.resolve("node.strace");
        Random random = new Random(payments);
        long node = traced.node().orElseThrow().pid();
        Strace strace = Strace.attach(
                node,
                folder.resolve("strace.log"),
                List.of(
                        "-f",
                        "-yy",
                        "-xx",
                        "-s",
                        Integer.toString(STRING_BYTES_MAX),
                        "-o",
                        file.toString(),
                        "-e",
                        "trace=fdatasync,fsync,pwrite64,pwritev,read,readv,recvfrom,recvmsg,write,writev,sendto,sendmsg"));
        try (strace) {
            for (int i = 0; i < payments; i++) {
                buyer.pay();
                TimeUnit.MILLISECONDS.sleep(random.nextInt(PAUSE_MS_MAX));
            }
        }
        DurabilityCheck.Result result;
        try (BufferedReader reader = Files.newBufferedReader(file)) {
            result = DurabilityCheck.of(TraceReader.read(reader));
        }
        result.violations().forEach(violation -> out.println("VIOLAZIONE | VIOLATION: " + violation));
        out.printf(
                Locale.ROOT,
                "%,d risposte seguite di %,d pagamenti, %,d prima della loro fdatasync | %,d answers followed of %,d payments, %,d before their fdatasync%n",
                result.answers(),
                payments,
                result.violations().size(),
                result.answers(),
                payments,
                result.violations().size());
        return result.violations().isEmpty() && result.answers() == payments;
    }

    private boolean haltsOnAFailedSync(TorturedInstallation traced, Buyer buyer)
            throws IOException, InterruptedException {
        Victim node = traced.node().orElseThrow();
        int mark = traced.outputMark();
        Strace strace = Strace.attach(
                node.thread(LOG_THREAD).orElseThrow(() -> new IOException("the node has no thread " + LOG_THREAD)),
                folder.resolve("strace.log"),
                List.of("-e", "trace=fdatasync", "-e", "inject=fdatasync:error=EIO:when=1"));
        boolean answered;
        try (strace) {
            // Asked again with the same key until there is an answer, which the node that could not sync must not give.
            buyer.payHoweverLong();
            answered = node.isAlive();
            node.awaitEnd(HALT_LIMIT);
            awaitWords(traced, mark, "(code 70)");
        }
        boolean halted = !answered && traced.said(mark, "(code 70)") && traced.said(mark, "HALT: log failed");
        String missing = traced.awaitWhole(WHOLE_LIMIT);
        out.println(
                halted
                        ? "fdatasync EIO: nessuna risposta, il nodo si è fermato con codice 70 e ultima riga HALT | no answer, the node halted with code 70 and a last line HALT"
                        : "fdatasync EIO: il nodo NON si è fermato come deve | the node did NOT halt as it must");
        if (!missing.isEmpty()) {
            out.println("Non è tornato | did not come back: " + missing);
        }
        return halted && missing.isEmpty();
    }

    private static void awaitWords(TorturedInstallation traced, int mark, String words) throws InterruptedException {
        long endNs = System.nanoTime() + HALT_LIMIT.toNanos();
        while (!traced.said(mark, words) && System.nanoTime() < endNs) {
            TimeUnit.MILLISECONDS.sleep(POLL_MS);
        }
    }

    /** Ends all that was started; the folder stays. A second call finds nothing to do. */
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
        if (started != null) {
            started.close();
        }
        log.close();
    }
}

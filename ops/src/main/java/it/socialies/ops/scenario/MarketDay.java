// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.scenario;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import it.socialies.ops.client.ApiClient;
import it.socialies.ops.client.ApiReply;
import it.socialies.ops.client.NodeGone;
import it.socialies.ops.client.TerminalSession;
import it.socialies.ops.data.DataFolder;
import it.socialies.ops.data.SecretFile;
import it.socialies.ops.figures.ExternalIds;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The tills of the demo town take small payments at a steady pace, for as long as asked, and go on through whatever happens to the installation
 * meanwhile: a till whose answer is lost asks again with the same key until the node is back. What was acknowledged is kept outside, for {@link AckCheck}.
 *
 * <p>Threading: {@link #run} blocks its thread; a thread for each till at work.
 */
public final class MarketDay {
    private static final int TILLS_MAX = 16;
    private static final long REPORT_EVERY_S = 5;
    private static final long RETRY_PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final long CENTS = 1;

    private final Settings settings;
    private final PrintStream out;
    private final MarketFigures figures = new MarketFigures();
    private final AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>();

    /**
     * How long and how fast.
     *
     * @param paymentsPerSecond pace of all tills together
     * @param patience a node that is away for longer ends the day
     */
    public record Settings(
            URI gateway, DataFolder folder, Duration duration, int paymentsPerSecond, Duration patience) {}

    public MarketDay(Settings settings, PrintStream out) {
        this.settings = settings;
        this.out = out;
    }

    /** Plays the day. Prints a line every {@value #REPORT_EVERY_S} seconds, and the file of acknowledgements. */
    public void run() throws IOException {
        if (!Files.exists(settings.folder().demoLogins())) {
            throw new IOException(
                    "no demo town in " + settings.folder().root() + ": start ops/run once without --empty");
        }
        JsonObject town = SecretFile.read(settings.folder().demoLogins());
        String circuitId = town.getString("circuit_id");
        JsonObject checker = objects(town.getJsonArray("operators")).stream()
                .filter(operator -> operator.getString("role").equals("social"))
                .findFirst()
                .orElseThrow();
        try (ApiClient api = ApiClient.connect(settings.gateway());
                AckLog acks = AckLog.create(
                        newFile(),
                        circuitId,
                        paymentsBefore(api, circuitId),
                        checker.getString("username"),
                        checker.getString("password"))) {
            out.println("Conferme | acknowledgements: " + acks.file());
            sell(api, town, acks);
            out.println(figures.summary());
        }
        RuntimeException cause = failure.get();
        if (cause != null) {
            throw cause;
        }
    }

    private Path newFile() throws IOException {
        Files.createDirectories(settings.folder().scenarios());
        for (int number = 1; ; number++) {
            Path file = settings.folder().scenarios().resolve("market-day-" + number + ".acks");
            if (!Files.exists(file)) {
                return file;
            }
        }
    }

    private long paymentsBefore(ApiClient api, String circuitId) throws IOException {
        long sequence = api.readClock().getLong("sequence");
        try (ProjectedPayments payments = ProjectedPayments.open(settings.folder(), sequence)) {
            return payments.ofCircuit(Math.toIntExact(ExternalIds.number(circuitId)));
        }
    }

    private void sell(ApiClient api, JsonObject town, AckLog acks) {
        List<TerminalSession> terminals = objects(town.getJsonArray("terminals")).stream()
                .limit(TILLS_MAX)
                .map(terminal -> TerminalSession.fromJson(api, terminal))
                .toList();
        List<JsonObject> cards = objects(town.getJsonArray("cards"));
        long startNs = System.nanoTime();
        long everyNs = TimeUnit.SECONDS.toNanos(terminals.size()) / settings.paymentsPerSecond();
        ScheduledExecutorService reporter = Executors.newSingleThreadScheduledExecutor();
        ScheduledFuture<?> reports = reporter.scheduleAtFixedRate(
                () -> out.println(figures.line(lag(api))), REPORT_EVERY_S, REPORT_EVERY_S, TimeUnit.SECONDS);
        try (ExecutorService tills = Executors.newFixedThreadPool(terminals.size())) {
            for (int i = 0; i < terminals.size(); i++) {
                TerminalSession terminal = terminals.get(i);
                long firstNs = startNs + everyNs * i / terminals.size();
                SplittableRandom random = new SplittableRandom(i);
                tills.execute(() -> sell(api, terminal, cards, random, firstNs, everyNs, acks));
            }
        } finally {
            reports.cancel(false);
            reporter.shutdownNow();
        }
    }

    private void sell(
            ApiClient api,
            TerminalSession terminal,
            List<JsonObject> cards,
            SplittableRandom random,
            long firstNs,
            long everyNs,
            AckLog acks) {
        try {
            long endNs = firstNs + settings.duration().toNanos();
            for (long dueNs = firstNs; dueNs < endNs && failure.get() == null; dueNs += everyNs) {
                while (System.nanoTime() < dueNs) {
                    LockSupport.parkNanos(dueNs - System.nanoTime());
                }
                pay(api, terminal, cards.get(random.nextInt(cards.size())), acks);
                // A till that was kept waiting does not make up for the customers it lost.
                dueNs = Math.max(dueNs, System.nanoTime() - everyNs);
            }
        } catch (RuntimeException e) {
            failure.compareAndSet(null, e);
        }
    }

    private void pay(ApiClient api, TerminalSession terminal, JsonObject card, AckLog acks) {
        JsonObject body = new JsonObject()
                .put("card_token", card.getString("card_token"))
                .put("pin", card.getString("pin"))
                .put("bill_total", SetUp.eur(CENTS))
                .put("eligible_amount", SetUp.eur(CENTS));
        UUID key = api.newKey();
        long sentNs = System.nanoTime();
        acks.sent(key);
        ApiReply reply = untilAnswered(api, terminal, key, body, sentNs);
        long tookNs = System.nanoTime() - sentNs;
        if (reply.status() == 201 || reply.status() == 402) {
            acks.acknowledged(key, reply.status(), reply.body());
            figures.answered(reply.status() == 201, tookNs);
        } else {
            throw new ScenarioFailed(
                    "payment: " + reply.status() + " " + reply.body().encode());
        }
    }

    private ApiReply untilAnswered(ApiClient api, TerminalSession terminal, UUID key, JsonObject body, long sentNs) {
        while (true) {
            try {
                return api.send("POST", "/payments", terminal, key, body);
            } catch (NodeGone e) {
                figures.away();
                if (System.nanoTime() - sentNs > settings.patience().toNanos()) {
                    throw e;
                }
                LockSupport.parkNanos(RETRY_PAUSE_NS);
            }
        }
    }

    /** Records that Postgres is behind, as the node says; -1 when the node is away. */
    private static long lag(ApiClient api) {
        try {
            return api.get("/status", null).body().getLong("projection_lag", -1L);
        } catch (NodeGone e) {
            return -1;
        }
    }

    private static List<JsonObject> objects(JsonArray array) {
        return array.stream().map(JsonObject.class::cast).toList();
    }
}

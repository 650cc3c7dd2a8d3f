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
    private static final long FORCE_EVERY_S = 1;
    private static final long RETRY_PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(200);

    private final Settings settings;
    private final PrintStream out;
    private final Watcher watcher;
    private final MarketFigures figures = new MarketFigures();
    private final AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>();
    private volatile boolean closing;

    /**
     * How long, how fast, and what is bought.
     *
     * @param acks keeps what was sent and acknowledged; null for a new file among the scenarios of the data folder
     * @param paymentsPerSecond pace of all tills together
     * @param patience a node that is away for longer ends the day
     * @param centsMax a payment is of one cent up to so many
     * @param refundOneIn one cent of every so many payments is given back; 0 for none
     */
    public record Settings(
            URI gateway,
            DataFolder folder,
            @Nullable Path acks,
            Duration duration,
            int paymentsPerSecond,
            Duration patience,
            int centsMax,
            int refundOneIn) {

        /** Payments of one cent and no refunds. */
        public static Settings simple(
                URI gateway, DataFolder folder, Duration duration, int paymentsPerSecond, Duration patience) {
            return new Settings(gateway, folder, null, duration, paymentsPerSecond, patience, 1, 0);
        }
    }

    /** Hears of every answer, from many threads. */
    public interface Watcher {
        /** Told by those who do not watch. */
        Watcher NOBODY = new Watcher() {
            @Override
            public void answered(String code, long sentNs, long answeredNs) {}

            @Override
            public void putOff(String code) {}
        };

        /**
         * A payment or a refund has its answer.
         *
         * @param code why it was refused, empty when it was not
         * @param sentNs when it was sent for the first time, of {@link System#nanoTime}
         */
        void answered(String code, long sentNs, long answeredNs);

        /** The gateway could not take it or does not know its outcome; it is sent again with the same key. */
        void putOff(String code);
    }

    public MarketDay(Settings settings, PrintStream out) {
        this(settings, out, Watcher.NOBODY);
    }

    public MarketDay(Settings settings, PrintStream out, Watcher watcher) {
        this.settings = settings;
        this.out = out;
        this.watcher = watcher;
    }

    /** The shops close early: {@link #run} returns when every payment that was sent has its answer. Any thread. */
    public void close() {
        closing = true;
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
                        settings.acks() == null ? newFile() : settings.acks(),
                        circuitId,
                        paymentsBefore(api, circuitId),
                        checker.getString("username"),
                        checker.getString("password"))) {
            api.onPutOff(reply -> watcher.putOff(reply.code()));
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
        ScheduledFuture<?> forcing =
                reporter.scheduleAtFixedRate(acks::force, FORCE_EVERY_S, FORCE_EVERY_S, TimeUnit.SECONDS);
        try (ExecutorService tills = Executors.newFixedThreadPool(terminals.size())) {
            for (int i = 0; i < terminals.size(); i++) {
                TerminalSession terminal = terminals.get(i);
                long firstNs = startNs + everyNs * i / terminals.size();
                SplittableRandom random = new SplittableRandom(i);
                tills.execute(() -> sell(api, terminal, cards, random, firstNs, everyNs, acks));
            }
        } finally {
            reports.cancel(false);
            forcing.cancel(false);
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
            for (long dueNs = firstNs; isOpen(dueNs, endNs); dueNs += everyNs) {
                while (System.nanoTime() < dueNs && !closing) {
                    LockSupport.parkNanos(dueNs - System.nanoTime());
                }
                pay(api, terminal, cards.get(random.nextInt(cards.size())), random, acks);
                // A till that was kept waiting does not make up for the customers it lost.
                dueNs = Math.max(dueNs, System.nanoTime() - everyNs);
            }
        } catch (RuntimeException e) {
            failure.compareAndSet(null, e);
        }
    }

    private boolean isOpen(long dueNs, long endNs) {
        return dueNs < endNs && !closing && failure.get() == null;
    }

    private void pay(ApiClient api, TerminalSession terminal, JsonObject card, SplittableRandom random, AckLog acks) {
        JsonObject amount = SetUp.eur(1 + random.nextInt(settings.centsMax()));
        JsonObject body = new JsonObject()
                .put("card_token", card.getString("card_token"))
                .put("pin", card.getString("pin"))
                .put("bill_total", amount)
                .put("eligible_amount", amount);
        UUID key = api.newKey();
        acks.sent(key);
        ApiReply reply = untilAnswered(api, terminal, "/payments", key, body);
        if (reply.status() != 201 && reply.status() != 402) {
            throw new ScenarioFailed(
                    "payment: " + reply.status() + " " + reply.body().encode());
        }
        acks.acknowledged(key, reply.status(), reply.body());
        if (reply.isOk() && settings.refundOneIn() > 0 && random.nextInt(settings.refundOneIn()) == 0) {
            refund(api, terminal, reply.body().getString("id"), acks);
        }
    }

    private void refund(ApiClient api, TerminalSession terminal, String paymentId, AckLog acks) {
        UUID key = api.newKey();
        acks.refundSent(key, paymentId, 1);
        JsonObject body = new JsonObject().put("amount", SetUp.eur(1));
        untilAnswered(api, terminal, "/payments/" + paymentId + "/refunds", key, body)
                .orThrow("refund");
        acks.refunded(key);
    }

    /** Asks until the outcome is known, through deaths of the node and of the terminal's session. */
    private ApiReply untilAnswered(ApiClient api, TerminalSession terminal, String path, UUID key, JsonObject body) {
        long sentNs = System.nanoTime();
        while (true) {
            boolean isLate = System.nanoTime() - sentNs > settings.patience().toNanos();
            try {
                ApiReply reply = api.send("POST", path, terminal, key, body);
                boolean isFinal = reply.status() != 401 && reply.status() != 429 && reply.status() < 500;
                if (isFinal || isLate) {
                    long nowNs = System.nanoTime();
                    figures.answered(reply.isOk(), nowNs - sentNs);
                    watcher.answered(reply.code(), sentNs, nowNs);
                    return reply;
                }
                watcher.putOff(reply.code());
            } catch (NodeGone e) {
                figures.away();
                if (isLate) {
                    throw e;
                }
            }
            LockSupport.parkNanos(RETRY_PAUSE_NS);
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

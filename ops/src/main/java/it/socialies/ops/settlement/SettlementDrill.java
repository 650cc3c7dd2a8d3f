// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.settlement;

import io.vertx.core.json.JsonObject;
import it.socialies.ops.client.ApiClient;
import it.socialies.ops.client.NodeGone;
import it.socialies.ops.client.Workers;
import it.socialies.ops.data.DataFolder;
import it.socialies.ops.scenario.Appointments;
import it.socialies.ops.scenario.Bootstrap;
import it.socialies.ops.scenario.SecondPerson;
import it.socialies.ops.settlement.Month.Card;
import it.socialies.ops.settlement.Month.Shop;
import it.socialies.ops.torture.TorturedInstallation;
import it.socialies.ops.torture.Victim;
import it.socialies.ops.town.InventedIban;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A month of a province: its payments, and from there to the bank and back, on an installation of its own; on demand the node is killed while lines are drawn, while payments are ordered and while outcomes are noted. At the end every shop must have been paid
 * exactly once, in the core and in Postgres; one payment comes back and is made again. Then every report is made, and made again the same.
 *
 * <p>Threading: one thread; {@link #close} on any.
 */
public final class SettlementDrill implements AutoCloseable {
    private static final ZoneId ROME = ZoneId.of("Europe/Rome");
    private static final int CLIENTS = 6;
    private static final Duration START_LIMIT = Duration.ofMinutes(10);
    private static final Duration PHASE_LIMIT = Duration.ofMinutes(60);
    private static final long POLL_MS = 10;
    private static final int PAGE = 200;

    /**
     * How it is done.
     *
     * @param command {@code ops/run}, or what does the same
     * @param folder empty
     */
    public record Settings(List<String> command, Path folder, int payments, int shops, int cards, boolean kills) {}

    private final Settings settings;
    private final PrintStream out;
    private final DataFolder folder;
    private final TorturedInstallation installation;
    private int killed;

    public SettlementDrill(Settings settings, PrintStream out) throws IOException {
        this.settings = settings;
        this.out = out;
        folder = new DataFolder(settings.folder());
        List<String> command = new ArrayList<>(settings.command());
        command.add("--empty");
        installation =
                new TorturedInstallation(new TorturedInstallation.Settings(command, folder, false, Map.of()), out);
    }

    /** @return whether everything was paid exactly once */
    public boolean run() throws IOException, InterruptedException {
        installation.start();
        installation.awaitReady(START_LIMIT);
        try (ApiClient api = ApiClient.connect(installation.gateway());
                Workers workers = new Workers(CLIENTS)) {
            Bootstrap bootstrap = Bootstrap.read(api, folder);
            Office office = Office.open(api, new Appointments(api, bootstrap));
            long cents = IntStream.range(0, settings.payments())
                    .mapToLong(Month::cents)
                    .sum();
            String programmeId = office.programme(cents);
            List<Shop> shops = month(office, workers, programmeId);
            // What was bought a moment ago was bought before the period ended.
            bootstrap.stepClock(api, 1);
            String id = settle(office, cents);
            confirmNotes(office, workers, shops, id);
            Map<String, Long> paid = order(office, id, settings.kills());
            tell(office, "estratto-1.xml", paid, false, settings.kills());
            Map<String, Long> back = Map.of(
                    paid.keySet().iterator().next(), paid.values().iterator().next());
            tell(office, "estratto-2.xml", back, true, false);
            tell(office, "estratto-3.xml", order(office, id, false), false, false);
            boolean isPaid = check(office, id, cents);
            return report(office, programmeId) && isPaid;
        }
    }

    private List<Shop> month(Office office, Workers workers, String programmeId) {
        Month month = new Month(office.api(), office, workers);
        long startNs = System.nanoTime();
        List<Shop> shops = month.openShops(settings.shops());
        say("Negozi | shops", settings.shops(), startNs);
        long accountsNs = System.nanoTime();
        month.openAccounts(shops);
        say("Conti dei negozi | accounts of shops", settings.shops(), accountsNs);
        long cardsNs = System.nanoTime();
        List<Card> cards = month.openCards(settings.cards(), settings.payments(), programmeId);
        say("Tessere | cards", settings.cards(), cardsNs);
        long payNs = System.nanoTime();
        month.pay(shops, cards, settings.payments());
        say("Pagamenti | payments", settings.payments(), payNs);
        long waitNs = System.nanoTime();
        until(
                () -> office.api().get("/status", null).body(),
                status -> status.getLong("projection_lag", -1L) == 0,
                null);
        say("Postgres li ha | Postgres has them", settings.payments(), waitNs);
        return shops;
    }

    private String settle(Office office, long cents) {
        long startNs = System.nanoTime();
        String id = office.api()
                .post(
                        "/settlement-batches",
                        office.treasurer(),
                        new JsonObject()
                                .put(
                                        "period_end",
                                        office.api().clock().instant().toString())
                                .put("act_reference", 311))
                .orThrow("draw settlement")
                .body()
                .getString("id");
        String path = "/settlement-batches/" + id;
        JsonObject drawn = until(
                () -> read(office, path),
                each -> !List.of("planning", "drawing").contains(each.getString("state")),
                each -> settings.kills()
                        && each.getString("state").equals("drawing")
                        && each.getInteger("line_count", 0) > 0);
        if (!"proposed".equals(drawn.getString("state"))
                || drawn.getJsonObject("total").getLong("amount") != cents) {
            throw new IllegalStateException("settlement: " + drawn.encode());
        }
        say("Liquidazione | drawing", settings.shops(), startNs);
        SecondPerson.approve(office.api(), office.secondTreasurer(), drawn.getString("proposal_id"));
        return id;
    }

    private static JsonObject read(Office office, String path) {
        return office.api().get(path, office.treasurer()).orThrow(path).body();
    }

    /** From paper, by the desk, with the total of the draft. */
    private void confirmNotes(Office office, Workers workers, List<Shop> shops, String id) {
        long startNs = System.nanoTime();
        String now = office.api().now();
        workers.forEach(shops, shop -> {
            String path = "/settlement-batches/" + id + "/debit-notes/" + shop.merchantId();
            JsonObject draft = office.api()
                    .get(path + "?" + now, office.treasurer())
                    .orThrow("note")
                    .body();
            office.api()
                    .post(
                            path + "/confirmations",
                            office.treasurer(),
                            new JsonObject()
                                    .put("number", Integer.toString(shop.number()))
                                    .put("date", today(office).toString())
                                    .put("total", draft.getJsonObject("total")))
                    .orThrow("confirm note");
        });
        say("Note di debito | debit notes", settings.shops(), startNs);
    }

    private static LocalDate today(Office office) {
        return LocalDate.ofInstant(office.api().clock().instant(), ROME);
    }

    /** What is open is ordered; the references of what was, with their cents. */
    private Map<String, Long> order(Office office, String id, boolean kill) throws IOException {
        long startNs = System.nanoTime();
        String orderId = office.api()
                .post(
                        "/settlement-batches/" + id + "/orders?" + office.api().now(),
                        office.treasurer(),
                        new JsonObject()
                                .put("kind", "sepa")
                                .put("execution_date", today(office).toString())
                                .put(
                                        "debtor",
                                        new JsonObject()
                                                .put("name", "Provincia di prova")
                                                .put("iban", InventedIban.of(0))))
                .orThrow("order")
                .body()
                .getString("id");
        String path = "/payment-orders/" + orderId;
        until(() -> read(office, path), each -> "ordered".equals(each.getString("state")), each -> kill);
        Map<String, Long> ordered = new TreeMap<>();
        @Nullable String cursor = null;
        do {
            JsonObject page = read(office, path + "/items?limit=" + PAGE + (cursor == null ? "" : "&cursor=" + cursor));
            for (Object each : page.getJsonArray("items")) {
                JsonObject item = (JsonObject) each;
                if ("ordered".equals(item.getString("state"))) {
                    ordered.put(
                            item.getString("reference"),
                            item.getJsonObject("amount").getLong("amount"));
                }
            }
            cursor = page.getString("next_cursor");
        } while (cursor != null);
        say("Ordine di bonifico | order", ordered.size(), startNs);
        long fileNs = System.nanoTime();
        byte[] file = office.api().getBytes(path + "/sepa-file", office.treasurer());
        Files.write(settings.folder().resolve(orderId + ".xml"), file);
        say("File per la banca | file for the bank", ordered.size(), fileNs);
        return ordered;
    }

    private void tell(Office office, String name, Map<String, Long> outcomes, boolean cameBack, boolean kill)
            throws IOException {
        Path file = settings.folder().resolve(name);
        BankStatement.write(file, outcomes, cameBack, today(office));
        long startNs = System.nanoTime();
        String id = office.api()
                .sendFile(
                        "/outcome-files?format=statement",
                        office.treasurer(),
                        office.api().newKey(),
                        file,
                        "application/xml")
                .orThrow("statement")
                .body()
                .getString("id");
        JsonObject done = until(
                () -> read(office, "/reconciliations/" + id),
                each -> "done".equals(each.getString("state")),
                each -> kill && each.getJsonArray("results").encode().contains("noted"));
        say("Esiti della banca | outcomes", outcomes.size(), startNs);
        // An outcome that the core noted when the node died is said to have been noted before.
        long noted = done.getJsonArray("results").stream()
                .map(JsonObject.class::cast)
                .filter(each -> each.getString("result").startsWith("noted"))
                .mapToLong(each -> each.getInteger("entries"))
                .sum();
        if (noted != outcomes.size()) {
            throw new IllegalStateException("outcomes: " + done.encode());
        }
    }

    private boolean check(Office office, String id, long cents) throws IOException, InterruptedException {
        installation.awaitWhole(START_LIMIT);
        JsonObject sums = read(
                office,
                "/settlement-batches/" + id + "/reconciliation?" + office.api().now());
        boolean isPaid = sums.getBoolean("agrees")
                && sums.getJsonObject("paid").getLong("amount") == cents
                && sums.getJsonObject("total").getLong("amount") == cents;
        boolean isOnce = new PaidOnce(folder).holds(settings.shops(), cents);
        out.println(
                isPaid && isOnce
                        ? "Ogni negozio una volta | every shop once: " + settings.shops() + ", kill -9: " + killed
                        : "NON TORNA | DISAGREEMENT: " + sums.encode() + (isOnce ? "" : " PaidOnce"));
        return isPaid && isOnce && (killed > 0 || !settings.kills());
    }

    /** Every kind in every format, twice as of the same record; the node is killed while the first is made. */
    private boolean report(Office office, String programmeId) throws IOException {
        long sequence = office.api().readClock().getLong("sequence");
        boolean isSame = true;
        boolean kill = settings.kills();
        for (ReportQuestion question : ReportQuestion.all(programmeId, today(office), sequence)) {
            long startNs = System.nanoTime();
            byte[] first = made(office, question, kill);
            say("Rapporto | report " + question, settings.payments(), startNs);
            byte[] again = made(office, question, false);
            keep("rapporto", question, first);
            if (!Arrays.equals(first, again)) {
                isSame = false;
                out.println("NON UGUALE | NOT THE SAME: " + question);
                keep("rifatto", question, again);
            }
            kill = false;
        }
        if (isSame) {
            out.println("Rapporti rifatti uguali byte per byte | reports made again, the same byte for byte");
        }
        return isSame;
    }

    private void keep(String what, ReportQuestion question, byte[] file) throws IOException {
        Files.write(settings.folder().resolve(what + '-' + question.kind() + '.' + question.format()), file);
    }

    private byte[] made(Office office, ReportQuestion question, boolean kill) {
        String path = "/reports/"
                + office.api()
                        .post("/reports", office.treasurer(), question.body())
                        .orThrow("report")
                        .body()
                        .getString("id");
        JsonObject report =
                until(() -> read(office, path), each -> !"making".equals(each.getString("state")), each -> kill);
        if (!"made".equals(report.getString("state"))) {
            throw new IllegalStateException("report: " + report.encode());
        }
        return office.api().getBytes(path + "/file", office.treasurer());
    }

    /** Asks until the answer will do; kills the node once when {@code fatal} says so, and waits until it is back. */
    private JsonObject until(
            Supplier<JsonObject> question, Predicate<JsonObject> isEnough, @Nullable Predicate<JsonObject> fatal) {
        @Nullable Predicate<JsonObject> left = fatal;
        long endNs = System.nanoTime() + PHASE_LIMIT.toNanos();
        try {
            while (System.nanoTime() < endNs) {
                try {
                    JsonObject answer = question.get();
                    if (isEnough.test(answer)) {
                        return answer;
                    }
                    if (left != null && left.test(answer)) {
                        left = null;
                        kill(answer);
                    }
                } catch (NodeGone e) {
                    installation.awaitWhole(START_LIMIT);
                }
                TimeUnit.MILLISECONDS.sleep(POLL_MS);
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        throw new IllegalStateException("non finisce | does not end");
    }

    private void kill(JsonObject when) throws IOException {
        Optional<Victim> node = installation.node();
        if (node.isPresent()) {
            node.get().kill();
            killed++;
            out.println("kill -9: " + when.getString("id") + " " + when.getString("state"));
        }
    }

    private void say(String what, int count, long startNs) {
        double seconds = (System.nanoTime() - startNs) / 1e9;
        out.printf(Locale.ROOT, "%-40s %,9d  %8.1f s  %,9.0f/s%n", what, count, seconds, count / seconds);
    }

    @Override
    public void close() throws IOException {
        installation.close();
    }
}

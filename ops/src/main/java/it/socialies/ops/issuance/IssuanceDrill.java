// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.issuance;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import it.socialies.ops.client.ApiClient;
import it.socialies.ops.client.NodeGone;
import it.socialies.ops.client.OperatorSession;
import it.socialies.ops.client.Workers;
import it.socialies.ops.data.DataFolder;
import it.socialies.ops.data.PostgresLogins;
import it.socialies.ops.scenario.Appointments;
import it.socialies.ops.scenario.Bootstrap;
import it.socialies.ops.scenario.SecondPerson;
import it.socialies.ops.torture.TorturedInstallation;
import it.socialies.ops.torture.Victim;
import it.socialies.ops.town.Staff;
import it.socialies.ops.town.Town;
import it.socialies.ops.town.TownGenerator;
import it.socialies.ops.town.TownSize;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * A town of beneficiaries from the file to the money on their cards, on an installation of its own; on demand the node is killed while people are entered, while cards are put aside, while they are handed over and while rows
 * are credited. At the end every beneficiary must have been topped up exactly once, in the core and in Postgres.
 *
 * <p>Threading: one thread; {@link #close} on any.
 */
public final class IssuanceDrill implements AutoCloseable {
    private static final long AMOUNT_CENTS = 50_00;
    private static final int CARDS_PER_BATCH = 100;
    private static final int CLIENTS = 4;
    private static final Duration START_LIMIT = Duration.ofMinutes(10);
    private static final Duration PHASE_LIMIT = Duration.ofMinutes(60);
    private static final long POLL_MS = 50;
    private static final int KILLS = 4;

    /**
     * How it is done.
     *
     * @param command {@code ops/run}, or what does the same
     * @param folder empty
     */
    public record Settings(List<String> command, Path folder, int rows, boolean kills) {}

    private record Office(
            OperatorSession social, OperatorSession approver, OperatorSession treasurer, OperatorSession second) {}

    private final Settings settings;
    private final PrintStream out;
    private final DataFolder folder;
    private final TorturedInstallation installation;
    private int killed;

    public IssuanceDrill(Settings settings, PrintStream out) throws IOException {
        this.settings = settings;
        this.out = out;
        this.folder = new DataFolder(settings.folder());
        List<String> command = new ArrayList<>(settings.command());
        command.add("--empty");
        this.installation = new TorturedInstallation(
                new TorturedInstallation.Settings(command, folder, false, Map.of("IES_ISSUANCE_DELAY", "PT0S")), out);
    }

    /** @return whether everybody was topped up exactly once */
    public boolean run() throws IOException, InterruptedException {
        installation.start();
        installation.awaitReady(START_LIMIT);
        try (ApiClient api = ApiClient.connect(installation.gateway());
                Workers workers = new Workers(CLIENTS)) {
            Appointments appointments = new Appointments(api, Bootstrap.read(api, folder));
            Town town = TownGenerator.generate(new TownSize(1, 1, AMOUNT_CENTS), TownGenerator.DEFAULT_SEED);
            String circuitId = appointments.openCircuit(town.name(), 1);
            Office office = office(appointments, circuitId, town);
            String programmeId = programme(api, office);
            Path file = settings.folder().resolve("drill.csv");
            SyntheticFile.write(file, settings.rows(), AMOUNT_CENTS);
            stock(api, workers, office.social());
            String batchId = new IssuanceSteps(api)
                    .define(
                            office.social(),
                            new JsonObject()
                                    .put("programme_id", programmeId)
                                    .put("kind", "call")
                                    .put("act_reference", "DD 1/2026"))
                    .getString("id");
            issue(new IssuanceSteps(api), office, batchId, file);
            return check(new IssuanceSteps(api), office, batchId, programmeId);
        }
    }

    private static Office office(Appointments appointments, String circuitId, Town town) {
        List<OperatorSession> socials = new ArrayList<>();
        List<OperatorSession> treasurers = new ArrayList<>();
        for (Staff member : town.staff()) {
            if (member.role().equals("social")) {
                socials.add(appointments.appoint(circuitId, member));
            } else if (member.role().equals("treasurer")) {
                treasurers.add(appointments.appoint(circuitId, member));
            }
        }
        return new Office(socials.get(0), socials.get(1), treasurers.get(0), treasurers.get(1));
    }

    private String programme(ApiClient api, Office office) {
        Instant from = api.clock().instant().truncatedTo(ChronoUnit.MILLIS);
        String programmeId = api.post(
                        "/programmes",
                        office.social(),
                        new JsonObject()
                                .put("name", "Buoni della prova")
                                .put("categories", new JsonArray().add("grocery"))
                                .put("valid_from", from.toString())
                                .put(
                                        "valid_until",
                                        from.plus(Duration.ofDays(90)).toString()))
                .orThrow("create programme")
                .body()
                .getString("id");
        String path = "/programmes/" + programmeId;
        JsonObject all = new JsonObject()
                .put(
                        "amount",
                        new JsonObject()
                                .put("amount", AMOUNT_CENTS * settings.rows())
                                .put("currency", "EUR"));
        SecondPerson.approve(
                api,
                office.approver(),
                api.post(path + "/publications", office.social(), null)
                        .orThrow("publish")
                        .body());
        for (String step : new String[] {"/fund-movements", "/commitments"}) {
            JsonObject body = step.equals("/commitments") ? all.copy().put("act_reference", 1) : all;
            SecondPerson.approve(
                    api,
                    office.second(),
                    api.post(path + step, office.treasurer(), body)
                            .orThrow(step)
                            .body());
        }
        return programmeId;
    }

    private void stock(ApiClient api, Workers workers, OperatorSession social) {
        long startNs = System.nanoTime();
        int batches = Math.ceilDiv(settings.rows(), CARDS_PER_BATCH);
        workers.forEach(
                IntStream.range(0, batches).boxed().toList(),
                each -> api.post(
                                "/cards",
                                social,
                                new JsonObject()
                                        .put(
                                                "count",
                                                Math.min(CARDS_PER_BATCH, settings.rows() - each * CARDS_PER_BATCH)))
                        .orThrow("issue cards"));
        // The submission looks for them in Postgres.
        api.get("/cards?limit=1&min_sequence=" + api.readClock().getLong("sequence"), social)
                .orThrow("read cards");
        say("Tessere anonime | anonymous cards", startNs);
    }

    private void issue(IssuanceSteps steps, Office office, String batchId, Path file)
            throws IOException, InterruptedException {
        long importNs = System.nanoTime();
        steps.send(office.social(), batchId, file, false);
        await(steps, office, batchId, "ready", "rows_entered");
        say("Importazione | import", importNs);

        long tryNs = System.nanoTime();
        String outcome =
                steps.step(office.social(), batchId, "submissions?dry_run=true").getString("outcome");
        if (!outcome.equals("ok")) {
            throw new IOException(batchId + ": " + outcome);
        }
        say("Prova | dry run", tryNs);

        long submitNs = System.nanoTime();
        steps.step(office.social(), batchId, "submissions");
        await(steps, office, batchId, "submitted", "rows_prepared");
        say("Proposta | submission", submitNs);

        long approveNs = System.nanoTime();
        steps.approve(office.approver(), batchId);
        say("Approvazione | approval", approveNs);

        long executeNs = System.nanoTime();
        await(steps, office, batchId, "executed", "cards_assigned", "rows_done");
        say("Esecuzione | execution", executeNs);
    }

    /** Waits, and kills the node the first time each of these counts has passed a third. */
    private void await(IssuanceSteps steps, Office office, String batchId, String state, String... counts)
            throws IOException, InterruptedException {
        List<String> left = new ArrayList<>(settings.kills() ? List.of(counts) : List.of());
        long endNs = System.nanoTime() + PHASE_LIMIT.toNanos();
        while (System.nanoTime() < endNs) {
            try {
                JsonObject batch = steps.status(office.social(), batchId);
                String now = batch.getString("state");
                if (now.equals(state)) {
                    return;
                }
                if (now.equals("faulty") || now.equals("stopped") || batch.containsKey("submission_problem")) {
                    throw new IOException(batchId + ": " + batch.encode());
                }
                if (!left.isEmpty() && batch.getInteger(left.getFirst(), 0) > settings.rows() / 3) {
                    kill(left.removeFirst(), batch);
                }
            } catch (NodeGone e) {
                installation.awaitWhole(START_LIMIT);
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MS);
        }
        throw new IOException(batchId + ": " + state + " non raggiunto | not reached");
    }

    private void kill(String count, JsonObject batch) throws IOException {
        Optional<Victim> node = installation.node();
        if (node.isPresent()) {
            node.get().kill();
            killed++;
            out.printf(Locale.ROOT, "kill -9: %s %,d%n", count, batch.getInteger(count));
        }
    }

    private void say(String what, long startNs) {
        double seconds = (System.nanoTime() - startNs) / 1e9;
        out.printf(
                Locale.ROOT,
                "%-40s %,9d  %8.1f s  %,9.0f/s%n",
                what,
                settings.rows(),
                seconds,
                settings.rows() / seconds);
    }

    private boolean check(IssuanceSteps steps, Office office, String batchId, String programmeId)
            throws IOException, InterruptedException {
        installation.awaitWhole(START_LIMIT);
        JsonObject batch = steps.status(office.social(), batchId);
        boolean isWhole = batch.getInteger("rows_done") == settings.rows()
                && batch.getJsonObject("amount_done").getLong("amount") == AMOUNT_CENTS * settings.rows()
                && batch.getInteger("refused") == 0;
        boolean isOnce = isOnce(Long.parseLong(programmeId.substring("prg_".length()), 36));
        out.println(
                isWhole && isOnce
                        ? "Ognuno una volta | everybody once: " + settings.rows() + ", kill -9: " + killed
                        : "NON TORNA | DISAGREEMENT: " + batch.encode());
        return isWhole && isOnce && killed == (settings.kills() ? KILLS : 0);
    }

    /** One top-up a wallet and holder, of the right sum, and the balance that comes of it. */
    private boolean isOnce(long programmeId) throws IOException {
        PostgresLogins logins = PostgresLogins.read(folder);
        String sql = """
                SELECT count(*), count(DISTINCT t.wallet_id), count(DISTINCT w.holder_id), min(t.amount), max(t.amount),
                       min(a.available), max(a.available)
                FROM projection.top_up t
                JOIN projection.wallet w ON w.wallet_id = t.wallet_id
                JOIN projection.account a ON a.account_id = t.account_id
                WHERE t.programme_id = ? AND w.holder_id <> 0""";
        try (Connection connection = DriverManager.getConnection(
                        "jdbc:postgresql://" + logins.host() + ":" + logins.port() + "/"
                                + logins.projection().database(),
                        logins.projection().user(),
                        logins.projection().password());
                Statement statistics = connection.createStatement();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            // Tables that were filled a moment ago count as empty until Postgres looks at them, and then this join
            // takes hours.
            statistics.execute("ANALYZE projection.top_up, projection.wallet, projection.account");
            statement.setLong(1, programmeId);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                boolean isOnce = true;
                for (int i = 1; i <= 3; i++) {
                    isOnce &= row.getLong(i) == settings.rows();
                }
                for (int i = 4; i <= 7; i++) {
                    isOnce &= row.getLong(i) == AMOUNT_CENTS;
                }
                return isOnce;
            }
        } catch (SQLException e) {
            throw new IOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        installation.close();
    }
}

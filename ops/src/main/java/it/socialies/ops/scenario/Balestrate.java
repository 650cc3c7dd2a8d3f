// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.scenario;

import it.socialies.ops.client.ApiClient;
import it.socialies.ops.client.OperatorSession;
import it.socialies.ops.client.Workers;
import it.socialies.ops.data.DataFolder;
import it.socialies.ops.data.SecretFile;
import it.socialies.ops.terminal.Progress;
import it.socialies.ops.town.Town;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The whole story of a town's vouchers in a circuit of its own: set up, recharged in two rounds, spent to the last cent over simulated weeks, and reconciled; the shops are paid.
 */
public final class Balestrate {
    /** Clients at work at once. */
    private static final int CLIENTS = 8;

    private static final long WEEK_MS = Duration.ofDays(7).toMillis();

    /**
     * What to run.
     *
     * @param weeks an even number; the second recharge comes half way
     * @param papers null: cards and money the shortest way; else as a town hall does it, with its papers in this folder
     */
    public record Settings(
            URI gateway,
            DataFolder folder,
            Town town,
            int weeks,
            @Nullable Path papers) {
        /** A run of ten weeks. */
        public static final int WEEKS = 10;

        /** With papers: fewer people or shops are not enough for all that happens. */
        public static final int FULL_CARDS_MIN = FullIssue.CARDS_MIN;

        public static final int FULL_SHOPS_MIN = FullIssue.SHOPS_MIN;

        Town playedTown() {
            return papers == null ? town : FullIssue.endingAtHalfTime(town, weeks);
        }
    }

    private final Settings settings;
    private final PrintStream out;
    private final OwnLedger ledger = new OwnLedger();
    private final Incidents incidents = new Incidents();
    private @Nullable Path acknowledgements;

    public Balestrate(Settings settings, PrintStream out) {
        this.settings = settings;
        this.out = out;
    }

    /** Runs it; returns true when every cent agrees. */
    public boolean run() throws IOException, InterruptedException {
        long startNs = System.nanoTime();
        try (ApiClient api = ApiClient.connect(settings.gateway());
                Workers workers = new Workers(CLIENTS)) {
            Bootstrap bootstrap = Bootstrap.read(api, settings.folder());
            SetUp setUp = new SetUp(api, bootstrap, workers, ledger, out);
            Issue issue = issue(api, bootstrap, workers, setUp);
            TownCircuit founded = setUp.found(settings.playedTown());
            TownCircuit circuit = founded.with(issue.handOut(founded));
            out.println("Circuito | circuit " + circuit.circuitId());
            Path logins = settings.folder().scenarioLogins(circuit.circuitId());
            SecretFile.write(logins, TownLogins.of(circuit));
            out.println("Accessi | logins: " + logins);
            spend(api, bootstrap, workers, issue, circuit);
            printIncidents();
            boolean reconciled = new TownReconciliation(api, settings.folder(), circuit, ledger, out).run();
            boolean agrees = issue.close(circuit) && reconciled;
            out.printf(
                    Locale.ROOT,
                    "%n%s in %.1f s%n",
                    agrees ? "Tutto torna | every cent agrees" : "NON TORNA | DISAGREEMENT",
                    (System.nanoTime() - startNs) / 1e9);
            return agrees;
        }
    }

    private Issue issue(ApiClient api, Bootstrap bootstrap, Workers workers, SetUp setUp) {
        Path papers = settings.papers();
        return papers == null
                ? new PlainIssue(setUp)
                : new FullIssue(api, bootstrap, workers, ledger, Papers.in(papers), out);
    }

    /** The file of acknowledgements, once the spending began. */
    public Optional<Path> acknowledgements() {
        return Optional.ofNullable(acknowledgements);
    }

    private void spend(ApiClient api, Bootstrap bootstrap, Workers workers, Issue issue, TownCircuit circuit)
            throws IOException, InterruptedException {
        OperatorSession checker = circuit.staff().socials().get(0);
        String fileName = "balestrate-" + circuit.circuitId() + ".acks";
        try (AckLog acks = AckLog.create(
                settings.folder().scenarios().resolve(fileName),
                circuit.circuitId(),
                0,
                checker.username(),
                checker.password())) {
            acknowledgements = acks.file();
            out.println("Conferme | acknowledgements: " + acks.file());
            Checkout checkout = new Checkout(api, ledger, acks, incidents);
            List<Shopper> shoppers = circuit.holders().stream()
                    .map(holder -> new Shopper(api, checkout, ledger, incidents, circuit, holder))
                    .toList();
            long startNs = System.nanoTime();
            try (Progress progress = Progress.start(
                    out, "Settimane di spesa | weeks of shopping", (long) settings.weeks() * shoppers.size())) {
                for (int week = 0; week < settings.weeks(); week++) {
                    goShopping(workers, shoppers, week, progress);
                    if (week == settings.weeks() / 2 - 1) {
                        issue.rechargeAgain(circuit);
                        issue.halfTime(circuit, checkout);
                    }
                    if (week < settings.weeks() - 1) {
                        bootstrap.stepClock(api, WEEK_MS);
                    }
                }
            }
            double seconds = (System.nanoTime() - startNs) / (double) TimeUnit.SECONDS.toNanos(1);
            int payments = incidents.of(Incidents.Kind.PAYMENT);
            out.printf(
                    Locale.ROOT,
                    "%,d pagamenti | payments, %.0f/s (%d clients)%n",
                    payments,
                    payments / seconds,
                    CLIENTS);
        }
    }

    private void goShopping(Workers workers, List<Shopper> shoppers, int week, Progress progress) {
        int half = settings.weeks() / 2;
        int weeksLeft = week < half ? half - week : settings.weeks() - week;
        boolean isLast = week == settings.weeks() - 1;
        workers.forEach(shoppers, shopper -> {
            shopper.shop(week, weeksLeft, isLast);
            progress.step();
        });
    }

    private void printIncidents() {
        for (Incidents.Kind kind : Incidents.Kind.values()) {
            out.printf(Locale.ROOT, "  %-50s %,6d%n", kind.title(), incidents.of(kind));
        }
    }
}

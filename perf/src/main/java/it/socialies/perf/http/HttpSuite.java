// SPDX-License-Identifier: EUPL-1.2
package it.socialies.perf.http;

import it.socialies.ops.client.ApiClient;
import it.socialies.ops.client.NodeGone;
import it.socialies.perf.result.Chart;
import it.socialies.perf.suite.Measurements;
import it.socialies.perf.suite.SuiteCommand;
import it.socialies.perf.suite.SuiteFailed;
import it.socialies.perf.suite.WorkFolder;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code perf/run http}: durable payments over HTTP at arrival rates up to and above what the node can do, beside an echo at the same rates. */
@Command(
        name = "http",
        description = "Pagamenti durevoli via HTTP, un centesimo ciascuno, a ritmi di arrivo crescenti"
                + " | Durable payments over HTTP, one cent each, at rising arrival rates",
        mixinStandardHelpOptions = true)
public final class HttpSuite extends SuiteCommand {
    private static final String ECHO = "bare echo";
    private static final List<Double> LADDER = List.of(0.1, 0.25, 0.5, 0.7, 0.85, 1.0, 1.25, 1.5);
    private static final List<Double> BATCH_LADDER = List.of(0.25, 0.5, 0.75, 1.0, 1.25);
    private static final List<Double> QUICK_LADDER = List.of(0.2);
    private static final double RATE_MIN = 10;
    private static final double NS_PER_MS = 1e6;

    @Option(
            names = "--gateway",
            paramLabel = "URL",
            description = "A gateway that runs, with --data; without both, an installation is started for this run")
    private @Nullable URI gateway;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Data folder behind --gateway, with the demo town's logins")
    private @Nullable Path data;

    @Option(
            names = "--clients",
            paramLabel = "N",
            defaultValue = "64",
            description = "Clients of the closed loop that finds the middle of the ladder (default: ${DEFAULT-VALUE})")
    private int clients;

    @Option(
            names = "--connections",
            paramLabel = "N",
            defaultValue = "1024",
            description = "Connections of the open loop, at most (default: ${DEFAULT-VALUE})")
    private int connections;

    @Option(
            names = "--batch",
            paramLabel = "N",
            defaultValue = "100",
            description = "Payments of a batch (default: ${DEFAULT-VALUE})")
    private int batch;

    @Option(
            names = "--rates",
            paramLabel = "N",
            split = ",",
            description = "Arrival rates of single payments, a second, instead of the ladder")
    private List<Integer> rates = List.of();

    @Option(
            names = "--batch-rates",
            paramLabel = "N",
            split = ",",
            description = "Arrival rates of payments in batches, a second, instead of the ladder")
    private List<Integer> batchRates = List.of();

    @Override
    protected String title() {
        return "durable payments over HTTP at an arrival rate";
    }

    @Override
    protected void measure(Measurements to) throws IOException, InterruptedException, SuiteFailed {
        if ((gateway == null) != (data == null)) {
            throw new SuiteFailed("--gateway and --data belong together");
        }
        String batches = "batches of " + batch;
        to.chart(Chart.lines("Single payments: latency at an arrival rate", "offered", "p50", "p99", "p99.9")
                        .ofSeries("single payments", ECHO)
                        .withLogY())
                .chart(Chart.lines("Single payments: accepted at an arrival rate", "offered", "accepted")
                        .ofSeries("single payments", ECHO))
                .chart(Chart.lines("Batches: latency at an arrival rate", "offered", "p50", "p99", "p99.9")
                        .ofSeries(batches, ECHO + ", " + batches)
                        .withLogY())
                .chart(Chart.lines("Batches: accepted at an arrival rate", "offered", "accepted")
                        .ofSeries(batches, ECHO + ", " + batches))
                .note(
                        "Open loop: requests start at their own times (Poisson), whoever else waits; latency counts from the time a request was meant to start.")
                .note(
                        "Every accepted payment is durable before its answer leaves. Load, node and Postgres share the machine.")
                .note(
                        "\"load late\": how late the load itself was at worst of a thousand (p99.9); it is part of the latency.")
                .note(
                        "The echo is a bare Vert.x server that answers with the body it was sent: what HTTP and the load cost alone.")
                .note(
                        "The closed loop only finds the middle of the ladder: clients that wait for their answer never overrun a server.");
        Ladder singles = new Ladder("single payments", ECHO, 1, rates, LADDER);
        Ladder inBatches = new Ladder(batches, ECHO + ", " + batches, batch, batchRates, BATCH_LADDER);
        URI running = gateway;
        Path folder = data;
        if (running != null && folder != null) {
            Installation at = Installation.at(running, folder);
            climb(to, at, singles, inBatches);
        } else if (options().isQuick()) {
            climbOwn(to, singles, inBatches);
        } else {
            // An installation each: either ladder fills the table of payments.
            climbOwn(to, singles);
            climbOwn(to, inBatches);
        }
    }

    /**
     * One kind of request at rising rates.
     *
     * @param asked payments a second; none: by {@code steps}
     * @param steps parts of what waiting clients get
     */
    private record Ladder(String series, String echoSeries, int perRequest, List<Integer> asked, List<Double> steps) {}

    private void climbOwn(Measurements to, Ladder... ladders) throws IOException, InterruptedException, SuiteFailed {
        to.progress("starting an installation");
        try (WorkFolder work = WorkFolder.create(options(), "http");
                Installation own = Installation.start(work)) {
            climb(to, own, ladders);
        }
    }

    private void climb(Measurements to, Installation at, Ladder... ladders)
            throws IOException, InterruptedException, SuiteFailed {
        try (ApiClient api = connect(at.gateway());
                EchoProcess echo = EchoProcess.start()) {
            Tables tables = new Tables(api, at.folder());
            Shops shops = Shops.ofDemoTown(api, at.folder());
            for (Ladder ladder : ladders) {
                climb(
                        to,
                        at.gateway(),
                        echo.address(),
                        ladder,
                        tables,
                        shops,
                        new PaymentRequests(api, shops, ladder.perRequest));
            }
        }
    }

    private void climb(
            Measurements to, URI node, URI echo, Ladder ladder, Tables tables, Shops shops, PaymentRequests requests)
            throws IOException, InterruptedException {
        double capacity = closedLoop(to, node, ladder.series, requests);
        for (double rate : rates(capacity, ladder)) {
            long needed = (long) (rate * (warmUpSeconds() + seconds()));
            if (!tables.makeRoomFor(needed) || shops.leftCents() < needed) {
                to.note(ladder.series + ": no room or no money left for " + perSecond(rate)
                        + "; --seconds makes the steps shorter.");
                return;
            }
            to.progress(ladder.series + ", " + perSecond(rate));
            OpenLoop load = new OpenLoop(rate / ladder.perRequest, warmUpSeconds(), seconds(), requests::next);
            addRow(to, ladder.series, rate, load.run(node, connections));
            addRow(to, ladder.echoSeries, rate, load.run(echo, connections));
        }
    }

    private static ApiClient connect(URI gateway) throws SuiteFailed {
        try {
            return ApiClient.connect(gateway);
        } catch (NodeGone e) {
            throw new SuiteFailed(
                    "nobody answers at " + gateway + ": start ops/run, or leave --gateway and --data out", e);
        }
    }

    /** Payments a second that waiting clients get. */
    private double closedLoop(Measurements to, URI server, String series, PaymentRequests requests)
            throws InterruptedException {
        to.progress(series + ", " + clients + " waiting clients");
        LoadResult result = new ClosedLoop(requests::next).run(server, clients, warmUpSeconds(), seconds());
        to.row(series + ", closed loop", clients + " clients")
                .figure("accepted", result.acceptedPerSecond(), "payments/s")
                .latency(result.latencyNs())
                .counts(result.outcomes())
                .done();
        return result.acceptedPerSecond();
    }

    private static void addRow(Measurements to, String series, double rate, LoadResult result) {
        to.row(series, perSecond(rate))
                .figure("offered", rate, "payments/s")
                .figure("accepted", result.acceptedPerSecond(), "payments/s")
                .latency(result.latencyNs())
                .figure("load late", result.lateNs().getValueAtPercentile(99.9) / NS_PER_MS, "ms")
                .counts(result.outcomes())
                .done();
    }

    private int seconds() {
        return options().seconds(6);
    }

    private int warmUpSeconds() {
        return options().warmUpSeconds(2);
    }

    /** What was asked for, or steps below and above what waiting clients got, to two digits. */
    private List<Double> rates(double capacity, Ladder ladder) {
        if (!ladder.asked.isEmpty()) {
            return ladder.asked.stream().map(Integer::doubleValue).toList();
        }
        List<Double> steps = options().isQuick() ? QUICK_LADDER : ladder.steps;
        return steps.stream()
                .map(step -> {
                    double rate = Math.max(RATE_MIN, capacity * step);
                    double digits = Math.pow(10, Math.floor(Math.log10(rate)) - 1);
                    return Math.rint(rate / digits) * digits;
                })
                .toList();
    }

    private static String perSecond(double rate) {
        return String.format(Locale.ROOT, "%,.0f/s", rate);
    }
}

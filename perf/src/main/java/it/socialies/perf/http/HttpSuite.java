// SPDX-License-Identifier: EUPL-1.2
package it.socialies.perf.http;

import it.socialies.ops.client.ApiClient;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.HdrHistogram.Histogram;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code perf/run http}: durable payments over HTTP at a running node, one client, many clients, batches. */
@Command(
        name = "http",
        description = "Pagamenti durevoli via HTTP, un centesimo ciascuno, sulla città dimostrativa"
                + " | Durable payments over HTTP, one cent each, on the demo town",
        mixinStandardHelpOptions = true)
public final class HttpSuite implements Callable<Integer> {
    @Option(names = "--gateway", required = true, description = "http://host:port")
    private URI gateway = URI.create("http://localhost");

    @Option(names = "--data", required = true, description = "Data folder with the demo town's logins")
    private Path data = Path.of(".");

    @Option(names = "--connections", defaultValue = "32", description = "Clients at once (default ${DEFAULT-VALUE})")
    private int connections;

    @Option(names = "--batch", defaultValue = "100", description = "Payments per batch (default ${DEFAULT-VALUE})")
    private int batch;

    @Option(
            names = "--seconds",
            defaultValue = "10",
            description = "Measured time of each run (default ${DEFAULT-VALUE})")
    private int seconds;

    @Option(names = "--warm-up", defaultValue = "5", description = "Seconds before it (default ${DEFAULT-VALUE})")
    private int warmUpSeconds;

    @Override
    public Integer call() throws IOException, InterruptedException {
        PrintStream out = System.out;
        out.printf(
                "%-34s %12s %9s %9s %9s %9s  %s%n",
                "", "payments/s", "p50 ms", "p99 ms", "p99.9 ms", "max ms", "answers");
        try (ApiClient api = ApiClient.connect(gateway)) {
            Shops shops = Shops.ofDemoTown(api, data);
            print(out, "1 client", new PaymentLoad(api, shops, 1).run(1, warmUpSeconds, seconds));
            print(
                    out,
                    connections + " clients",
                    new PaymentLoad(api, shops, 1).run(connections, warmUpSeconds, seconds));
            print(
                    out,
                    connections + " clients, batches of " + batch,
                    new PaymentLoad(api, shops, batch).run(connections, warmUpSeconds, seconds));
        }
        return 0;
    }

    private static void print(PrintStream out, String name, PaymentLoad.Result result) {
        Histogram us = result.latencyUs();
        out.printf(
                Locale.ROOT,
                "%-34s %12.0f %9.2f %9.2f %9.2f %9.2f  %s%n",
                name,
                result.paymentsPerSecond(),
                us.getValueAtPercentile(50) / 1e3,
                us.getValueAtPercentile(99) / 1e3,
                us.getValueAtPercentile(99.9) / 1e3,
                us.getMaxValue() / 1e3,
                result.outcomes());
    }
}

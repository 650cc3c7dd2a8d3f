// SPDX-License-Identifier: EUPL-1.2
package it.socialies.perf.http;

import it.socialies.ops.client.ApiClient;
import it.socialies.perf.result.Chart;
import it.socialies.perf.suite.Measurements;
import it.socialies.perf.suite.SuiteCommand;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code perf/run http}: durable payments over HTTP at a running node, one client, many clients, batches. */
@Command(
        name = "http",
        description = "Pagamenti durevoli via HTTP, un centesimo ciascuno, sulla città dimostrativa"
                + " | Durable payments over HTTP, one cent each, on the demo town",
        mixinStandardHelpOptions = true)
public final class HttpSuite extends SuiteCommand {
    @Option(names = "--gateway", required = true, description = "http://host:port")
    private URI gateway = URI.create("http://localhost");

    @Option(names = "--data", required = true, description = "Data folder with the demo town's logins")
    private Path data = Path.of(".");

    @Option(names = "--connections", defaultValue = "32", description = "Clients at once (default ${DEFAULT-VALUE})")
    private int connections;

    @Option(names = "--batch", defaultValue = "100", description = "Payments per batch (default ${DEFAULT-VALUE})")
    private int batch;

    @Override
    protected String title() {
        return "durable payments over HTTP, clients that wait for their answer";
    }

    @Override
    protected void measure(Measurements to) throws IOException, InterruptedException {
        to.chart(Chart.bars("Payments over HTTP, closed loop", "throughput"));
        to.chart(Chart.percentiles("Latency of a request, closed loop"));
        try (ApiClient api = ApiClient.connect(gateway)) {
            Shops shops = Shops.ofDemoTown(api, data);
            measure(to, api, shops, 1, 1);
            measure(to, api, shops, connections, 1);
            measure(to, api, shops, connections, batch);
        }
    }

    private void measure(Measurements to, ApiClient api, Shops shops, int clients, int paymentsPerRequest)
            throws InterruptedException {
        String series = paymentsPerRequest == 1 ? "single payments" : "batches of " + paymentsPerRequest;
        to.progress(series + ", " + clients + " clients");
        PaymentLoad.Result result = new PaymentLoad(api, shops, paymentsPerRequest)
                .run(clients, options().warmUpSeconds(5), options().seconds(10));
        to.row(series, clients + " clients")
                .figure("throughput", result.paymentsPerSecond(), "payments/s")
                .latency(result.latencyNs())
                .counts(result.outcomes())
                .done();
    }
}

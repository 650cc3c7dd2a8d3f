// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.run;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Entry point of {@code ops/run}. Exit codes: 0 stopped as asked, 1 something failed, 2 wrong usage. */
@Command(
        name = "ops/run",
        mixinStandardHelpOptions = true,
        version = "0.1.0",
        sortOptions = false,
        description = {
            "Avvia un'installazione: Postgres, motore, gateway e console. Ctrl-C la ferma.",
            "Starts an installation: Postgres, engine, gateway and console. Ctrl-C stops it."
        })
public final class Run implements Callable<Integer> {
    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Cartella dei dati | data folder (default: data in the checkout)")
    private @Nullable Path data;

    @Option(
            names = "--gateway-port",
            paramLabel = "N",
            defaultValue = "8080",
            description = "Porta del gateway | port of the gateway (default: ${DEFAULT-VALUE})")
    private int gatewayPort;

    @Option(
            names = "--console-port",
            paramLabel = "N",
            description = "Porta della console | port of the console (default: the gateway's + 1)")
    private @Nullable Integer consolePort;

    @Option(names = "--no-console", description = "Senza la console | without the console")
    private boolean noConsole;

    @Option(
            names = "--postgres",
            paramLabel = "URL",
            description = {
                "Un Postgres 15+ già esistente | an existing Postgres 15+:",
                "postgresql://user:password@host:port (CREATEDB, CREATEROLE)"
            })
    private @Nullable String postgresUrl;

    @Option(
            names = "--https-certificate",
            paramLabel = "FILE",
            description = "HTTPS: catena di certificati in PEM | chain of certificates in PEM")
    private @Nullable Path httpsCertificate;

    @Option(
            names = "--https-key",
            paramLabel = "FILE",
            description = "HTTPS: la sua chiave, PKCS#8 in PEM, modo 600 | its key, PKCS#8 in PEM, mode 600")
    private @Nullable Path httpsKey;

    @Option(
            names = "--https-port",
            paramLabel = "N",
            description = "Porta di HTTPS | port of HTTPS (default: " + Https.PORT + ")")
    private @Nullable Integer httpsPort;

    @Option(names = "--empty", description = "Senza la città dimostrativa | without the demo town")
    private boolean empty;

    @Option(
            names = "--live",
            description = {
                "Al primo avvio: installazione vera, per sempre | first start: a real installation, for ever.",
                "Codici fiscali delle due persone | tax codes of the two persons: IES_LIVE_TAX_CODES=A,B"
            })
    private boolean live;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private final Path home = Path.of(System.getProperty("ies.home", "."));

    public static void main(String[] arguments) {
        int exitCode = new CommandLine(new Run()).execute(arguments);
        System.exit(exitCode);
    }

    @Override
    public Integer call() throws Exception {
        PostgresAddress external = null;
        Https https = null;
        try {
            external = postgresUrl == null ? null : PostgresAddress.parse(postgresUrl);
            https = Https.of(httpsCertificate, httpsKey, httpsPort);
        } catch (RunFailure e) {
            spec.commandLine().getErr().println(e.getMessage());
            return CommandLine.ExitCode.USAGE;
        }
        Path folder = data == null ? home.resolve("data") : data;
        var settings = new Supervisor.Settings(home, folder, gatewayPort, consolePort(), external, https, empty, live);
        try {
            return new Supervisor(settings, System.out).run();
        } catch (RunFailure e) {
            spec.commandLine().getErr().println(e.getMessage());
            return CommandLine.ExitCode.SOFTWARE;
        }
    }

    private @Nullable Integer consolePort() {
        if (noConsole) {
            return null;
        }
        return consolePort == null ? gatewayPort + 1 : consolePort;
    }
}

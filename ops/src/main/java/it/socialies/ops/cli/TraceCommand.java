// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.cli;

import it.socialies.ops.client.ApiClient;
import it.socialies.ops.traces.TracePrinter;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ops/ies trace}. */
@Command(
        name = "trace",
        mixinStandardHelpOptions = true,
        description = {
            "Da dove vengono e dove sono andati i centesimi di una scrittura; 1 se una somma non torna.",
            "Where the cents of an entry came from and where they went; 1 when a sum does not agree."
        })
final class TraceCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "ENTRY", description = "SEQUENCE, SEQUENCE-LINE, pay_… | sln_…")
    private String entry = "";

    @Mixin
    private OperatorLogin login = new OperatorLogin();

    @Option(
            names = "--cents",
            description = "Dice anche quali centesimi di ogni scrittura | says which cents of each entry, too")
    private boolean cents;

    @Override
    public Integer call() throws IOException {
        if (!entry.matches("[0-9]{1,19}(-[0-9]{1,5})?|(sln|pay)_[0-9a-z]{1,13}")) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(), "ENTRY: SEQUENCE, SEQUENCE-LINE, pay_… | sln_…");
        }
        try (ApiClient api = ApiClient.connect(login.gateway())) {
            TracePrinter printer = new TracePrinter(api, login.session(api), System.out, cents);
            boolean forward = printer.print(entry, "forward");
            boolean back = printer.print(entry, "back");
            return forward && back ? Ies.AGREED : Ies.DISAGREED;
        }
    }
}

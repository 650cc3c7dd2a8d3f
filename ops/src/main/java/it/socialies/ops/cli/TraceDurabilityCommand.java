// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.cli;

import it.socialies.ops.torture.Strace;
import it.socialies.ops.torture.WorkFolder;
import it.socialies.ops.torture.trace.TraceRun;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ops/ies trace-durability}. */
@Command(
        name = "trace-durability",
        mixinStandardHelpOptions = true,
        description = {
            "Guarda con strace un nodo vero: nessuna risposta parte prima della fdatasync che la copre, e una fdatasync fallita ferma il nodo.",
            "Looks at a real node with strace: no answer leaves before the fdatasync that covers it, and a failed fdatasync halts the node."
        })
final class TraceDurabilityCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--payments",
            paramLabel = "N",
            defaultValue = "300",
            description = "Uno dopo l'altro | one after the other; default: ${DEFAULT-VALUE}")
    private int payments;

    @Mixin
    private OwnInstallation installation = new OwnInstallation();

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (payments < 1 || payments > 10_000) {
            throw new CommandLine.ParameterException(spec.commandLine(), "--payments 1 … 10000");
        }
        String hindrance = Strace.hindrance();
        if (!hindrance.isEmpty()) {
            spec.commandLine().getErr().println(hindrance);
            return Ies.DISAGREED;
        }
        WorkFolder folder = installation.folder();
        TraceRun run = new TraceRun(installation.run(), folder.path(), payments, System.out);
        boolean good = folder.during(run, run::run);
        System.out.println(good ? "SUPERATO | PASSED" : "NON SUPERATO | FAILED");
        return good ? Ies.AGREED : Ies.DISAGREED;
    }
}

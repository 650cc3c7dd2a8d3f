// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.cli;

import it.socialies.ops.client.NodeGone;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IExecutionExceptionHandler;

/** Entry point of {@code ops/ies}. Exit codes: 0 all agrees, 1 something disagrees or failed, 2 wrong usage. */
@Command(
        name = "ops/ies",
        mixinStandardHelpOptions = true,
        version = "0.1.0",
        description = "Scenari, verifiche e lettura del giornale | scenarios, checks, reading the journal.",
        subcommands = {
            ScenarioCommand.class,
            ReplayTransfersCommand.class,
            StateHashCommand.class,
            SnapshotCommand.class,
            JournalCommand.class,
            AuditCommand.class,
            KeysCommand.class,
            IssuanceCommand.class,
            IssuanceDrillCommand.class,
            SettlementDrillCommand.class,
            SimulateCommand.class,
            TortureCommand.class,
            TraceCommand.class,
            TraceDurabilityCommand.class,
            VerifyCommand.class
        })
public final class Ies implements Runnable {
    static final int AGREED = 0;
    static final int DISAGREED = 1;

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

    public static void main(String[] arguments) {
        System.exit(execute(arguments));
    }

    /** Runs a command line; returns its exit code. */
    public static int execute(String... arguments) {
        return commandLine().execute(arguments);
    }

    static CommandLine commandLine() {
        return new CommandLine(new Ies())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler(onFailure());
    }

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "Manca il comando | a command is missing");
    }

    private static IExecutionExceptionHandler onFailure() {
        return (failure, commandLine, parsed) -> {
            PrintWriter err = commandLine.getErr();
            if (failure instanceof NodeGone) {
                err.println(
                        "Il gateway non risponde più: vedere logs/node.log nella cartella dei dati, riavviare con ops/run"
                                + " | " + failure.getMessage()
                                + ": see logs/node.log in the data folder, start again with ops/run");
            } else {
                err.println(failure.getMessage() == null ? failure.toString() : failure.getMessage());
            }
            if (Boolean.getBoolean("ies.stacktrace")) {
                failure.printStackTrace(err);
            }
            return DISAGREED;
        };
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.perf;

import it.socialies.ops.client.NodeGone;
import it.socialies.perf.core.CoreSuite;
import it.socialies.perf.core.InvariantsSuite;
import it.socialies.perf.http.HttpSuite;
import it.socialies.perf.pipeline.PipelineSuite;
import it.socialies.perf.postgres.PostgresSuite;
import it.socialies.perf.projection.ProjectionSuite;
import it.socialies.perf.report.ReportCommand;
import it.socialies.perf.snapshot.RestartSuite;
import it.socialies.perf.snapshot.SnapshotSuite;
import it.socialies.perf.suite.SuiteCommand;
import it.socialies.perf.suite.SuiteFailed;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IExecutionExceptionHandler;

/** Entry point of {@code perf/run}. Exit codes: 0 measured, 1 something failed, 2 wrong usage. */
@Command(
        name = "perf/run",
        description = "Misura il prodotto | Measures the product",
        mixinStandardHelpOptions = true,
        subcommands = {
            CoreSuite.class,
            InvariantsSuite.class,
            PipelineSuite.class,
            HttpSuite.class,
            RestartSuite.class,
            SnapshotSuite.class,
            PostgresSuite.class,
            ProjectionSuite.class,
            AllCommand.class,
            ReportCommand.class
        })
public final class Perf implements Runnable {
    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

    private Perf() {}

    public static void main(String[] arguments) {
        System.exit(execute(arguments));
    }

    /** Runs a command line; returns its exit code. */
    public static int execute(String... arguments) {
        return new CommandLine(new Perf())
                .setExecutionExceptionHandler(onFailure())
                .execute(arguments);
    }

    /** Names of all suites, in the order they are listed here. */
    static List<String> suites(CommandLine.Model.CommandSpec root) {
        return root.subcommands().values().stream()
                .map(CommandLine::getCommandSpec)
                .filter(spec -> spec.userObject() instanceof SuiteCommand)
                .map(CommandLine.Model.CommandSpec::name)
                .distinct()
                .toList();
    }

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "Manca la misura | a suite is missing");
    }

    /** What a person can mend is told in words; all else with its stack trace. */
    private static IExecutionExceptionHandler onFailure() {
        return (failure, commandLine, parsed) -> {
            PrintWriter err = commandLine.getErr();
            if (failure instanceof SuiteFailed || failure instanceof NodeGone) {
                err.println(failure.getMessage());
            } else {
                failure.printStackTrace(err);
            }
            err.flush();
            return CommandLine.ExitCode.SOFTWARE;
        };
    }
}

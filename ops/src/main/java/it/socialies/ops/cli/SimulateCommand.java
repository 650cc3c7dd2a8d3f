// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.cli;

import it.socialies.ops.simulation.SimulationRun;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ops/ies simulate}. */
@Command(
        name = "simulate",
        mixinStandardHelpOptions = true,
        description = {
            "Il motore vero in mondi simulati che provano a romperlo: disco, orologio, Postgres, reti e cadute da un seme.",
            "The real engine in simulated worlds that try to break it: disk, clock, Postgres, networks and crashes from a seed.",
            "Esce con 0 se tutto vale, 1 con una violazione, 2 se non ha potuto girare."
                    + " | Exit code 0 all held, 1 a violation, 2 it could not run."
        })
final class SimulateCommand implements Callable<Integer> {
    private static final int NOTHING_SHOWN = 2;

    @Option(
            names = "--seed",
            defaultValue = "1",
            paramLabel = "N",
            description = "primo seme | seed of the first world (default: ${DEFAULT-VALUE})")
    private long seed;

    @Option(
            names = "--seeds",
            defaultValue = "1",
            paramLabel = "N",
            description = "quanti mondi | how many worlds (default: ${DEFAULT-VALUE})")
    private long seeds;

    @Option(
            names = "--commands",
            defaultValue = "10000",
            paramLabel = "N",
            description = "comandi per mondo | commands in a world (default: ${DEFAULT-VALUE})")
    private long commands;

    @Option(
            names = "--threads",
            defaultValue = "1",
            paramLabel = "N",
            description = "mondi insieme | worlds at a time (default: ${DEFAULT-VALUE})")
    private int threads;

    @Option(
            names = "--minutes",
            paramLabel = "N",
            description = "nessun mondo comincia dopo | no world begins after so many")
    private @Nullable Long minutes;

    @Option(
            names = "--results",
            paramLabel = "FILE",
            description =
                    "una riga per mondo; quelli che ci sono già non si ripetono | a line a world; those in it are not repeated")
    private @Nullable Path results;

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

    @Override
    public Integer call() throws InterruptedException {
        if (seeds < 1 || commands < 1 || threads < 1 || (minutes != null && minutes < 0)) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(), "Numeri da 1 in su | numbers from 1 up: --seeds, --commands, --threads");
        }
        // Read once, when the first class of the engine logs.
        System.setProperty("ies.engine.log-level", "OFF");
        SimulationRun.Plan plan = new SimulationRun.Plan(
                seed, seeds, commands, threads, minutes == null ? null : Duration.ofMinutes(minutes), results);
        try {
            return new SimulationRun(plan, spec.commandLine().getOut()).run() ? Ies.AGREED : Ies.DISAGREED;
        } catch (IOException e) {
            spec.commandLine().getErr().println(e.getMessage());
            return NOTHING_SHOWN;
        }
    }
}

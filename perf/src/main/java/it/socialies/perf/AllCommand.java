// SPDX-License-Identifier: EUPL-1.2
package it.socialies.perf;

import it.socialies.perf.suite.SuiteFailed;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code perf/run all}: every suite, each in a JVM of its own so that none finds what another left, and the report of them. */
@Command(
        name = "all",
        description = "Tutte le misure e la pagina | Every suite, and the report",
        mixinStandardHelpOptions = true)
public final class AllCommand implements Callable<Integer> {
    @Option(names = "--out", required = true, paramLabel = "DIR", description = "Folder of the results and the page")
    private Path out = Path.of("");

    @Option(names = "--quick", description = "Only shows that every suite works")
    private boolean quick;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException, InterruptedException, SuiteFailed {
        List<String> files = new ArrayList<>();
        for (String suite : Perf.suites(spec.root())) {
            String file = out.resolve(suite + ".json").toString();
            List<String> arguments = new ArrayList<>(List.of(suite, "--json", file));
            if (quick) {
                arguments.add("--quick");
            }
            System.err.println("== " + suite);
            if (run(arguments) != 0) {
                throw new SuiteFailed(suite + " failed: its own words are above");
            }
            files.add(file);
        }
        List<String> report = new ArrayList<>(List.of("report", "--out", out.toString()));
        report.addAll(files);
        return run(report);
    }

    private static int run(List<String> arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Perf.class.getName()));
        command.addAll(arguments);
        return new ProcessBuilder(command).inheritIO().start().waitFor();
    }
}

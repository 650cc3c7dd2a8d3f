// SPDX-License-Identifier: EUPL-1.2
package it.socialies.perf.report;

import it.socialies.perf.result.ResultFile;
import it.socialies.perf.result.SuiteResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code perf/run report}: one page and its plots out of result files. */
@Command(
        name = "report",
        description = "Una pagina con i grafici | A page with plots, out of files that --json kept",
        mixinStandardHelpOptions = true)
public final class ReportCommand implements Callable<Integer> {
    @Option(names = "--out", required = true, paramLabel = "DIR", description = "Folder of the page and its plots")
    private Path out = Path.of("");

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "Results, in the order of the page")
    private List<Path> files = List.of();

    @Override
    public Integer call() throws IOException {
        List<SuiteResult> results = new ArrayList<>();
        for (Path file : files) {
            results.add(ResultFile.read(file));
        }
        System.out.println(Report.write(out, results));
        return 0;
    }
}

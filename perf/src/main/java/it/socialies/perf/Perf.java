// SPDX-License-Identifier: EUPL-1.2
package it.socialies.perf;

import it.socialies.perf.http.HttpSuite;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Runs one suite of measurements. */
@Command(
        name = "perf/run",
        description = "Misura il prodotto in funzione | Measures the running product",
        mixinStandardHelpOptions = true,
        subcommands = HttpSuite.class)
public final class Perf {
    private Perf() {}

    /** Exit codes: 0 measured, 1 something failed, 2 usage. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new Perf()).execute(args));
    }
}

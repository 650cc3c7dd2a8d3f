// SPDX-License-Identifier: EUPL-1.2
package it.socialies.perf.result;

import java.util.List;
import java.util.Map;

/**
 * All that one run of a suite found, and what is needed to run it again.
 *
 * @param format {@link #FORMAT}
 * @param suite name of the suite
 * @param title what it measures, in a few words
 * @param startedAt ISO 8601, UTC
 * @param durationSeconds of the whole run
 * @param commandLine as it was typed
 * @param commit of the sources; {@code -dirty} when they were changed; {@code unknown} outside a checkout
 * @param parameters every option of the run, and what the suite says of its own sizes
 * @param notes what a reader of the figures must know, a sentence each
 */
public record SuiteResult(
        String format,
        String suite,
        String title,
        String startedAt,
        double durationSeconds,
        String commandLine,
        String commit,
        Map<String, String> parameters,
        Machine machine,
        List<Row> rows,
        List<Chart> charts,
        List<String> notes) {

    /** Name and version of the shape of the file; a reader refuses any other. */
    public static final String FORMAT = "socialies-perf/1";
}

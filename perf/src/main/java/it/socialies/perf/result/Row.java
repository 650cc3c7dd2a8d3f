// SPDX-License-Identifier: EUPL-1.2
package it.socialies.perf.result;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was measured at one point.
 *
 * @param series what is compared: rows of one series are one line or one colour of a plot
 * @param point where on the series: {@code 64 outstanding}, {@code 2,000/s}
 * @param figures by name, in the order of the table
 * @param counts how often something happened, by name: answers by status, failures
 * @param latency the whole distribution, where one was recorded
 */
public record Row(
        String series,
        String point,
        Map<String, Figure> figures,
        Map<String, Long> counts,
        @Nullable Latency latency) {}

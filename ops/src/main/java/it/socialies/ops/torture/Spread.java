// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.torture;

import io.vertx.core.json.JsonObject;
import java.util.Collection;
import java.util.Locale;

/** Least, median and greatest of some times in milliseconds. */
record Spread(long minMs, long medianMs, long maxMs) {
    /** The median of an even number is the lower of the two in the middle. Of nothing: zeros. */
    static Spread of(Collection<Long> timesMs) {
        long[] sorted = timesMs.stream().mapToLong(Long::longValue).sorted().toArray();
        return sorted.length == 0
                ? new Spread(0, 0, 0)
                : new Spread(sorted[0], sorted[(sorted.length - 1) / 2], sorted[sorted.length - 1]);
    }

    JsonObject toJson() {
        return new JsonObject().put("min_ms", minMs).put("median_ms", medianMs).put("max_ms", maxMs);
    }

    /** In seconds. */
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%.1f / %.1f / %.1f", minMs / 1_000.0, medianMs / 1_000.0, maxMs / 1_000.0);
    }
}

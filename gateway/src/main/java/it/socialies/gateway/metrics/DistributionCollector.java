// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.metrics;

import io.prometheus.metrics.model.registry.Collector;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import it.socialies.engine.measures.Distribution;

/**
 * Publishes a distribution that a stage of the engine keeps. Threading: any.
 *
 * @param unit what one of the distribution's units is in the published one: 1e-9 for nanoseconds shown as seconds
 */
record DistributionCollector(String name, String description, Distribution distribution, double unit)
        implements Collector {
    @Override
    public MetricSnapshot collect() {
        ClassicHistogramBuckets.Builder buckets = ClassicHistogramBuckets.builder();
        for (int i = 0; i < distribution.buckets(); i++) {
            long bound = distribution.bound(i);
            buckets.bucket(bound == Long.MAX_VALUE ? Double.POSITIVE_INFINITY : bound * unit, distribution.count(i));
        }
        return HistogramSnapshot.builder()
                .name(name)
                .help(description)
                .dataPoint(HistogramDataPointSnapshot.builder()
                        .classicHistogramBuckets(buckets.build())
                        .sum(distribution.sum() * unit)
                        .build())
                .build();
    }
}

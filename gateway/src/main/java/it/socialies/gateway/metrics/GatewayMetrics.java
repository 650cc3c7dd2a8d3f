// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import it.socialies.engine.measures.Distribution;
import java.time.Duration;
import java.util.function.ToDoubleFunction;

/**
 * Every figure that the node publishes. A name begins with {@code ies_} (those of the JVM and the process keep the names that everybody knows) and
 * ends in its unit, in seconds and bytes; what only rises ends in {@code _total}. A label takes few values, known beforehand, and none of them is
 * of a person. Threading: any.
 */
public final class GatewayMetrics implements AutoCloseable {
    private static final Duration[] LATENCY_BOUNDS = millis(1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000);

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics garbageCollection = new JvmGcMetrics();

    public GatewayMetrics() {
        new ClassLoaderMetrics().bindTo(registry);
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new FileDescriptorMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        garbageCollection.bindTo(registry);
    }

    /**
     * Adds a figure that rises and falls, read when somebody asks.
     *
     * @param labels names and values, in turn
     */
    public <T> void gauge(String name, String description, T source, ToDoubleFunction<T> value, String... labels) {
        Gauge.builder(name, source, value)
                .description(description)
                .tags(labels)
                .strongReference(true)
                .register(registry);
    }

    /** Adds a gauge whose labels are only known when it is read: {@link MultiGauge#register} replaces its rows. */
    public MultiGauge gauges(String name, String description) {
        return MultiGauge.builder(name).description(description).register(registry);
    }

    /** Adds a figure that only rises and is kept elsewhere, read when somebody asks; its name gets {@code _total}. */
    public <T> void counter(String name, String description, T source, ToDoubleFunction<T> value, String... labels) {
        FunctionCounter.builder(name, source, value)
                .description(description)
                .tags(labels)
                .register(registry);
    }

    /** A counter to be raised; its name gets {@code _total}. The same name and labels give the same counter. */
    public Counter counter(String name, String description, String... labels) {
        return Counter.builder(name).description(description).tags(labels).register(registry);
    }

    /** A timer with buckets from 1 ms to 5 s; its name gets {@code _seconds}. The same name and labels give the same timer. */
    public Timer timer(String name, String description, String... labels) {
        return Timer.builder(name)
                .description(description)
                .tags(labels)
                .serviceLevelObjectives(LATENCY_BOUNDS)
                .register(registry);
    }

    /** Adds a histogram that a stage of the engine keeps. */
    public void histogram(String name, String description, Distribution distribution, double unit) {
        registry.getPrometheusRegistry().register(new DistributionCollector(name, description, distribution, unit));
    }

    /** All figures, in the text format of Prometheus. */
    public String scrape() {
        return registry.scrape();
    }

    @Override
    public void close() {
        garbageCollection.close();
        registry.close();
    }

    private static Duration[] millis(long... bounds) {
        Duration[] durations = new Duration[bounds.length];
        for (int i = 0; i < bounds.length; i++) {
            durations[i] = Duration.ofMillis(bounds[i]);
        }
        return durations;
    }
}

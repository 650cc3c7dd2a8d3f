// SPDX-License-Identifier: EUPL-1.2
package it.socialies.perf.result;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Predicate;

/**
 * Where it was measured. Nothing that names the machine or its user.
 *
 * @param cores processors the JVM may use
 * @param cpu model, as the kernel says it
 * @param memoryBytes of the whole machine
 * @param os distribution
 * @param kernel name and version
 * @param jdk vendor and version
 * @param loadAverage of one minute, when the suite began: what else was going on; negative when not known
 */
public record Machine(
        int cores, String cpu, long memoryBytes, String os, String kernel, String jdk, double loadAverage) {

    /** This machine, now. */
    public static Machine ofThis() {
        return new Machine(
                Runtime.getRuntime().availableProcessors(),
                valueIn("/proc/cpuinfo", ":", "model name"),
                totalMemoryBytes(),
                valueIn("/etc/os-release", "=", "PRETTY_NAME").replace("\"", ""),
                System.getProperty("os.name") + " " + System.getProperty("os.version"),
                System.getProperty("java.vendor") + " " + Runtime.version(),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }

    private static long totalMemoryBytes() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean os
                ? os.getTotalMemorySize()
                : -1;
    }

    private static String valueIn(String file, String separator, String name) {
        Predicate<String> isIt = line -> line.startsWith(name);
        try (var lines = Files.lines(Path.of(file))) {
            return lines.filter(isIt)
                    .map(line -> line.substring(line.indexOf(separator) + 1).strip())
                    .findFirst()
                    .orElse("unknown");
        } catch (IOException e) {
            return "unknown";
        }
    }
}

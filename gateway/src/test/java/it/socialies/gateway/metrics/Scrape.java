// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What {@code /metrics} answered: every sample, and what each family says of itself. */
public final class Scrape {
    /** One line. */
    public record Sample(String name, Map<String, String> labels, double value) {}

    private static final Pattern SAMPLE = Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(.*)})? (\\S+)");
    private static final Pattern LABEL = Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)=\"((?:[^\"\\\\]|\\\\.)*)\",?");

    private final List<Sample> samples = new ArrayList<>();
    private final Map<String, String> types = new TreeMap<>();
    private final Map<String, String> helps = new TreeMap<>();

    /** Reads the text format; a line that is not of it fails the test. */
    public Scrape(String text) {
        for (String line : text.split("\n")) {
            if (line.startsWith("# TYPE ")) {
                String[] parts = line.split(" ", 4);
                types.put(parts[2], parts[3]);
            } else if (line.startsWith("# HELP ")) {
                String[] parts = line.split(" ", 4);
                helps.put(parts[2], parts.length > 3 ? parts[3] : "");
            } else if (!line.startsWith("#")) {
                samples.add(sample(line));
            }
        }
    }

    private static Sample sample(String line) {
        Matcher matcher = SAMPLE.matcher(line);
        if (!matcher.matches()) {
            throw new AssertionError("no sample: " + line);
        }
        Map<String, String> labels = new TreeMap<>();
        if (matcher.group(2) != null) {
            Matcher label = LABEL.matcher(matcher.group(2));
            while (label.find()) {
                labels.put(label.group(1), label.group(2));
            }
        }
        return new Sample(
                matcher.group(1), labels, Double.parseDouble(matcher.group(3).replace("Inf", "Infinity")));
    }

    public List<Sample> samples() {
        return samples;
    }

    public List<Sample> of(String name) {
        return samples.stream().filter(sample -> sample.name().equals(name)).toList();
    }

    /** The one sample with this name and these labels, given as name and value in turn. */
    public double value(String name, String... labels) {
        List<Sample> found = of(name).stream()
                .filter(sample -> {
                    for (int i = 0; i < labels.length; i += 2) {
                        if (!labels[i + 1].equals(sample.labels().get(labels[i]))) {
                            return false;
                        }
                    }
                    return true;
                })
                .toList();
        if (found.size() != 1) {
            throw new AssertionError(name + " " + List.of(labels) + ": " + found);
        }
        return found.getFirst().value();
    }

    /** Families to their type. */
    public Map<String, String> types() {
        return types;
    }

    /** Families to their help text. */
    public Map<String, String> helps() {
        return helps;
    }
}

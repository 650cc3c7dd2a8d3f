// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.figures;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/** Holds every witness against the first one, figure by figure. */
public final class Reconciliation {
    private record Witness(String name, Figures figures, Predicate<String> sees) {}

    private final List<Witness> witnesses = new ArrayList<>();

    /** The first witness added is the one the others are held against. */
    public Reconciliation witness(String name, Figures figures) {
        return witness(name, figures, figure -> true);
    }

    /** A witness that only sees some of the figures. */
    public Reconciliation witness(String name, Figures figures, Predicate<String> sees) {
        witnesses.add(new Witness(name, figures, sees));
        return this;
    }

    /** One line for each figure on which a witness disagrees; empty when every cent agrees. */
    public List<String> disagreements() {
        Set<String> names = new TreeSet<>();
        witnesses.forEach(witness -> names.addAll(witness.figures.asMap().keySet()));
        List<String> lines = new ArrayList<>();
        Witness first = witnesses.getFirst();
        for (String name : names) {
            for (Witness other : witnesses.subList(1, witnesses.size())) {
                if (other.sees.test(name)
                        && first.sees.test(name)
                        && other.figures.get(name) != first.figures.get(name)) {
                    lines.add(name + ": " + first.name + " " + Cents.format(first.figures.get(name)) + ", " + other.name
                            + " " + Cents.format(other.figures.get(name)));
                }
            }
        }
        return lines;
    }

    /** A sum of figures as each witness sees it; a witness that does not see them is left out. */
    public Map<String, Long> sums(String prefix, String suffix) {
        Map<String, Long> sums = new LinkedHashMap<>();
        for (Witness witness : witnesses) {
            if (witness.sees.test(prefix + "x" + suffix) || witness.sees.test(prefix)) {
                sums.put(witness.name, witness.figures.sum(prefix, suffix));
            }
        }
        return sums;
    }

    public boolean sees(String witness, String figure) {
        return named(witness).sees.test(figure);
    }

    public long figure(String witness, String figure) {
        return named(witness).figures.get(figure);
    }

    private Witness named(String name) {
        return witnesses.stream()
                .filter(witness -> witness.name.equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** Names of the witnesses, in order. */
    public List<String> witnesses() {
        return witnesses.stream().map(Witness::name).toList();
    }
}

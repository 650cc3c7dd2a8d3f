// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.model;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Tells two outcomes apart in lines that a person can read: what was asked, and only what differs in full. */
final class Disagreement {
    private Disagreement() {}

    static String describe(Input input, Outcome expected, Outcome actual) {
        List<String> lines = new ArrayList<>();
        lines.add("the core does not do what the model says");
        lines.add("input    " + input);
        List<String> wanted = linesOf(expected);
        List<String> got = linesOf(actual);
        for (int i = 0; i < Math.max(wanted.size(), got.size()); i++) {
            String want = i < wanted.size() ? wanted.get(i) : "-";
            String have = i < got.size() ? got.get(i) : "-";
            if (want.equals(have)) {
                lines.add("same     " + want);
            } else {
                lines.add("expected " + want);
                lines.add("actual   " + have);
            }
        }
        return String.join("\n", lines);
    }

    private static List<String> linesOf(Outcome outcome) {
        List<String> lines = new ArrayList<>();
        switch (outcome) {
            case Outcome.Nothing nothing -> lines.add("nothing");
            case Outcome.Duplicate duplicate -> lines.add("the record of " + duplicate.sequence());
            case Outcome.Answered answered -> {
                lines.add("answer " + answered.code() + " at " + answered.sequence());
                answered.views().forEach(view -> lines.add(sorted(view)));
            }
            case Outcome.Recorded r -> {
                lines.add("record " + r.sequence() + " " + r.outcome());
                lines.add("stamp " + r.stampMs() + " day " + r.epochDay() + " key " + r.key() + " fingerprint "
                        + r.fingerprintHi() + " " + r.fingerprintLo() + " principal " + r.principalKind() + " "
                        + r.principalId() + " circuit " + r.circuitId() + " template " + r.templateId());
                r.events().forEach(event -> lines.add(sorted(event)));
            }
        }
        return lines;
    }

    private static String sorted(Message message) {
        return message.name() + new TreeMap<>(message.fields());
    }
}

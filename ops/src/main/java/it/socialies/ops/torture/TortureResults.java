// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.torture;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import it.socialies.ops.terminal.TextTable;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What was done and how the installation came back, by kind; and what was wrong. One thread. */
final class TortureResults {
    /**
     * One misery that was done.
     *
     * @param kills processes it killed
     * @param silenceMs longest time between two answers, from its beginning until payments flowed again
     * @param recoveryMs from when its cause was gone until a payment sent after that was answered
     * @param wholeMs from when its cause was gone until every part worked and Postgres followed
     */
    record Entry(MiseryKind kind, int kills, long silenceMs, long recoveryMs, long wholeMs) {}

    private final Map<MiseryKind, List<Entry>> entries = new EnumMap<>(MiseryKind.class);
    private final List<String> faults = new ArrayList<>();

    void add(Entry entry) {
        entries.computeIfAbsent(entry.kind, kind -> new ArrayList<>()).add(entry);
    }

    /** Something is not as promised. */
    void fault(String words) {
        faults.add(words);
    }

    List<String> faults() {
        return List.copyOf(faults);
    }

    int miseries() {
        return entries.values().stream().mapToInt(List::size).sum();
    }

    int kills() {
        return entries.values().stream()
                .flatMap(Collection::stream)
                .mapToInt(Entry::kills)
                .sum();
    }

    void print(PrintStream out) {
        TextTable table = new TextTable(
                "miseria | misery",
                "volte | times",
                "uccisi | kills",
                "silenzio | silence s",
                "ripresa | recovery s",
                "tutto | whole s");
        entries.forEach((kind, of) -> table.row(
                kind.words(),
                Integer.toString(of.size()),
                Integer.toString(of.stream().mapToInt(Entry::kills).sum()),
                silence(of).toString(),
                recovery(of).toString(),
                whole(of).toString()));
        List<Entry> all = entries.values().stream().flatMap(Collection::stream).toList();
        table.row(
                "tutte | all",
                Integer.toString(all.size()),
                Integer.toString(kills()),
                silence(all).toString(),
                recovery(all).toString(),
                whole(all).toString());
        table.print(out);
        out.println("(minimo / mediana / massimo | least / median / greatest)");
    }

    JsonObject toJson() {
        JsonArray miseries = new JsonArray();
        entries.forEach((kind, of) -> miseries.add(new JsonObject()
                .put("kind", kind.id())
                .put("times", of.size())
                .put("kills", of.stream().mapToInt(Entry::kills).sum())
                .put("silence", silence(of).toJson())
                .put("recovery", recovery(of).toJson())
                .put("whole", whole(of).toJson())));
        return new JsonObject()
                .put("miseries", miseries)
                .put("kills", kills())
                .put("faults", new JsonArray(List.copyOf(faults)));
    }

    private static Spread silence(List<Entry> of) {
        return Spread.of(of.stream().map(Entry::silenceMs).toList());
    }

    private static Spread recovery(List<Entry> of) {
        return Spread.of(of.stream().map(Entry::recoveryMs).toList());
    }

    private static Spread whole(List<Entry> of) {
        return Spread.of(of.stream().map(Entry::wholeMs).toList());
    }
}

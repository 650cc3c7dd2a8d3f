// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.terminal;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A table in plain text: the first column to the left, the others to the right. */
public final class TextTable {
    private final List<String> head;
    private final List<List<String>> rows = new ArrayList<>();

    public TextTable(String... head) {
        this.head = List.of(head);
    }

    public TextTable row(String... cells) {
        if (cells.length != head.size()) {
            throw new IllegalArgumentException(head.size() + " cells, not " + cells.length);
        }
        rows.add(Arrays.asList(cells));
        return this;
    }

    public void print(PrintStream out) {
        int[] widths = new int[head.size()];
        for (int column = 0; column < widths.length; column++) {
            int index = column;
            widths[column] =
                    rows.stream().mapToInt(row -> row.get(index).length()).max().orElse(0);
            widths[column] = Math.max(widths[column], head.get(column).length());
        }
        printRow(out, head, widths);
        List<String> rules = Arrays.stream(widths).mapToObj("-"::repeat).toList();
        printRow(out, rules, widths);
        rows.forEach(row -> printRow(out, row, widths));
        out.flush();
    }

    private static void printRow(PrintStream out, List<String> cells, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < widths.length; column++) {
            String cell = cells.get(column);
            String padding = " ".repeat(widths[column] - cell.length());
            line.append(column == 0 ? cell + padding : "  " + padding + cell);
        }
        out.println(line.toString().stripTrailing());
    }
}

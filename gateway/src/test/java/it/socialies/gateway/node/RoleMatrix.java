// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.node;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The table of {@code ops/docs/role-matrix.md}: what each operation answers to each caller. */
final class RoleMatrix {
    private static final Path PAGE = Path.of("..", "ops", "docs", "role-matrix.md");

    private final List<String> callers;
    private final Map<String, Map<String, Integer>> rows;

    private RoleMatrix(List<String> callers, Map<String, Map<String, Integer>> rows) {
        this.callers = callers;
        this.rows = rows;
    }

    static RoleMatrix read() {
        try {
            return parse(Files.readAllLines(PAGE));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static RoleMatrix parse(List<String> page) {
        List<String> callers = new ArrayList<>();
        Map<String, Map<String, Integer>> rows = new LinkedHashMap<>();
        for (String line : page) {
            if (line.startsWith("| operation |")) {
                callers.addAll(cells(line));
                callers.removeFirst();
            } else if (line.startsWith("| `")) {
                List<String> cells = cells(line);
                Map<String, Integer> row = new LinkedHashMap<>();
                for (int i = 0; i < callers.size(); i++) {
                    row.put(callers.get(i), Integer.valueOf(cells.get(i + 1).replace("**", "")));
                }
                if (rows.put(cells.getFirst().replace("`", ""), row) != null) {
                    throw new IllegalStateException("two rows: " + line);
                }
            }
        }
        return new RoleMatrix(callers, rows);
    }

    private static List<String> cells(String line) {
        return new ArrayList<>(
                Arrays.stream(line.substring(1, line.lastIndexOf('|')).split("\\|"))
                        .map(String::strip)
                        .toList());
    }

    List<String> callers() {
        return callers;
    }

    Map<String, Map<String, Integer>> rows() {
        return rows;
    }

    /** A row as the page has it; what gets past the check of the caller is bold. */
    static String line(String operationId, Map<String, Integer> row) {
        StringBuilder line = new StringBuilder("| `").append(operationId).append("` |");
        row.values()
                .forEach(status -> line.append(' ')
                        .append(isRefusal(status) ? status.toString() : "**" + status + "**")
                        .append(" |"));
        return line.toString();
    }

    static boolean isRefusal(int status) {
        return status == 401 || status == 403 || status == 404;
    }
}

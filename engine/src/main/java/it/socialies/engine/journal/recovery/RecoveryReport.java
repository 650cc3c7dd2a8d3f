// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.journal.recovery;

import java.util.ArrayList;
import java.util.List;

/** What recovery found and did, one line each, for the host to log. One thread. */
public final class RecoveryReport {
    private final List<String> lines = new ArrayList<>();

    void add(String line) {
        lines.add(line);
    }

    public List<String> lines() {
        return List.copyOf(lines);
    }

    @Override
    public String toString() {
        return String.join("\n", lines);
    }
}

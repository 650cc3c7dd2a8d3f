// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.audit;

import it.socialies.engine.snapshot.SnapshotSummary;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** What somebody says of a record against what the history gives there. Stateless. */
final class Differences {
    private Differences() {}

    /** One text for each figure that differs, in the order of what it proves; empty when all agree. */
    static List<String> between(SnapshotSummary claimed, SnapshotSummary found) {
        List<String> differences = new ArrayList<>();
        add(differences, "chain", claimed.chain(), found.chain());
        add(differences, "stamp", Long.toString(claimed.timestampMs()), Long.toString(found.timestampMs()));
        add(differences, "coreHash", hex(claimed.coreHash()), hex(found.coreHash()));
        add(differences, "ledgerHash", hex(claimed.ledgerHash()), hex(found.ledgerHash()));
        addTotals(differences, claimed.circuits(), found.circuits());
        return differences;
    }

    private static void addTotals(
            List<String> differences, List<SnapshotSummary.Circuit> claimed, List<SnapshotSummary.Circuit> found) {
        if (claimed.size() != found.size()) {
            add(differences, "circuits", Integer.toString(claimed.size()), Integer.toString(found.size()));
            return;
        }
        for (int i = 0; i < claimed.size(); i++) {
            add(differences, "totals", claimed.get(i).toString(), found.get(i).toString());
        }
    }

    private static void add(List<String> differences, String figure, String claimed, String found) {
        if (!claimed.equals(found)) {
            differences.add(figure + " " + claimed + ", the history gives " + found);
        }
    }

    private static String hex(long hash) {
        return HexFormat.of().toHexDigits(hash);
    }
}

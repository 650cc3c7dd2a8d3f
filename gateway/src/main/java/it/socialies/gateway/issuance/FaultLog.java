// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.issuance;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Gathers the faults of a file: all are counted, the first so many are kept. One thread. */
final class FaultLog {
    private final int keptMax;
    private final List<Fault> kept = new ArrayList<>();
    private final Map<FaultCode, Integer> counts = new EnumMap<>(FaultCode.class);
    private int errors;
    private int warnings;

    FaultLog(int keptMax) {
        this.keptMax = keptMax;
    }

    void add(int row, String column, FaultCode code, String suggestion, Object... details) {
        if (code.severity() == Severity.ERROR) {
            errors++;
        } else {
            warnings++;
        }
        counts.merge(code, 1, Integer::sum);
        if (kept.size() < keptMax) {
            List<String> words = new ArrayList<>(details.length);
            for (Object detail : details) {
                words.add(detail.toString());
            }
            kept.add(new Fault(row, column, code, suggestion, List.copyOf(words)));
        }
    }

    int errors() {
        return errors;
    }

    int warnings() {
        return warnings;
    }

    List<Fault> kept() {
        return List.copyOf(kept);
    }

    Map<FaultCode, Integer> counts() {
        return new EnumMap<>(counts);
    }
}

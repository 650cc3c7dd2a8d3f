// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.settlement;

import io.vertx.core.json.JsonObject;
import java.time.LocalDate;
import java.time.temporal.IsoFields;
import java.util.ArrayList;
import java.util.List;

/** A report that is asked for, as {@code POST /reports} takes it. */
record ReportQuestion(JsonObject body) {
    private static final List<String> FORMATS = List.of("csv", "xlsx", "pdf");

    /** Every kind in every format; those with a period are about the quarter or the year of the day. */
    static List<ReportQuestion> all(String programmeId, LocalDate day, long sequence) {
        String quarter = day.getYear() + "-Q" + day.get(IsoFields.QUARTER_OF_YEAR);
        List<ReportQuestion> all = new ArrayList<>();
        for (String format : FORMATS) {
            for (JsonObject question : List.of(
                    kind("region").put("programme_id", programmeId).put("quarter", quarter),
                    kind("spend").put("quarter", quarter),
                    kind("unspent"),
                    kind("first_spend").put("programme_id", programmeId),
                    kind("publication").put("year", day.getYear()))) {
                all.add(new ReportQuestion(question.put("format", format).put("at_sequence", sequence)));
            }
        }
        return all;
    }

    private static JsonObject kind(String kind) {
        return new JsonObject().put("kind", kind);
    }

    String kind() {
        return body.getString("kind");
    }

    String format() {
        return body.getString("format");
    }

    @Override
    public String toString() {
        return kind() + ' ' + format();
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.reports;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import it.socialies.gateway.api.Ids;
import it.socialies.gateway.api.Json;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A report as the office keeps it.
 *
 * @param state MAKING, MADE or STOPPED
 * @param digest SHA-256 of the file, with {@code facts}, SHA-256 of what it took from the office, once it is made
 * @param first of a repetition: what is repeated
 */
record StoredReport(
        long reportId,
        Scope scope,
        ReportFormat format,
        String state,
        int size,
        @Nullable Buffer digest,
        @Nullable Buffer facts,
        @Nullable StoredReport first,
        long madeBy,
        long madeMs) {
    static final String COLUMNS = columns("r");

    static String columns(String alias) {
        StringBuilder columns = new StringBuilder();
        for (String column : new String[] {
            "report_id",
            "circuit_id",
            "kind",
            "format",
            "language",
            "programme_id",
            "from_day",
            "until_day",
            "at_least",
            "at_sequence",
            "at_ms",
            "state",
            "file_digest",
            "facts_digest",
            "repeats",
            "made_by",
            "made_ms"
        }) {
            columns.append(alias).append('.').append(column).append(", ");
        }
        return columns.append("coalesce(octet_length(")
                .append(alias)
                .append(".file), 0) AS size")
                .toString();
    }

    static StoredReport of(Row row, @Nullable StoredReport first) {
        LocalDate from = row.getLocalDate("from_day");
        LocalDate until = row.getLocalDate("until_day");
        Scope scope = new Scope(
                row.getInteger("circuit_id"),
                ReportKind.valueOf(row.getString("kind")),
                row.getLong("programme_id"),
                from == null || until == null ? null : new Period(from, until),
                row.getInteger("at_least"),
                row.getLong("at_sequence"),
                row.getLong("at_ms"),
                Locale.forLanguageTag(row.getString("language")));
        return new StoredReport(
                row.getLong("report_id"),
                scope,
                ReportFormat.valueOf(row.getString("format")),
                row.getString("state"),
                row.getInteger("size"),
                row.getBuffer("file_digest"),
                row.getBuffer("facts_digest"),
                first,
                row.getLong("made_by"),
                row.getLong("made_ms"));
    }

    boolean isMade() {
        return state.equals("MADE");
    }

    JsonObject json() {
        JsonObject json = new JsonObject()
                .put("id", Ids.REPORT.format(reportId))
                .put("kind", Json.word(scope.kind()))
                .put("format", Json.word(format))
                .put("lang", scope.locale().getLanguage())
                .put("state", state.toLowerCase(Locale.ROOT))
                .put("at_sequence", scope.sequence())
                .put("at", Json.time(scope.atMs()))
                .put("made_by", Ids.OPERATOR.format(madeBy))
                .put("made_at", Json.time(madeMs));
        if (scope.programmeId() != 0) {
            json.put("programme_id", Ids.PROGRAMME.format(scope.programmeId()));
        }
        Period period = scope.period();
        if (period != null) {
            json.put("from", period.from().toString())
                    .put("until", period.until().toString());
        }
        if (scope.kind() == ReportKind.FIRST_SPEND) {
            json.put("at_least", scope.atLeast());
        }
        if (digest != null && facts != null) {
            json.put("size", size)
                    .put("file_sha256", HexFormat.of().formatHex(digest.getBytes()))
                    .put("office_sha256", HexFormat.of().formatHex(facts.getBytes()));
        }
        if (first != null) {
            json.put("repeats", Ids.REPORT.format(first.reportId));
            if (digest != null) {
                json.put("is_identical", digest.equals(first.digest))
                        .put("is_office_identical", Objects.equals(facts, first.facts));
            }
        }
        return json;
    }

    @Override
    public String toString() {
        return "StoredReport[" + reportId + "]";
    }
}

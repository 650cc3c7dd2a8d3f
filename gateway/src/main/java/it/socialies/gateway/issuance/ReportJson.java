// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.issuance;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.OutputStream;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;

/** A validation report for programs and the console: both languages, amounts as the API writes them. Stateless. */
public final class ReportJson {
    private static final JsonFactory JSON = new JsonFactory();

    private ReportJson() {}

    /** Writes the report and closes the stream. */
    public static void write(ValidationReport report, OutputStream output) throws IOException {
        try (JsonGenerator json = JSON.createGenerator(output)) {
            json.writeStartObject();
            json.writeBooleanField("approvable", report.isApprovable());
            json.writeNumberField("applications", report.applications());
            json.writeNumberField("row_count", report.rows());
            json.writeNumberField("admitted", report.admitted());
            json.writeNumberField("reserve", report.reserve());
            json.writeNumberField("excluded", report.excluded());
            json.writeObjectFieldStart("total");
            json.writeNumberField("amount", report.totalCents());
            json.writeStringField("currency", "EUR");
            json.writeEndObject();
            json.writeStringField(
                    "digest", HexFormat.of().formatHex(report.digest().toBytes()));
            file(report, json);
            json.writeNumberField("errors", report.errors());
            json.writeNumberField("warnings", report.warnings());
            json.writeNumberField("faults_not_listed", report.faultsNotListed());
            json.writeObjectFieldStart("counts");
            for (Map.Entry<FaultCode, Integer> count : report.counts().entrySet()) {
                json.writeNumberField(word(count.getKey()), count.getValue());
            }
            json.writeEndObject();
            json.writeArrayFieldStart("faults");
            for (Fault fault : report.faults()) {
                fault(fault, json);
            }
            json.writeEndArray();
            json.writeEndObject();
        }
    }

    private static void file(ValidationReport report, JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("file");
        json.writeStringField("encoding", report.encoding());
        json.writeStringField("separator", String.valueOf(report.separator()));
        json.writeNumberField("header_row", report.headerRow());
        json.writeNumberField("rows_read", report.rowsRead());
        json.writeObjectFieldStart("columns");
        for (Map.Entry<Column, String> column : report.columns().entrySet()) {
            json.writeStringField(word(column.getKey()), column.getValue());
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void fault(Fault fault, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeNumberField("row", fault.row());
        json.writeStringField("column", fault.column());
        json.writeStringField("severity", word(fault.code().severity()));
        json.writeStringField("code", word(fault.code()));
        json.writeStringField("explanation_it", FaultWords.ITALIAN.explanation(fault));
        json.writeStringField("explanation_en", FaultWords.ENGLISH.explanation(fault));
        json.writeStringField("suggestion", fault.suggestion());
        json.writeEndObject();
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}

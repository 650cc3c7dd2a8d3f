// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.snapshot;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import it.socialies.engine.snapshot.SnapshotSummary.Circuit;
import it.socialies.engine.snapshot.SnapshotSummary.Unit;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** A summary as JSON and back. Stateless. */
final class SummaryJson {
    private static final JsonFactory JSON = new JsonFactory();

    private SummaryJson() {}

    static byte[] write(SnapshotSummary summary) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeNumberField("sequence", summary.sequence());
            json.writeNumberField("timestamp_ms", summary.timestampMs());
            json.writeStringField("chain", summary.chain());
            json.writeStringField("core_hash", HexFormat.of().toHexDigits(summary.coreHash()));
            json.writeStringField("ledger_hash", HexFormat.of().toHexDigits(summary.ledgerHash()));
            json.writeArrayFieldStart("circuits");
            for (Circuit circuit : summary.circuits()) {
                write(circuit, json);
            }
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException e) {
            throw new IllegalStateException("writing into memory failed", e);
        }
        return bytes.toByteArray();
    }

    private static void write(Circuit circuit, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeNumberField("circuit", circuit.circuit());
        json.writeNumberField("outstanding", circuit.outstanding());
        json.writeNumberField("reserve", circuit.reserve());
        json.writeArrayFieldStart("units");
        for (Unit unit : circuit.units()) {
            json.writeStartObject();
            json.writeStringField("unit", unit.unit());
            json.writeNumberField("debits_posted", unit.debitsPosted());
            json.writeNumberField("credits_posted", unit.creditsPosted());
            json.writeNumberField("debits_pending", unit.debitsPending());
            json.writeNumberField("credits_pending", unit.creditsPending());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    static SnapshotSummary parse(byte[] text) throws IOException {
        long sequence = -1;
        long timestampMs = -1;
        String chain = "";
        String coreHash = "";
        String ledgerHash = "";
        List<Circuit> circuits = List.of();
        try (JsonParser json = JSON.createParser(text)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("not a summary of a snapshot");
            }
            for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
                json.nextToken();
                switch (name) {
                    case "sequence" -> sequence = json.getLongValue();
                    case "timestamp_ms" -> timestampMs = json.getLongValue();
                    case "chain" -> chain = json.getText();
                    case "core_hash" -> coreHash = json.getText();
                    case "ledger_hash" -> ledgerHash = json.getText();
                    case "circuits" -> circuits = parseList(json, SummaryJson::parseCircuit);
                    default -> json.skipChildren();
                }
            }
            return new SnapshotSummary(
                    sequence,
                    timestampMs,
                    chain,
                    HexFormat.fromHexDigitsToLong(coreHash),
                    HexFormat.fromHexDigitsToLong(ledgerHash),
                    circuits);
        } catch (IllegalArgumentException e) {
            throw new IOException("not a summary of a snapshot: " + e.getMessage(), e);
        }
    }

    private interface Element<T> {
        T parse(JsonParser json) throws IOException;
    }

    private static <T> List<T> parseList(JsonParser json, Element<T> element) throws IOException {
        List<T> list = new ArrayList<>();
        while (json.nextToken() == JsonToken.START_OBJECT) {
            list.add(element.parse(json));
        }
        return list;
    }

    private static Circuit parseCircuit(JsonParser json) throws IOException {
        int circuit = 0;
        long outstanding = 0;
        long reserve = 0;
        List<Unit> units = List.of();
        for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
            json.nextToken();
            switch (name) {
                case "circuit" -> circuit = json.getIntValue();
                case "outstanding" -> outstanding = json.getLongValue();
                case "reserve" -> reserve = json.getLongValue();
                case "units" -> units = parseList(json, SummaryJson::parseUnit);
                default -> json.skipChildren();
            }
        }
        return new Circuit(circuit, outstanding, reserve, units);
    }

    private static Unit parseUnit(JsonParser json) throws IOException {
        String unit = "";
        long debitsPosted = 0;
        long creditsPosted = 0;
        long debitsPending = 0;
        long creditsPending = 0;
        for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
            json.nextToken();
            switch (name) {
                case "unit" -> unit = json.getText();
                case "debits_posted" -> debitsPosted = json.getLongValue();
                case "credits_posted" -> creditsPosted = json.getLongValue();
                case "debits_pending" -> debitsPending = json.getLongValue();
                case "credits_pending" -> creditsPending = json.getLongValue();
                default -> json.skipChildren();
            }
        }
        return new Unit(unit, debitsPosted, creditsPosted, debitsPending, creditsPending);
    }
}

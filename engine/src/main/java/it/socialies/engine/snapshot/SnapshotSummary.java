// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.snapshot;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import it.socialies.engine.journal.Chain;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * What a snapshot says in a few numbers, beside it as {@code <sequence>.totals.json}: which history it stands on, the hashes of the state, and the
 * sums of every unit. Amounts are in minor units.
 *
 * @param sequence last record it holds
 * @param timestampMs stamp of that record, milliseconds since the epoch
 * @param chain the journal's chain hash behind that record: 64 hexadecimal digits. Through the Merkle roots it stands for every record up to there
 * @param coreHash over everything in the core
 * @param ledgerHash over accounts, holds, wallets, cards, programmes and shops
 * @param units by circuit, then by unit
 */
public record SnapshotSummary(
        long sequence, long timestampMs, String chain, long coreHash, long ledgerHash, List<Unit> units) {
    private static final JsonFactory JSON = new JsonFactory();
    private static final int CHAIN_DIGITS = 64;

    /**
     * Sums of one unit of account of one circuit.
     *
     * @param circuit its number
     * @param unit its code, such as {@code EUR}
     * @param debits posted debits of all accounts
     * @param credits posted credits of all accounts; equal to the debits, always
     * @param outstanding what holders, shops and programmes may still claim
     * @param reserve what stands behind it
     */
    public record Unit(int circuit, String unit, long debits, long credits, long outstanding, long reserve) {}

    public SnapshotSummary {
        if (sequence < 1) {
            throw new IllegalArgumentException("a snapshot holds at least one record, not " + sequence);
        }
        if (chain.length() != CHAIN_DIGITS) {
            throw new IllegalArgumentException("a chain hash has " + CHAIN_DIGITS + " digits, not " + chain.length());
        }
        units = List.copyOf(units);
    }

    /** The place in the history that the snapshot stands on. */
    public Chain chainAtSequence() {
        return new Chain(sequence, HexFormat.of().parseHex(chain));
    }

    /** One line of JSON, members in a fixed order, so that equal summaries are equal bytes. */
    public byte[] toJson() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeNumberField("sequence", sequence);
            json.writeNumberField("timestamp_ms", timestampMs);
            json.writeStringField("chain", chain);
            json.writeStringField("core_hash", HexFormat.of().toHexDigits(coreHash));
            json.writeStringField("ledger_hash", HexFormat.of().toHexDigits(ledgerHash));
            json.writeArrayFieldStart("units");
            for (Unit unit : units) {
                json.writeStartObject();
                json.writeNumberField("circuit", unit.circuit);
                json.writeStringField("unit", unit.unit);
                json.writeNumberField("debits", unit.debits);
                json.writeNumberField("credits", unit.credits);
                json.writeNumberField("outstanding", unit.outstanding);
                json.writeNumberField("reserve", unit.reserve);
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException e) {
            throw new IllegalStateException("writing into memory failed", e);
        }
        return bytes.toByteArray();
    }

    /**
     * Reads what {@link #toJson} wrote. Members that a later release may add are passed over.
     *
     * @throws IOException when it is not a whole summary
     */
    public static SnapshotSummary parse(byte[] text) throws IOException {
        long sequence = -1;
        long timestampMs = -1;
        String chain = "";
        String coreHash = "";
        String ledgerHash = "";
        List<Unit> units = new ArrayList<>();
        try (JsonParser json = JSON.createParser(text)) {
            expect(json, JsonToken.START_OBJECT);
            for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
                json.nextToken();
                switch (name) {
                    case "sequence" -> sequence = json.getLongValue();
                    case "timestamp_ms" -> timestampMs = json.getLongValue();
                    case "chain" -> chain = json.getText();
                    case "core_hash" -> coreHash = json.getText();
                    case "ledger_hash" -> ledgerHash = json.getText();
                    case "units" -> {
                        while (json.nextToken() == JsonToken.START_OBJECT) {
                            units.add(parseUnit(json));
                        }
                    }
                    default -> json.skipChildren();
                }
            }
            return new SnapshotSummary(
                    sequence,
                    timestampMs,
                    chain,
                    HexFormat.fromHexDigitsToLong(coreHash),
                    HexFormat.fromHexDigitsToLong(ledgerHash),
                    units);
        } catch (IllegalArgumentException e) {
            throw new IOException("not a summary of a snapshot: " + e.getMessage(), e);
        }
    }

    private static Unit parseUnit(JsonParser json) throws IOException {
        int circuit = 0;
        String unit = "";
        long debits = 0;
        long credits = 0;
        long outstanding = 0;
        long reserve = 0;
        for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
            json.nextToken();
            switch (name) {
                case "circuit" -> circuit = json.getIntValue();
                case "unit" -> unit = json.getText();
                case "debits" -> debits = json.getLongValue();
                case "credits" -> credits = json.getLongValue();
                case "outstanding" -> outstanding = json.getLongValue();
                case "reserve" -> reserve = json.getLongValue();
                default -> json.skipChildren();
            }
        }
        return new Unit(circuit, unit, debits, credits, outstanding, reserve);
    }

    private static void expect(JsonParser json, JsonToken token) throws IOException {
        if (json.nextToken() != token) {
            throw new IOException("not a summary of a snapshot");
        }
    }
}

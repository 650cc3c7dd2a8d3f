// SPDX-License-Identifier: EUPL-1.2
package it.socialies.verifier.checkpoint;

import it.socialies.verifier.bytes.Sha256;
import it.socialies.verifier.history.Chain;
import it.socialies.verifier.money.CircuitTotals;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an installation signed of one record: {@code ops/docs/checkpoints.md}. Immutable. */
public final class Checkpoint {
    private static final int FORMAT = 1;
    private static final int RADIX = 36;
    private static final String CIRCUIT_PREFIX = "cir_";

    private final String issuer;
    private final String time;
    private final Chain chain;
    private final List<CircuitTotals> circuits;
    private final String keyId;
    private final byte[] signed;
    private final byte[] signature;

    private Checkpoint(String compact) throws Malformed {
        String[] parts = compact.split("\\.", -1);
        if (parts.length != 3) {
            throw new Malformed("not a compact JWS: " + parts.length + " parts");
        }
        Json header = Json.parse(decode(parts[0]));
        if (!header.text("alg").equals("ES256") || header.has("crit") || header.has("b64")) {
            throw new Malformed("not signed with ES256");
        }
        keyId = header.text("kid");
        Json claims = Json.parse(decode(parts[1]));
        if (claims.number("format") != FORMAT) {
            throw new Malformed("a checkpoint of format " + claims.number("format"));
        }
        issuer = claims.text("iss");
        time = claims.text("time");
        chain = new Chain(claims.number("sequence"), hash(claims.text("chain")));
        circuits = circuits(claims.get("circuits"));
        signed = compact.substring(0, compact.lastIndexOf('.')).getBytes(StandardCharsets.US_ASCII);
        signature = bytes(parts[2]);
    }

    /** Reads a compact JWS, or the JSON of the API that carries one in its member {@code jws}. */
    public static Checkpoint parse(String text) throws Malformed {
        String stripped = text.strip();
        if (!stripped.startsWith("{")) {
            return new Checkpoint(stripped);
        }
        Json answer = Json.parse(stripped);
        if (!answer.has("jws")) {
            throw new Malformed("JSON without the signed form of the checkpoint, member jws");
        }
        return new Checkpoint(answer.text("jws"));
    }

    private static String decode(String part) throws Malformed {
        return new String(bytes(part), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String part) throws Malformed {
        try {
            return Base64.getUrlDecoder().decode(part);
        } catch (IllegalArgumentException e) {
            throw new Malformed("not base64url", e);
        }
    }

    private static byte[] hash(String digits) throws Malformed {
        try {
            byte[] hash = HexFormat.of().parseHex(digits);
            if (hash.length == Sha256.LENGTH) {
                return hash;
            }
        } catch (IllegalArgumentException e) {
            throw new Malformed("not a hash: " + digits, e);
        }
        throw new Malformed("not a hash: " + digits);
    }

    private static List<CircuitTotals> circuits(Json array) throws Malformed {
        List<CircuitTotals> circuits = new ArrayList<>();
        for (Json circuit : array.elements()) {
            List<CircuitTotals.UnitTotals> units = new ArrayList<>();
            for (Json unit : circuit.get("units").elements()) {
                units.add(new CircuitTotals.UnitTotals(
                        unit.text("currency"),
                        unit.number("debits"),
                        unit.number("credits"),
                        unit.number("debits_pending"),
                        unit.number("credits_pending")));
            }
            circuits.add(new CircuitTotals(
                    number(circuit.text("circuit_id")),
                    circuit.get("reserve").number("amount"),
                    circuit.get("outstanding").number("amount"),
                    units));
        }
        return circuits;
    }

    private static int number(String circuitId) throws Malformed {
        try {
            if (circuitId.startsWith(CIRCUIT_PREFIX)) {
                return Integer.parseInt(circuitId.substring(CIRCUIT_PREFIX.length()), RADIX);
            }
        } catch (NumberFormatException e) {
            throw new Malformed("not a circuit: " + circuitId, e);
        }
        throw new Malformed("not a circuit: " + circuitId);
    }

    /** What the installation calls itself. */
    public String issuer() {
        return issuer;
    }

    /** Stamp of the record, RFC 3339. */
    public String time() {
        return time;
    }

    /** The record it speaks of, and the chain behind it. */
    public Chain chain() {
        return chain;
    }

    /** Totals by circuit, in the order of their numbers. */
    public List<CircuitTotals> circuits() {
        return circuits;
    }

    /** Thumbprint of the key that it says signed it. */
    public String keyId() {
        return keyId;
    }

    /** Why one of these keys did not sign it; null when it did. */
    public @Nullable String refusal(KeySet keys) {
        return keys.refusal(keyId, signed, signature);
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.audit;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import it.socialies.gateway.api.Ids;
import it.socialies.gateway.api.Json;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;

/**
 * What an installation says of itself at one record, to be signed and kept by others: the chain hash stands for every record up to there. It holds sums
 * over whole circuits and nothing of a programme, a shop or a person. The claims are described in {@code ops/docs/checkpoints.md}. Immutable.
 *
 * @param issuer what the installation calls itself; claim {@code iss}
 * @param issuedS when it was signed, wall clock, seconds since the epoch; claim {@code iat}
 * @param sequence the record it speaks of, the last of a batch
 * @param timestampMs stamp of that record, installation time, milliseconds since the epoch; claim {@code time}, RFC 3339
 * @param chain the journal's chain hash behind it, SHA-256: 64 hexadecimal digits
 * @param coreHash over everything in the core; claim {@code core_hash}, 16 hexadecimal digits
 * @param ledgerHash over accounts, holds, wallets, cards, programmes and shops; claim {@code ledger_hash}, 16 hexadecimal digits
 * @param circuits totals by circuit
 */
public record Checkpoint(
        String issuer,
        long issuedS,
        long sequence,
        long timestampMs,
        String chain,
        long coreHash,
        long ledgerHash,
        List<Circuit> circuits) {
    /** Claim {@code format}. Another number means other claims. */
    private static final int FORMAT = 1;

    private static final int CHAIN_DIGITS = 64;

    /**
     * Totals of one circuit.
     *
     * @param circuit its number; outside {@code circuit_id}
     * @param outstanding IES issued and not redeemed, minor units, never more than the reserve
     * @param reserve euro in the reserve, cents
     * @param units those in which anything ever moved
     */
    public record Circuit(int circuit, long outstanding, long reserve, List<Unit> units) {
        public Circuit {
            if (circuit < 0) {
                throw new IllegalArgumentException("no circuit");
            }
            units = List.copyOf(units);
        }

        private boolean isConsistent() {
            return outstanding <= reserve
                    && units.stream()
                            .allMatch(unit -> unit.debits == unit.credits && unit.debitsPending == unit.creditsPending);
        }
    }

    /**
     * Sums over all accounts of one unit of a circuit, in minor units. Debits equal credits, always.
     *
     * @param currency its code
     * @param debits all that was ever moved
     * @param credits the same
     * @param debitsPending held now
     * @param creditsPending the same
     */
    public record Unit(String currency, long debits, long credits, long debitsPending, long creditsPending) {}

    public Checkpoint {
        if (sequence < 1 || chain.length() != CHAIN_DIGITS) {
            throw new IllegalArgumentException("no checkpoint of record " + sequence + " with chain " + chain);
        }
        circuits = List.copyOf(circuits);
    }

    /** True when every sum agrees with its counterpart and no circuit has more IES in circulation than euro in the reserve. */
    boolean isConsistent() {
        return circuits.stream().allMatch(Circuit::isConsistent);
    }

    /** The claims of the JWS, members in a fixed order. */
    public JsonObject claims() {
        return new JsonObject()
                .put("iss", issuer)
                .put("iat", issuedS)
                .put("format", FORMAT)
                .mergeIn(json());
    }

    /** What it says, as the contract shows it. */
    public JsonObject json() {
        JsonArray all = new JsonArray();
        circuits.forEach(circuit -> all.add(json(circuit)));
        return brief().put("core_hash", Json.hash(coreHash))
                .put("ledger_hash", Json.hash(ledgerHash))
                .put("circuits", all);
    }

    /** Which record it speaks of, and the hash that stands for the history up to there. */
    JsonObject brief() {
        return new JsonObject()
                .put("sequence", sequence)
                .put("time", Json.time(timestampMs))
                .put("chain", chain);
    }

    private static JsonObject json(Circuit circuit) {
        JsonArray units = new JsonArray();
        for (Unit unit : circuit.units) {
            units.add(new JsonObject()
                    .put("currency", unit.currency)
                    .put("debits", unit.debits)
                    .put("credits", unit.credits)
                    .put("debits_pending", unit.debitsPending)
                    .put("credits_pending", unit.creditsPending));
        }
        return new JsonObject()
                .put("circuit_id", Ids.CIRCUIT.format(circuit.circuit))
                .put("reserve", Json.euro(circuit.reserve))
                .put("outstanding", Json.ies(circuit.outstanding))
                .put("units", units);
    }

    /**
     * Reads claims. Members that a later release may add are passed over.
     *
     * @throws IllegalArgumentException when they are not those of a checkpoint
     */
    public static Checkpoint of(JsonObject claims) {
        try {
            if (claims.getInteger("format") != FORMAT) {
                throw new IllegalArgumentException("its format is " + claims.getValue("format") + ", not " + FORMAT);
            }
            return new Checkpoint(
                    Objects.requireNonNull(claims.getString("iss")),
                    claims.getLong("iat"),
                    claims.getLong("sequence"),
                    Instant.parse(claims.getString("time")).toEpochMilli(),
                    claims.getString("chain"),
                    HexFormat.fromHexDigitsToLong(claims.getString("core_hash")),
                    HexFormat.fromHexDigitsToLong(claims.getString("ledger_hash")),
                    circuits(claims.getJsonArray("circuits")));
        } catch (NullPointerException | ClassCastException | DateTimeException e) {
            throw new IllegalArgumentException("its claims are not those of a checkpoint", e);
        }
    }

    private static List<Circuit> circuits(JsonArray array) {
        List<Circuit> circuits = new ArrayList<>();
        for (int i = 0; i < array.size(); i++) {
            JsonObject circuit = array.getJsonObject(i);
            circuits.add(new Circuit(
                    (int) Ids.CIRCUIT.read(circuit.getString("circuit_id")),
                    circuit.getJsonObject("outstanding").getLong("amount"),
                    circuit.getJsonObject("reserve").getLong("amount"),
                    units(circuit.getJsonArray("units"))));
        }
        return circuits;
    }

    private static List<Unit> units(JsonArray array) {
        List<Unit> units = new ArrayList<>();
        for (int i = 0; i < array.size(); i++) {
            JsonObject unit = array.getJsonObject(i);
            units.add(new Unit(
                    unit.getString("currency"),
                    unit.getLong("debits"),
                    unit.getLong("credits"),
                    unit.getLong("debits_pending"),
                    unit.getLong("credits_pending")));
        }
        return units;
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.audit;

import com.nimbusds.jose.JWSObject;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import it.socialies.engine.snapshot.SnapshotSummary;
import it.socialies.ops.figures.ExternalIds;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A checkpoint as somebody kept it: the compact JWS (RFC 7515) that the node signed, or the JSON of {@code GET /audit/checkpoints/…}, with the JWS in
 * it or without. Read by code of its own: what is to be verified does not verify itself.
 *
 * @param file where it was kept
 * @param claims what it says
 * @param jws what was signed; null when nothing was
 */
public record Checkpoint(
        Path file, SnapshotSummary claims, @Nullable JWSObject jws) {
    private static final int LENGTH_MAX = 16 << 20;
    /** Another number means other claims. */
    private static final int FORMAT = 1;

    /**
     * Reads a file. Whether its signature is good is not known by then.
     *
     * @throws CheckpointUnusable when it holds no checkpoint, or a JWS that says something else than the JSON around it
     * @throws IOException when it cannot be read
     */
    public static Checkpoint read(Path file) throws IOException {
        if (Files.size(file) > LENGTH_MAX) {
            throw new CheckpointUnusable(file + ": too long for a checkpoint");
        }
        String text = Files.readString(file, StandardCharsets.UTF_8).strip();
        try {
            if (!text.startsWith("{")) {
                return ofJws(file, text);
            }
            JsonObject json = new JsonObject(text);
            SnapshotSummary claims = claims(json);
            String compact = json.getString("jws");
            if (compact == null) {
                return new Checkpoint(file, claims, null);
            }
            Checkpoint signed = ofJws(file, compact);
            if (!signed.claims.equals(claims)) {
                throw new CheckpointUnusable(file + ": the JWS in it says something else than the JSON around it");
            }
            return signed;
        } catch (ParseException
                | DecodeException
                | DateTimeException
                | NullPointerException
                | ClassCastException
                | IllegalArgumentException e) {
            // Whatever is missing or of another kind: it is not a checkpoint.
            throw new CheckpointUnusable(
                    file
                            + ": non è un checkpoint firmato (JWS) né il suo JSON | neither a signed checkpoint (JWS) nor its JSON",
                    e);
        }
    }

    private static Checkpoint ofJws(Path file, String compact) throws ParseException {
        JWSObject jws = JWSObject.parse(compact);
        JsonObject claims = new JsonObject(jws.getPayload().toString());
        if (claims.getInteger("format") != FORMAT) {
            throw new IllegalArgumentException("its format is " + claims.getValue("format") + ", not " + FORMAT);
        }
        return new Checkpoint(file, claims(claims), jws);
    }

    private static SnapshotSummary claims(JsonObject json) {
        List<SnapshotSummary.Circuit> circuits = new ArrayList<>();
        JsonArray array = json.getJsonArray("circuits");
        for (int i = 0; i < array.size(); i++) {
            circuits.add(circuit(array.getJsonObject(i)));
        }
        return new SnapshotSummary(
                json.getLong("sequence"),
                Instant.parse(json.getString("time")).toEpochMilli(),
                json.getString("chain"),
                HexFormat.fromHexDigitsToLong(json.getString("core_hash")),
                HexFormat.fromHexDigitsToLong(json.getString("ledger_hash")),
                circuits);
    }

    private static SnapshotSummary.Circuit circuit(JsonObject json) {
        List<SnapshotSummary.Unit> units = new ArrayList<>();
        JsonArray array = json.getJsonArray("units");
        for (int i = 0; i < array.size(); i++) {
            JsonObject unit = array.getJsonObject(i);
            units.add(new SnapshotSummary.Unit(
                    unit.getString("currency"),
                    unit.getLong("debits"),
                    unit.getLong("credits"),
                    unit.getLong("debits_pending"),
                    unit.getLong("credits_pending")));
        }
        return new SnapshotSummary.Circuit(
                Math.toIntExact(ExternalIds.number(json.getString("circuit_id"))),
                json.getJsonObject("outstanding").getLong("amount"),
                json.getJsonObject("reserve").getLong("amount"),
                units);
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.reports;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import it.socialies.gateway.acts.Acts;
import it.socialies.gateway.office.OfficeDatabase;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;

/**
 * What a report takes from the office database: names, notes, acts. It is no part of the journal, so everything that was taken is digested: if the office knows something else when the report is made again, the digest says so.
 * Threading: one report, one event loop.
 */
final class OfficeFacts {
    private static final String DESCRIPTIONS =
            "SELECT id, data FROM description WHERE kind = $1 AND circuit_id = $2 AND id = ANY ($3) ORDER BY id";
    private static final String ACTS =
            "SELECT act_id, kind, number, act_date FROM act WHERE circuit_id = $1 AND act_id = ANY ($2) ORDER BY act_id";

    private final OfficeDatabase office;
    private final int circuitId;
    private final MessageDigest digest = sha256();

    OfficeFacts(OfficeDatabase office, int circuitId) {
        this.office = office;
        this.circuitId = circuitId;
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Rows in an order that the query fixes. */
    Future<RowSet<Row>> rows(String sql, Tuple parameters) {
        return office.withConnection(connection -> connection.preparedQuery(sql).execute(parameters));
    }

    /** Counts a fact among those taken. */
    void taken(Object... words) {
        for (Object word : words) {
            byte[] bytes = word.toString().getBytes(StandardCharsets.UTF_8);
            digest.update((byte) (bytes.length >>> Byte.SIZE));
            digest.update((byte) bytes.length);
            digest.update(bytes);
        }
    }

    /** What is known of things of the circuit, by their numbers. */
    Future<Map<Long, JsonObject>> descriptions(String kind, Collection<Long> ids) {
        Long[] sorted = new TreeSet<>(ids).toArray(Long[]::new);
        return rows(DESCRIPTIONS, Tuple.of(kind, circuitId, (Object) sorted)).map(rows -> {
            Map<Long, JsonObject> found = new HashMap<>();
            for (Row row : rows) {
                JsonObject data = row.getJsonObject("data");
                found.put(row.getLong("id"), data);
                taken(kind, row.getLong("id"), data.getString("name", ""), data.getString("vat_number", ""));
            }
            return found;
        });
    }

    /** How references of the journal are cited: acts that the office keeps by kind, number and date, other numbers as they are. */
    Future<Map<Long, String>> citations(Collection<Long> references) {
        Map<Long, String> cited = new HashMap<>();
        references.forEach(reference -> cited.put(reference, reference == 0 ? "" : Long.toString(reference)));
        Long[] sorted = new TreeSet<>(references).toArray(Long[]::new);
        return rows(ACTS, Tuple.of(circuitId, (Object) sorted)).map(rows -> {
            for (Row row : rows) {
                String citation = Acts.citation(new JsonObject()
                        .put("kind", row.getString("kind"))
                        .put("number", row.getString("number"))
                        .put("date", row.getLocalDate("act_date").toString()));
                cited.put(row.getLong("act_id"), citation);
                taken("ACT", row.getLong("act_id"), citation);
            }
            return cited;
        });
    }

    /** SHA-256 of everything taken so far. */
    byte[] digest() {
        try {
            return ((MessageDigest) digest.clone()).digest();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException(e);
        }
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.samples;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import it.socialies.gateway.api.Ids;
import it.socialies.gateway.api.Json;
import it.socialies.gateway.api.ProblemException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a sample is drawn from and by, and how it is kept. Immutable. */
record Sample(String seed, int size, @Nullable Long programmeId, long fromMs, long toMs, long sequence) {
    private static final String METHOD = "sha256_order";

    /** The order of the digests is that of nobody's choice, and anybody can compute it again. */
    private static final String DRAW = """
            WITH paid AS (SELECT e.payment_id, sum(e.amount)::bigint AS amount
                          FROM ledger_entry e JOIN account f ON f.account_id = e.debit_account_id
                          WHERE e.circuit_id = $2 AND e.kind IN (133, 134) AND e.amount > 0 AND e.sequence <= $3
                            AND e.timestamp_ms >= $4 AND e.timestamp_ms < $5 AND ($6::bigint IS NULL OR f.programme_id = $6)
                          GROUP BY e.payment_id)
            SELECT payment_id, amount, count(*) OVER () AS population, (sum(amount) OVER ())::bigint AS worth
            FROM paid ORDER BY sha256(convert_to($1::text || ':' || payment_id::text, 'UTF8')), payment_id LIMIT $7""";

    private static final String COLUMNS =
            "sample_id, seed, size, programme_id, from_ms, to_ms, sequence, population, worth, drawn_by, drawn_ms";

    private static final String PROGRAMME = "SELECT FROM programme WHERE programme_id = $1 AND circuit_id = $2";

    /** A payment of a sample. */
    record Drawn(long paymentId, long amount, long population, long worth) {}

    /** The payments, in their order; fails with not_found when the circuit has no such programme. */
    Future<List<Drawn>> draw(SqlClient projection, int circuitId) {
        return programmeId == null
                ? drawn(projection, circuitId)
                : projection
                        .preparedQuery(PROGRAMME)
                        .execute(Tuple.of(programmeId, circuitId))
                        .compose(rows -> rows.size() == 0
                                ? Future.failedFuture(new ProblemException("not_found"))
                                : drawn(projection, circuitId));
    }

    private Future<List<Drawn>> drawn(SqlClient projection, int circuitId) {
        return projection
                .preparedQuery(DRAW)
                .execute(Tuple.tuple()
                        .addString(seed)
                        .addInteger(circuitId)
                        .addLong(sequence)
                        .addLong(fromMs)
                        .addLong(toMs)
                        .addLong(programmeId)
                        .addInteger(size))
                .map(rows -> {
                    List<Drawn> drawn = new ArrayList<>();
                    for (Row row : rows) {
                        drawn.add(new Drawn(
                                row.getLong("payment_id"),
                                row.getLong("amount"),
                                row.getLong("population"),
                                row.getLong("worth")));
                    }
                    return drawn;
                });
    }

    /** Keeps it; the sample as the contract shows it. */
    Future<JsonObject> keep(SqlConnection office, int circuitId, List<Drawn> drawn, long operatorId, long nowMs) {
        return office.preparedQuery(
                        "INSERT INTO audit_sample (circuit_id, seed, size, programme_id, from_ms, to_ms, sequence, population, worth,"
                                + " drawn_by, drawn_ms) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) RETURNING sample_id")
                .execute(Tuple.tuple()
                        .addInteger(circuitId)
                        .addString(seed)
                        .addInteger(size)
                        .addLong(programmeId)
                        .addLong(fromMs)
                        .addLong(toMs)
                        .addLong(sequence)
                        .addLong(drawn.isEmpty() ? 0 : drawn.getFirst().population())
                        .addLong(drawn.isEmpty() ? 0 : drawn.getFirst().worth())
                        .addLong(operatorId)
                        .addLong(nowMs))
                .compose(rows -> {
                    long sampleId = rows.iterator().next().getLong(0);
                    return office.preparedQuery(
                                    "INSERT INTO audit_sample_case (sample_id, number, payment_id, amount) SELECT $1, c.number, c.payment_id, c.amount"
                                            + " FROM unnest($2::bigint[], $3::bigint[]) WITH ORDINALITY AS c(payment_id, amount, number)")
                            .execute(Tuple.tuple()
                                    .addLong(sampleId)
                                    .addArrayOfLong(
                                            drawn.stream().map(Drawn::paymentId).toArray(Long[]::new))
                                    .addArrayOfLong(
                                            drawn.stream().map(Drawn::amount).toArray(Long[]::new)))
                            .compose(kept -> find(office, circuitId, sampleId));
                });
    }

    /** Fails with not_found when the circuit has no such sample. */
    static Future<JsonObject> find(SqlConnection office, int circuitId, long sampleId) {
        return office.preparedQuery("SELECT " + COLUMNS + " FROM audit_sample WHERE sample_id = $1 AND circuit_id = $2")
                .execute(Tuple.of(sampleId, circuitId))
                .compose(rows -> {
                    if (rows.size() == 0) {
                        return Future.failedFuture(new ProblemException("not_found"));
                    }
                    JsonObject json = json(rows.iterator().next());
                    return office.preparedQuery(
                                    "SELECT number, payment_id, amount FROM audit_sample_case WHERE sample_id = $1 ORDER BY number")
                            .execute(Tuple.of(sampleId))
                            .map(cases -> {
                                JsonArray items = new JsonArray();
                                for (Row row : cases) {
                                    items.add(new JsonObject()
                                            .put("number", row.getInteger("number"))
                                            .put("payment_id", Ids.PAYMENT.format(row.getLong("payment_id")))
                                            .put("amount", row.getLong("amount")));
                                }
                                return json.put("items", items);
                            });
                });
    }

    private static JsonObject json(Row row) {
        JsonObject json = new JsonObject()
                .put("id", Ids.AUDIT_SAMPLE.format(row.getLong("sample_id")))
                .put("method", METHOD)
                .put("seed", row.getString("seed"))
                .put("size", row.getInteger("size"))
                .put("from", Json.time(row.getLong("from_ms")))
                .put("to", Json.time(row.getLong("to_ms")))
                .put("sequence", row.getLong("sequence"))
                .put("population", row.getLong("population"))
                .put("population_amount", row.getLong("worth"))
                .put("drawn_by", Ids.OPERATOR.format(row.getLong("drawn_by")))
                .put("drawn_at", Json.time(row.getLong("drawn_ms")));
        Long programme = row.getLong("programme_id");
        return programme == null ? json : json.put("programme_id", Ids.PROGRAMME.format(programme));
    }
}

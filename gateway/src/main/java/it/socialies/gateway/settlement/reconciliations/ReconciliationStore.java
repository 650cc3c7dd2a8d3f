// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.settlement.reconciliations;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import it.socialies.gateway.api.Json;
import it.socialies.gateway.api.ProblemException;
import it.socialies.gateway.http.Idempotency;
import it.socialies.gateway.office.OfficeDatabase;
import it.socialies.gateway.security.Digest256;
import it.socialies.gateway.settlement.orders.Mandate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reconciliations in the office database. May be called from any thread. */
final class ReconciliationStore {
    private final OfficeDatabase office;

    ReconciliationStore(OfficeDatabase office) {
        this.office = office;
    }

    /** Keeps a file that was read: its entries that are about a payment of ours, or look like it. */
    Future<Reconciliation> keep(
            SqlConnection connection,
            int circuitId,
            FileFormat format,
            Digest256 digest,
            List<Entry> entries,
            Idempotency key,
            long operatorId,
            long nowMs) {
        return ours(connection, circuitId, entries)
                .compose(ours -> connection
                        .preparedQuery("INSERT INTO reconciliation (circuit_id, format, digest, entries, key, told_by,"
                                + " told_ms, state) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING "
                                + Reconciliation.COLUMNS)
                        .execute(Tuple.of(circuitId, format.name(), Buffer.buffer(digest.toBytes()), entries.size())
                                .addUUID(key.uuid())
                                .addLong(operatorId)
                                .addLong(nowMs)
                                .addString(ours.isEmpty() ? "DONE" : "NOTING"))
                        .map(rows -> Reconciliation.of(rows.iterator().next()))
                        .compose(kept -> insert(connection, kept.reconciliationId(), ours)
                                .map(kept)));
    }

    private static Future<Void> insert(SqlConnection connection, long reconciliationId, List<Entry> entries) {
        return entries.isEmpty()
                ? Future.succeededFuture()
                : connection
                        .preparedQuery("INSERT INTO reconciliation_line (reconciliation_id, line, reference,"
                                + " mandate_year, mandate_number, mandate_beneficiary, is_paid, amount, day, reason)"
                                + " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)")
                        .executeBatch(entries.stream()
                                .map(entry -> row(reconciliationId, entry))
                                .toList())
                        .mapEmpty();
    }

    private static Tuple row(long reconciliationId, Entry entry) {
        Mandate mandate = entry.mandate();
        return Tuple.of(reconciliationId, entry.line(), entry.reference())
                .addInteger(mandate == null ? null : mandate.year())
                .addLong(mandate == null ? null : mandate.number())
                .addInteger(mandate == null ? null : mandate.beneficiary())
                .addBoolean(entry.isPaid())
                .addLong(entry.cents())
                .addLocalDate(entry.day())
                .addString(entry.reason());
    }

    /** The account pays wages and suppliers too: of what has neither a reference of ours nor a mandate that we know, nothing is kept. */
    private static Future<List<Entry>> ours(SqlConnection connection, int circuitId, List<Entry> entries) {
        List<Mandate> mandates = entries.stream()
                .filter(entry -> entry.reference() == null)
                .map(Entry::mandate)
                .filter(Objects::nonNull)
                .toList();
        if (mandates.isEmpty()) {
            return Future.succeededFuture(
                    entries.stream().filter(ReconciliationStore::isReferenced).toList());
        }
        return connection
                .preparedQuery(
                        "SELECT DISTINCT i.mandate_year, i.mandate_number FROM payment_order_item i"
                                + " JOIN payment_order o USING (order_id) WHERE o.circuit_id = $1 AND i.mandate_number = ANY ($2)")
                .execute(Tuple.of(circuitId)
                        .addArrayOfLong(mandates.stream()
                                .map(Mandate::number)
                                .distinct()
                                .toArray(Long[]::new)))
                .map(rows -> {
                    Set<Mandate> known = new HashSet<>();
                    rows.forEach(row -> known.add(new Mandate(row.getInteger(0), row.getLong(1), 0)));
                    return entries.stream()
                            .filter(entry -> isReferenced(entry) || isKnown(known, entry.mandate()))
                            .toList();
                });
    }

    private static boolean isReferenced(Entry entry) {
        return entry.reference() != null && entry.reference().startsWith("IES-");
    }

    private static boolean isKnown(Set<Mandate> known, @Nullable Mandate mandate) {
        return mandate != null && known.contains(new Mandate(mandate.year(), mandate.number(), 0));
    }

    Future<Reconciliation> find(int circuitId, long reconciliationId) {
        return office.withConnection(connection -> connection
                        .preparedQuery("SELECT " + Reconciliation.COLUMNS
                                + " FROM reconciliation WHERE reconciliation_id = $1 AND circuit_id = $2")
                        .execute(Tuple.of(reconciliationId, circuitId)))
                .compose(rows -> rows.size() == 0
                        ? Future.failedFuture(new ProblemException("not_found"))
                        : Future.succeededFuture(
                                Reconciliation.of(rows.iterator().next())));
    }

    /** Newest first, below a number. */
    Future<List<Reconciliation>> below(int circuitId, long number, int limit) {
        return select("circuit_id = $1 AND reconciliation_id < $2", Tuple.of(circuitId, number, limit));
    }

    /** The same file, told before. */
    Future<List<Reconciliation>> same(Reconciliation one) {
        return select(
                "circuit_id = $1 AND reconciliation_id < $2 AND digest = $4",
                Tuple.of(one.circuitId(), one.reconciliationId(), 1)
                        .addBuffer(Buffer.buffer(one.digest().toBytes())));
    }

    private Future<List<Reconciliation>> select(String condition, Tuple values) {
        return office.withConnection(connection -> connection
                        .preparedQuery("SELECT " + Reconciliation.COLUMNS + " FROM reconciliation WHERE " + condition
                                + " ORDER BY reconciliation_id DESC LIMIT $3")
                        .execute(values))
                .map(rows -> {
                    List<Reconciliation> found = new ArrayList<>();
                    rows.forEach(row -> found.add(Reconciliation.of(row)));
                    return found;
                });
    }

    /** How many entries came to what, and their sums. */
    Future<JsonArray> results(long reconciliationId) {
        return office.withConnection(connection -> connection
                        .preparedQuery("SELECT coalesce(result, 'waiting') AS result, count(*)::integer AS entries,"
                                + " sum(amount)::bigint AS amount FROM reconciliation_line WHERE reconciliation_id = $1"
                                + " GROUP BY 1 ORDER BY 1")
                        .execute(Tuple.of(reconciliationId)))
                .map(rows -> {
                    JsonArray results = new JsonArray();
                    rows.forEach(row -> results.add(new JsonObject()
                            .put("result", row.getString("result"))
                            .put("entries", row.getInteger("entries"))
                            .put("amount", Json.euro(row.getLong("amount")))));
                    return results;
                });
    }

    /** Entries from a line on, of one result or of all. */
    Future<List<JsonObject>> lines(long reconciliationId, int from, @Nullable String result, int limit) {
        return office.withConnection(connection -> connection
                        .preparedQuery("SELECT " + Entry.COLUMNS + " FROM reconciliation_line"
                                + " WHERE reconciliation_id = $1 AND line >= $2 AND ($3::text IS NULL OR result = $3)"
                                + " ORDER BY line LIMIT $4")
                        .execute(Tuple.of(reconciliationId, from, result, limit)))
                .map(rows -> {
                    List<JsonObject> lines = new ArrayList<>();
                    rows.forEach(row -> lines.add(Entry.of(row).json(row.getString("result"))));
                    return lines;
                });
    }

    /** The oldest that is not done. */
    Future<Optional<Reconciliation>> due() {
        return office.withConnection(connection -> connection
                        .preparedQuery("SELECT " + Reconciliation.COLUMNS
                                + " FROM reconciliation WHERE state = 'NOTING' ORDER BY reconciliation_id LIMIT 1")
                        .execute())
                .map(rows -> rows.size() == 0
                        ? Optional.empty()
                        : Optional.of(Reconciliation.of(rows.iterator().next())));
    }

    /** The next of which nothing is known, in the order of the file. */
    Future<List<Entry>> waiting(long reconciliationId, int limit) {
        return office.withConnection(connection -> connection
                        .preparedQuery("SELECT " + Entry.COLUMNS + " FROM reconciliation_line"
                                + " WHERE reconciliation_id = $1 AND result IS NULL ORDER BY line LIMIT $2")
                        .execute(Tuple.of(reconciliationId, limit)))
                .map(rows -> {
                    List<Entry> entries = new ArrayList<>();
                    rows.forEach(row -> entries.add(Entry.of(row)));
                    return entries;
                });
    }

    /** Keeps what was done with entries, by line. */
    Future<Void> done(long reconciliationId, Map<Integer, String> results) {
        return office.withConnection(connection -> connection
                .preparedQuery("UPDATE reconciliation_line SET result = $3 WHERE reconciliation_id = $1 AND line = $2")
                .executeBatch(results.entrySet().stream()
                        .map(each -> Tuple.of(reconciliationId, each.getKey(), each.getValue()))
                        .toList())
                .mapEmpty());
    }

    Future<Void> done(long reconciliationId) {
        return office.withConnection(connection -> connection
                .preparedQuery("UPDATE reconciliation SET state = 'DONE' WHERE reconciliation_id = $1")
                .execute(Tuple.of(reconciliationId))
                .mapEmpty());
    }
}

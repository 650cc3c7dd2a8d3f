// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.tills;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import it.socialies.gateway.office.OfficeDatabase;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The office's tables of fiscal documents and closed days. May be called from any thread. */
public final class DayStore {
    private final OfficeDatabase office;

    public DayStore(OfficeDatabase office) {
        this.office = office;
    }

    /** A day that an outlet has closed. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Close(long outletId, LocalDate day, long sequence, String content, byte[] digest) {}

    /** Until the end of the transaction nobody else closes a day of this outlet or tells a document. */
    static Future<Void> lock(SqlConnection connection, long outletId) {
        return connection
                .preparedQuery("SELECT pg_advisory_xact_lock($1)")
                .execute(Tuple.of(outletId))
                .mapEmpty();
    }

    /** What outlets have closed of some days. */
    Future<List<Close>> closes(Collection<Long> outletIds, LocalDate... days) {
        return office.withConnection(connection -> closes(connection, outletIds, days));
    }

    static Future<List<Close>> closes(SqlConnection connection, Collection<Long> outletIds, LocalDate... days) {
        return connection
                .preparedQuery("SELECT outlet_id, day, sequence, content, digest FROM day_close"
                        + " WHERE outlet_id = ANY ($1) AND day = ANY ($2)")
                .execute(Tuple.tuple()
                        .addArrayOfLong(outletIds.toArray(Long[]::new))
                        .addArrayOfLocalDate(days))
                .map(rows -> {
                    List<Close> closes = new ArrayList<>();
                    rows.forEach(row -> closes.add(new Close(
                            row.getLong("outlet_id"),
                            row.getLocalDate("day"),
                            row.getLong("sequence"),
                            row.getString("content"),
                            row.getBuffer("digest").getBytes())));
                    return closes;
                });
    }

    static Future<Void> close(SqlConnection connection, int circuitId, Close close, long terminalId, long nowMs) {
        return connection
                .preparedQuery("INSERT INTO day_close (outlet_id, day, circuit_id, sequence, content, digest,"
                        + " closed_by, closed_ms) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)")
                .execute(Tuple.of(close.outletId(), close.day(), circuitId, close.sequence(), close.content())
                        .addBuffer(Buffer.buffer(close.digest()))
                        .addLong(terminalId)
                        .addLong(nowMs))
                .mapEmpty();
    }

    /** Keeps the document of a payment, in the place of one that was told before. */
    static Future<Void> tell(
            SqlConnection connection,
            int circuitId,
            long outletId,
            long paymentId,
            FiscalDocument document,
            long terminalId,
            long nowMs) {
        return connection
                .preparedQuery("INSERT INTO fiscal_document (payment_id, circuit_id, outlet_id, number, issued_on,"
                        + " told_by, told_ms) VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (payment_id) DO UPDATE"
                        + " SET number = excluded.number, issued_on = excluded.issued_on, told_by = excluded.told_by,"
                        + " told_ms = excluded.told_ms")
                .execute(Tuple.of(paymentId, circuitId, outletId, document.number(), document.date())
                        .addLong(terminalId)
                        .addLong(nowMs))
                .mapEmpty();
    }

    /** The documents of some payments. */
    public Future<Map<Long, FiscalDocument>> documents(Collection<Long> paymentIds) {
        return paymentIds.isEmpty()
                ? Future.succeededFuture(Map.of())
                : office.withConnection(connection -> documents(connection, paymentIds));
    }

    static Future<Map<Long, FiscalDocument>> documents(SqlConnection connection, Collection<Long> paymentIds) {
        return connection
                .preparedQuery("SELECT payment_id, number, issued_on FROM fiscal_document WHERE payment_id = ANY ($1)")
                .execute(Tuple.tuple().addArrayOfLong(paymentIds.toArray(Long[]::new)))
                .map(rows -> {
                    Map<Long, FiscalDocument> documents = new HashMap<>();
                    rows.forEach(row -> documents.put(row.getLong("payment_id"), document(row)));
                    return documents;
                });
    }

    /** Those of these payments that have a document. */
    static Future<Set<Long>> documented(SqlConnection connection, Collection<Long> paymentIds) {
        return documents(connection, paymentIds).map(documents -> new HashSet<>(documents.keySet()));
    }

    private static FiscalDocument document(Row row) {
        return new FiscalDocument(row.getString("number"), row.getLocalDate("issued_on"));
    }

    /** The one of an outlet and a day; null when that is open. */
    static @Nullable Close find(List<Close> closes, long outletId, LocalDate day) {
        for (Close close : closes) {
            if (close.outletId() == outletId && close.day().equals(day)) {
                return close;
            }
        }
        return null;
    }
}

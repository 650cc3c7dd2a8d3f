// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.settlement.notes;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import it.socialies.gateway.api.Ids;
import it.socialies.gateway.api.ProblemException;
import it.socialies.gateway.office.OfficeDatabase;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** Confirmed notes in the office database. May be called from any thread. */
final class NoteStore {
    private static final String NUMBER_USED = "debit_note_number";

    private final OfficeDatabase office;

    NoteStore(OfficeDatabase office) {
        this.office = office;
    }

    /** A note of one settlement and shop. */
    record Key(long settlementId, long merchantId) {
        /** Of a draft. */
        static Key of(JsonObject draft) {
            return new Key(
                    Ids.SETTLEMENT.parse(draft.getString("settlement_id")),
                    Ids.MERCHANT.parse(draft.getString("merchant_id")));
        }
    }

    /** What was confirmed of these notes. */
    Future<Map<Key, Confirmation>> confirmed(Collection<Key> notes) {
        Long[] settlements = notes.stream().map(Key::settlementId).distinct().toArray(Long[]::new);
        Long[] merchants = notes.stream().map(Key::merchantId).distinct().toArray(Long[]::new);
        return office.withConnection(connection -> connection
                        .preparedQuery(
                                "SELECT settlement_id, merchant_id, number, note_date, total, confirmed_by,"
                                        + " confirmed_ms FROM debit_note WHERE settlement_id = ANY ($1) AND merchant_id = ANY ($2)")
                        .execute(Tuple.tuple().addArrayOfLong(settlements).addArrayOfLong(merchants)))
                .map(rows -> {
                    Map<Key, Confirmation> found = new HashMap<>();
                    for (Row row : rows) {
                        found.put(
                                new Key(row.getLong("settlement_id"), row.getLong("merchant_id")),
                                new Confirmation(
                                        row.getString("number"),
                                        row.getLocalDate("note_date"),
                                        row.getLong("total"),
                                        row.getString("confirmed_by"),
                                        row.getLong("confirmed_ms")));
                    }
                    return found;
                });
    }

    /** Keeps what the shop said. Fails with {@code debit_note_confirmed} or {@code debit_note_number_used}. */
    Future<Void> confirm(SqlConnection connection, int circuitId, Key note, Confirmation said) {
        return connection
                .preparedQuery(
                        "INSERT INTO debit_note (settlement_id, merchant_id, circuit_id, number, note_date, total,"
                                + " confirmed_by, confirmed_ms) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)")
                .execute(Tuple.of(note.settlementId(), note.merchantId(), circuitId, said.number())
                        .addLocalDate(said.date())
                        .addLong(said.total())
                        .addString(said.by())
                        .addLong(said.atMs()))
                .recover(failure -> Future.failedFuture(
                        failure instanceof PgException pg && pg.getSqlState().equals("23505")
                                ? new ProblemException(
                                        NUMBER_USED.equals(pg.getConstraint())
                                                ? "debit_note_number_used"
                                                : "debit_note_confirmed")
                                : failure))
                .mapEmpty();
    }
}

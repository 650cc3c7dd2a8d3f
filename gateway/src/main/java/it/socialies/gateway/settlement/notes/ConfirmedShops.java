// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.settlement.notes;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import it.socialies.gateway.office.OfficeDatabase;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What shops have confirmed. May be called from any thread. */
public final class ConfirmedShops {
    private final OfficeDatabase office;

    public ConfirmedShops(OfficeDatabase office) {
        this.office = office;
    }

    /** Of these shops, those that confirmed their note of a settlement. */
    public Future<Set<Long>> of(SqlConnection connection, long settlementId, Collection<Long> shops) {
        return connection
                .preparedQuery("SELECT merchant_id FROM debit_note WHERE settlement_id = $1 AND merchant_id = ANY ($2)")
                .execute(Tuple.of(settlementId).addArrayOfLong(shops.toArray(Long[]::new)))
                .map(rows -> {
                    Set<Long> confirmed = new HashSet<>();
                    rows.forEach(row -> confirmed.add(row.getLong(0)));
                    return confirmed;
                });
    }

    /** How the notes of a settlement are cited, by shop: {@code Nota di debito 12/2026 del 2026-11-05}. */
    public Future<Map<Long, String>> citations(long settlementId) {
        return office.withConnection(connection -> connection
                        .preparedQuery("SELECT merchant_id, number, note_date FROM debit_note WHERE settlement_id = $1")
                        .execute(Tuple.of(settlementId)))
                .map(rows -> {
                    Map<Long, String> cited = new HashMap<>();
                    rows.forEach(row -> cited.put(
                            row.getLong("merchant_id"),
                            "Nota di debito " + row.getString("number") + " del " + row.getLocalDate("note_date")));
                    return cited;
                });
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.settlement.notes;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/** Which shops have confirmed their notes. Stateless. */
public final class ConfirmedShops {
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
}

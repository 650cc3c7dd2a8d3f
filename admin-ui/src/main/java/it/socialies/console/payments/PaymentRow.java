// SPDX-License-Identifier: EUPL-1.2
package it.socialies.console.payments;

import it.socialies.console.ledger.Coded;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * A payment in a list. Amounts are minor units.
 *
 * @param outcome why it was rejected; a result code, 0 = it was not
 * @param billTotal of the whole bill
 * @param eligible what of it vouchers may pay
 * @param drawn what the card gave; when a list shows one programme only, what that programme gave
 * @param captured of that, what the shop is owed or was before refunds
 * @param refunded of that, what went back
 * @param cardId 0 when no card was recognised
 */
public record PaymentRow(
        long id,
        long sequence,
        PaymentState state,
        int outcome,
        long billTotal,
        long eligible,
        long drawn,
        long captured,
        long refunded,
        long createdMs,
        long cardId,
        long shopId,
        long terminalId) {
    static PaymentRow of(ResultSet row) throws SQLException {
        return new PaymentRow(
                row.getLong("payment_id"),
                row.getLong("sequence"),
                Coded.of(PaymentState.class, row.getInt("state")),
                row.getInt("outcome"),
                row.getLong("bill_total"),
                row.getLong("eligible_amount"),
                row.getLong("drawn"),
                row.getLong("captured"),
                row.getLong("refunded"),
                row.getLong("created_ms"),
                row.getLong("card_id"),
                row.getLong("merchant_id"),
                row.getLong("terminal_id"));
    }

    /** What the shop keeps of it. */
    public long net() {
        return captured - refunded;
    }
}

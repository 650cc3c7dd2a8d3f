// SPDX-License-Identifier: EUPL-1.2
package it.socialies.console.cards;

import it.socialies.console.ledger.Coded;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * A card with what its wallet holds; minor units.
 *
 * @param replacesId the card whose place it took; 0 = none
 * @param assignedMs when it was given to a holder; 0 = not yet
 * @param vouchers money on vouchers that is free now, those included whose term has ended and that go back with the next sweep
 */
public record CardRow(
        long id,
        long walletId,
        CardStatus status,
        long replacesId,
        long issuedMs,
        long assignedMs,
        long statusChangedMs,
        long vouchers,
        long ies) {
    static CardRow of(ResultSet row) throws SQLException {
        return new CardRow(
                row.getLong("card_id"),
                row.getLong("wallet_id"),
                Coded.of(CardStatus.class, row.getInt("status")),
                row.getLong("replaces_card_id"),
                row.getLong("issued_ms"),
                row.getLong("assigned_ms"),
                row.getLong("status_changed_ms"),
                row.getLong("vouchers"),
                row.getLong("ies"));
    }
}

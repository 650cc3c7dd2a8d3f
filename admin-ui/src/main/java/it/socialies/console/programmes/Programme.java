// SPDX-License-Identifier: EUPL-1.2
package it.socialies.console.programmes;

import it.socialies.console.ledger.Coded;
import it.socialies.console.shops.Trade;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;

/**
 * A programme with its money.
 *
 * @param trades the shops it may be spent at
 * @param validUntilMs first moment at which it can no longer be spent
 * @param caps most a household of 1, 2, 3, 4, 5 or more may be awarded in all, minor units; 0 = no cap
 */
public record Programme(
        long id,
        ProgrammeStatus status,
        Set<Trade> trades,
        long validFromMs,
        long validUntilMs,
        List<Long> caps,
        long createdMs,
        ProgrammeMoney money) {
    static Programme of(ResultSet row) throws SQLException {
        return new Programme(
                row.getLong("programme_id"),
                Coded.of(ProgrammeStatus.class, row.getInt("status")),
                Trade.ofBits(row.getLong("categories")),
                row.getLong("valid_from_ms"),
                row.getLong("valid_until_ms"),
                List.of(
                        row.getLong("cap1"),
                        row.getLong("cap2"),
                        row.getLong("cap3"),
                        row.getLong("cap4"),
                        row.getLong("cap5")),
                row.getLong("created_ms"),
                ProgrammeMoney.of(row));
    }

    /** Whether it could be spent at a moment, were it active. */
    public boolean isValidAt(long momentMs) {
        return validFromMs <= momentMs && momentMs < validUntilMs;
    }

    public boolean hasEndedAt(long momentMs) {
        return momentMs >= validUntilMs;
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.figures;

import it.socialies.engine.protocol.sbe.AccountKind;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Sums one circuit in Postgres, twice: from the counters of the accounts, and from the movements one by one. */
public final class PostgresFigures {
    private static final String BY_ACCOUNT = """
            SELECT kind, owner_id, programme_id, debits_pending, debits_posted, credits_pending, credits_posted
            FROM account WHERE circuit_id = ?
            """;

    // 131 transfer posted, 132 hold placed, 133 hold posted, 134 hold captured, 135 hold released, 136 hold refunded.
    private static final String BY_ENTRY = """
            SELECT a.kind, a.owner_id, a.programme_id,
                   coalesce(sum(m.pending) FILTER (WHERE m.is_debit), 0), coalesce(sum(m.posted) FILTER (WHERE m.is_debit), 0),
                   coalesce(sum(m.pending) FILTER (WHERE NOT m.is_debit), 0), coalesce(sum(m.posted) FILTER (WHERE NOT m.is_debit), 0)
            FROM account a
            LEFT JOIN (
                SELECT side.account_id, side.is_debit,
                       CASE e.kind WHEN 132 THEN e.amount WHEN 134 THEN -e.amount - e.released WHEN 135 THEN -e.amount ELSE 0 END AS pending,
                       CASE WHEN e.kind IN (131, 133, 134, 136) THEN e.amount ELSE 0 END AS posted
                FROM ledger_entry e
                CROSS JOIN LATERAL (VALUES (e.debit_account_id, true), (e.credit_account_id, false)) AS side (account_id, is_debit)
                WHERE e.circuit_id = ?
            ) m ON m.account_id = a.account_id
            WHERE a.circuit_id = ?
            GROUP BY a.account_id, a.kind, a.owner_id, a.programme_id
            """;

    private PostgresFigures() {}

    /** From the counters the projection keeps. */
    public static Figures fromAccounts(Connection projection, int circuitId) throws SQLException {
        return read(projection, BY_ACCOUNT, circuitId);
    }

    /** From the sum of all movements. */
    public static Figures fromEntries(Connection projection, int circuitId) throws SQLException {
        return read(projection, BY_ENTRY, circuitId);
    }

    private static Figures read(Connection projection, String sql, int circuitId) throws SQLException {
        Figures.Builder figures = Figures.builder();
        try (PreparedStatement statement = projection.prepareStatement(sql)) {
            for (int i = 1; i <= statement.getParameterMetaData().getParameterCount(); i++) {
                statement.setInt(i, circuitId);
            }
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    AccountFigures.add(
                            figures,
                            new AccountFigures.Account(
                                    AccountKind.get(row.getShort(1)),
                                    row.getLong(2),
                                    row.getLong(3),
                                    row.getLong(4),
                                    row.getLong(5),
                                    row.getLong(6),
                                    row.getLong(7)));
                }
            }
        }
        return figures.build();
    }

    /** Last sequence the rows hold. */
    public static long sequence(Connection projection) throws SQLException {
        try (var statement = projection.createStatement();
                ResultSet row = statement.executeQuery("SELECT last_sequence FROM position")) {
            row.next();
            return row.getLong(1);
        }
    }
}

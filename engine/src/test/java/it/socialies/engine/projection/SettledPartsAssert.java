// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.projection;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;

/** What must hold of settlements, their lines and parts in whatever rows. */
final class SettledPartsAssert {
    private SettledPartsAssert() {}

    /** The rows are the model's, and sum up. */
    static void assertSettled(final DataSource database, final TownSettlements town) throws SQLException {
        assertSumsUp(database);
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("SET search_path TO " + ProjectionSchema.NAME);
            assertThat(parts(statement, "SELECT line_id, hold_id, amount FROM settled_part"))
                    .isEqualTo(withoutEmpty(town.parts.ofLine));
            assertThat(parts(statement, "SELECT proposal_id, hold_id, amount FROM repaid_part"))
                    .isEqualTo(town.parts.ofDebt);
            final TreeMap<Long, Integer> states = new TreeMap<>();
            try (ResultSet row = statement.executeQuery("SELECT line_id, state FROM settlement_line")) {
                while (row.next()) {
                    states.put(row.getLong(1), row.getInt(2));
                }
            }
            assertThat(states).isEqualTo(town.states);
        }
    }

    /** The parts of a line sum to what it pays, and of each shop and programme all parts together to what it is still owed. */
    static void assertSumsUp(final DataSource database) throws SQLException {
        assertNone(database, "lines whose parts are not what they pay", """
                SELECT count(*) FROM settlement_line l
                LEFT JOIN (SELECT line_id, sum(amount) AS amount, count(*) AS parts, bool_or(given_up) AS given_up FROM settled_part GROUP BY line_id) p
                    USING (line_id)
                WHERE l.to_pay <> coalesce(p.amount, 0) OR l.parts <> coalesce(p.parts, 0) OR coalesce(p.given_up, l.state = 4) <> (l.state = 4)""");
        assertNone(database, "parts of a payment that is not the hold's", """
                SELECT count(*) FROM (SELECT hold_id, payment_id FROM settled_part UNION ALL SELECT hold_id, payment_id FROM repaid_part) p
                LEFT JOIN hold h ON h.hold_id = p.hold_id WHERE p.payment_id <> coalesce(h.payment_id, 0)""");
        assertNone(database, "holds whose parts are not what is settled of them", """
                SELECT count(*) FROM hold h
                LEFT JOIN (SELECT hold_id, sum(amount) AS amount FROM (SELECT hold_id, amount FROM settled_part WHERE NOT given_up
                           UNION ALL SELECT hold_id, -amount FROM repaid_part) x GROUP BY hold_id) p ON p.hold_id = h.hold_id
                WHERE h.settled <> coalesce(p.amount, 0)""");
        assertNone(database, "shops for which what is unsettled is not what they are owed less what they owe", """
                SELECT count(*) FROM account a
                WHERE a.kind = 4 AND a.programme_id <> 0 AND a.available
                    - coalesce((SELECT d.available FROM account d WHERE d.kind = 12 AND d.owner_id = a.owner_id AND d.programme_id = a.programme_id), 0)
                    <> coalesce((SELECT sum(h.captured - h.refunded - h.settled) FROM hold h WHERE h.credit_account_id = a.account_id), 0)
                     - coalesce((SELECT sum(p.amount) FROM settled_part p JOIN settlement_line l USING (line_id)
                                 WHERE NOT p.given_up AND p.hold_id = 0 AND l.merchant_id = a.owner_id AND l.programme_id = a.programme_id), 0)
                     + coalesce((SELECT sum(p.amount) FROM repaid_part p JOIN debt_settlement s USING (proposal_id)
                                 WHERE p.hold_id = 0 AND s.merchant_id = a.owner_id AND s.programme_id = a.programme_id), 0)""");
        assertNone(database, "settlements that are not the sum of their lines", """
                SELECT count(*) FROM settlement s
                CROSS JOIN LATERAL (SELECT count(*) AS lines, coalesce(sum(l.to_pay), 0) AS total, coalesce(max(l.position) + 1, 0) AS next
                                    FROM settlement_line l WHERE l.settlement_id = s.settlement_id) l
                WHERE s.lines <> l.lines OR s.lines <> l.next OR s.total <> l.total""");
        assertNone(database, "disputes that do not hold what is disputed", """
                SELECT count(*) FROM dispute d
                LEFT JOIN (SELECT dispute_id, sum(amount) AS amount FROM disputed_part GROUP BY dispute_id) p USING (dispute_id)
                WHERE d.amount IS DISTINCT FROM p.amount OR d.merchant_id = 0 OR d.refunded > d.amount""");
        assertNone(database, "debts paid back that are not the sum of their parts", """
                SELECT count(*) FROM debt_settlement d
                LEFT JOIN (SELECT proposal_id, sum(amount) AS amount, count(*) AS parts FROM repaid_part GROUP BY proposal_id) p USING (proposal_id)
                WHERE (d.amount, d.parts) IS DISTINCT FROM (p.amount, p.parts)""");
        assertNone(database, "lines under way that are not what is in the accounts", """
                SELECT count(*) FROM account a
                WHERE a.kind = 10 AND a.available <> (SELECT coalesce(sum(l.to_pay), 0) FROM settlement_line l
                    WHERE l.state IN (1, 2) AND l.merchant_id = a.owner_id AND l.programme_id = a.programme_id)""");
    }

    private static void assertNone(final DataSource database, final String what, final String query)
            throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("SET search_path TO " + ProjectionSchema.NAME);
            try (ResultSet row = statement.executeQuery(query)) {
                row.next();
                assertThat(row.getLong(1)).as(what).isZero();
            }
        }
    }

    private static Map<Long, Map<Long, Long>> parts(final Statement statement, final String query) throws SQLException {
        final Map<Long, Map<Long, Long>> parts = new TreeMap<>();
        try (ResultSet row = statement.executeQuery(query)) {
            while (row.next()) {
                parts.computeIfAbsent(row.getLong(1), none -> new TreeMap<>()).put(row.getLong(2), row.getLong(3));
            }
        }
        return parts;
    }

    private static Map<Long, Map<Long, Long>> withoutEmpty(final Map<Long, Map<Long, Long>> all) {
        final Map<Long, Map<Long, Long>> some = new TreeMap<>(all);
        some.values().removeIf(Map::isEmpty);
        return some;
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.projection;

/**
 * What finds out which cents of which payments a line of a settlement pays; <code>ops/docs/projection.md</code> has the rule in words.
 *
 * <p>The statements run behind all other rows of their transaction, and see the rows as they are at its end. So each goes back to the record it speaks of: captures
 * carry their record, and refunds behind it are found in the entries of the account.
 */
final class PartStatements {
    /** From steps <code>(id, circuit_id, amount, sequence, payable)</code>: what each hold had unsettled at that record, below 0 what the shop gives back of it. */
    private static final String UNSETTLED = """
            later AS MATERIALIZED (
                SELECT s.id, e.hold_id, sum(e.amount) AS refunded
                FROM step s JOIN ledger_entry e ON e.debit_account_id = s.payable AND e.sequence > s.sequence AND e.kind = 136
                GROUP BY s.id, e.hold_id
            ), unsettled AS MATERIALIZED (
                SELECT s.id, s.circuit_id, h.hold_id, h.payment_id, h.captured_sequence, h.captured - h.refunded - h.settled + coalesce(l.refunded, 0) AS rest
                FROM step s
                JOIN hold h ON h.credit_account_id = s.payable AND h.captured - h.refunded <> h.settled AND h.captured_sequence <= s.sequence
                LEFT JOIN later l ON l.id = s.id AND l.hold_id = h.hold_id
                UNION ALL
                SELECT s.id, s.circuit_id, h.hold_id, h.payment_id, h.captured_sequence, l.refunded
                FROM step s JOIN later l ON l.id = s.id
                JOIN hold h ON h.hold_id = l.hold_id AND h.captured - h.refunded = h.settled AND h.captured_sequence <= s.sequence
            ), owed AS (
                SELECT *, sum(-rest) OVER (PARTITION BY id ORDER BY captured_sequence, hold_id) + rest AS before FROM unsettled WHERE rest < 0
            )""";

    private static final String DRAWN = """
            WITH step AS MATERIALIZED (
                SELECT u.line_id AS id, u.circuit_id, u.amount - u.netted AS amount, u.sequence, a.account_id AS payable,
                    coalesce(d.available, 0)
                        - coalesce((SELECT sum(e.amount) FROM ledger_entry e
                                    WHERE e.debit_account_id = d.account_id AND (e.sequence, e.index) > (u.sequence, u.index)), 0)
                        + coalesce((SELECT sum(e.amount) FROM ledger_entry e
                                    WHERE e.credit_account_id = d.account_id AND (e.sequence, e.index) > (u.sequence, u.index)), 0) AS debt
                FROM {rows}
                JOIN account a ON a.owner_id = u.merchant_id AND a.kind = 4 AND a.programme_id = u.programme_id
                LEFT JOIN account d ON d.owner_id = u.merchant_id AND d.kind = 12 AND d.programme_id = u.programme_id
            ),
            """ + UNSETTLED + """
            , disputed AS MATERIALIZED (
                SELECT s.id, p.hold_id, p.amount
                FROM step s JOIN disputed_part p ON p.account_id = s.payable JOIN dispute d ON d.dispute_id = p.dispute_id
                WHERE d.sequence <= s.sequence AND (d.decided_sequence = 0 OR d.decided_sequence > s.sequence)
            ), due AS MATERIALIZED (
                SELECT s.id, s.circuit_id, s.amount, greatest(0, coalesce(sum(-o.rest), 0) - s.debt) AS back
                FROM step s LEFT JOIN owed o ON o.id = s.id
                GROUP BY s.id, s.circuit_id, s.amount, s.debt
            ), free AS (
                SELECT n.id, n.hold_id, n.payment_id, n.captured_sequence, n.rest - least(n.rest, coalesce(p.amount, 0)) AS rest
                FROM unsettled n LEFT JOIN disputed p ON p.id = n.id AND p.hold_id = n.hold_id
                WHERE n.rest > 0
            ), queue AS (
                SELECT *, sum(rest) OVER (PARTITION BY id ORDER BY captured_sequence, hold_id) - rest AS before FROM free
            ), found AS (
                SELECT d.id, d.circuit_id, o.hold_id, o.payment_id, -least(-o.rest, d.back - o.before) AS amount
                FROM due d JOIN owed o ON o.id = d.id AND o.before < d.back
                UNION ALL
                SELECT d.id, d.circuit_id, q.hold_id, q.payment_id, least(q.rest, d.amount + d.back - q.before)
                FROM due d JOIN queue q ON q.id = d.id AND q.before < d.amount + d.back AND q.rest > 0
            ), part AS MATERIALIZED (
                SELECT * FROM found
                UNION ALL
                SELECT d.id, d.circuit_id, 0, 0, d.amount - coalesce(sum(f.amount), 0)
                FROM due d LEFT JOIN found f ON f.id = d.id
                GROUP BY d.id, d.circuit_id, d.amount HAVING d.amount <> coalesce(sum(f.amount), 0)
            ), held AS (
                UPDATE hold AS h SET settled = h.settled + p.amount FROM part p WHERE h.hold_id = p.hold_id
            ), kept AS (
                INSERT INTO settled_part (line_id, hold_id, payment_id, amount, circuit_id)
                SELECT id, hold_id, payment_id, amount, circuit_id FROM part
            )
            UPDATE settlement_line AS t SET parts = (SELECT count(*) FROM part p WHERE p.id = s.id) FROM step s WHERE t.line_id = s.id""";

    private static final String RETURNED = """
            WITH step AS MATERIALIZED (
                SELECT * FROM {rows}
            ), part AS (
                UPDATE settled_part AS p SET given_up = true FROM step s WHERE p.line_id = s.line_id RETURNING p.hold_id, p.amount
            ), freed AS (
                SELECT hold_id, sum(amount) AS amount FROM part GROUP BY hold_id
            ), held AS (
                UPDATE hold AS h SET settled = h.settled - f.amount FROM freed f WHERE h.hold_id = f.hold_id
            )
            UPDATE settlement_line AS t SET state = s.state, changed_ms = s.changed_ms, changed_sequence = s.changed_sequence
            FROM step s WHERE t.line_id = s.line_id""";

    private static final String REPAID = """
            WITH step AS MATERIALIZED (
                SELECT u.proposal_id AS id, u.circuit_id, u.amount, u.sequence, a.account_id AS payable
                FROM {rows} JOIN account a ON a.owner_id = u.merchant_id AND a.kind = 4 AND a.programme_id = u.programme_id
            ),
            """ + UNSETTLED + """
            , found AS (
                SELECT s.id, s.circuit_id, o.hold_id, o.payment_id, least(-o.rest, s.amount - o.before) AS amount
                FROM step s JOIN owed o ON o.id = s.id AND o.before < s.amount
            ), part AS MATERIALIZED (
                SELECT * FROM found
                UNION ALL
                SELECT s.id, s.circuit_id, 0, 0, s.amount - coalesce(sum(f.amount), 0)
                FROM step s LEFT JOIN found f ON f.id = s.id
                GROUP BY s.id, s.circuit_id, s.amount HAVING s.amount <> coalesce(sum(f.amount), 0)
            ), held AS (
                UPDATE hold AS h SET settled = h.settled - p.amount FROM part p WHERE h.hold_id = p.hold_id
            ), kept AS (
                INSERT INTO repaid_part (proposal_id, hold_id, payment_id, amount, circuit_id)
                SELECT id, hold_id, payment_id, amount, circuit_id FROM part
            )
            UPDATE debt_settlement AS t SET parts = (SELECT count(*) FROM part p WHERE p.id = s.id) FROM step s WHERE t.proposal_id = s.id""";

    private PartStatements() {}

    /** Parts of lines that were drawn, each of another shop or programme. */
    static ColumnBuffer drawn() {
        return new ColumnBuffer(
                "settled_part",
                DRAWN,
                "line_id",
                "circuit_id",
                "merchant_id",
                "programme_id",
                "amount",
                "netted",
                "sequence",
                "index");
    }

    /** Parts of lines that were returned. */
    static ColumnBuffer returned() {
        return new ColumnBuffer("settled_part", RETURNED, "line_id", "state", "changed_ms", "changed_sequence");
    }

    /** Parts of debts that shops paid back, each of another shop or programme. */
    static ColumnBuffer repaid() {
        return new ColumnBuffer(
                "repaid_part",
                REPAID,
                "proposal_id",
                "circuit_id",
                "merchant_id",
                "programme_id",
                "amount",
                "sequence");
    }
}

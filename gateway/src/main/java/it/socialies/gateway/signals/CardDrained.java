// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.signals;

import java.time.Duration;

/**
 * A payment that took nearly everything: at least 95 % of what the wallet could spend before it, in pockets of programmes that were valid and in IES. The last small purchase is one too, so the amounts are told.
 */
final class CardDrained implements SignalRule {
    static final int PERCENT_MIN = 95;

    /**
     * What each kind of entry does to what an account can give: 131 transfer, 132 hold placed, 133 posted, 134 captured, 135 released, 136 refunded. Who had nearly nothing left pays nearly nothing next, unless money comes in or
     * becomes valid before: only such payments are looked at closely: from what the wallet has now, back through all that moved since.
     */
    private static final String SQL = """
            WITH paid AS MATERIALIZED (
                SELECT p.payment_id, p.sequence, p.wallet_id, p.drawn, p.created_ms FROM payment p
                WHERE p.circuit_id = $1 AND p.created_ms >= $2 AND p.created_ms < $3 AND p.drawn > 0 AND %1$s
            ), event AS (
                SELECT payment_id, sequence, wallet_id, drawn, created_ms FROM paid
                UNION ALL
                SELECT NULL, e.sequence, a.owner_id, 0, e.timestamp_ms FROM ledger_entry e
                JOIN account a ON a.account_id = CASE WHEN e.kind IN (131, 136) THEN e.credit_account_id ELSE e.debit_account_id END AND a.kind IN (3, 8)
                WHERE e.sequence BETWEEN (SELECT min(sequence) FROM paid) AND (SELECT max(sequence) FROM paid)
                  AND (e.kind IN (131, 135, 136) OR e.kind = 134 AND e.released > 0)
            ), followed AS (
                SELECT *, lead(drawn) OVER following AS next_drawn, lead(created_ms) OVER following AS next_ms FROM event
                WINDOW following AS (PARTITION BY wallet_id ORDER BY sequence)
            ), suspect AS MATERIALIZED (
                SELECT f.payment_id, f.sequence, f.wallet_id, f.drawn, f.created_ms FROM followed f
                WHERE f.payment_id IS NOT NULL
                  AND (f.next_drawn IS NULL OR f.next_drawn * %2$d <= f.drawn * (100 - %2$d)
                       OR EXISTS (SELECT 1 FROM programme g WHERE g.circuit_id = $1 AND g.valid_from_ms BETWEEN f.created_ms AND f.next_ms))
                ORDER BY f.payment_id
            )
            SELECT p.merchant_id, p.terminal_id, p.wallet_id, p.created_ms AS first_ms, p.created_ms AS last_ms, p.drawn AS amount,
                   before.spendable, ARRAY[p.payment_id] AS payment_ids
            FROM suspect s
            CROSS JOIN LATERAL (
                SELECT sum(a.available - since.amount)::bigint AS spendable
                FROM account a
                LEFT JOIN programme g ON g.programme_id = a.programme_id
                CROSS JOIN LATERAL (
                    SELECT coalesce(sum(moved.amount), 0) AS amount FROM (
                        SELECT e.amount FROM ledger_entry e
                        WHERE e.credit_account_id = a.account_id AND e.kind IN (131, 136) AND e.sequence >= s.sequence
                        UNION ALL
                        SELECT CASE e.kind WHEN 134 THEN e.released WHEN 135 THEN e.amount ELSE -e.amount END FROM ledger_entry e
                        WHERE e.debit_account_id = a.account_id AND e.kind BETWEEN 131 AND 135 AND e.sequence >= s.sequence
                    ) moved
                ) since
                WHERE a.owner_id = s.wallet_id AND (a.kind = 8 OR a.kind = 3 AND s.created_ms BETWEEN g.valid_from_ms AND g.valid_until_ms)
            ) before
            JOIN payment p ON p.payment_id = s.payment_id
            WHERE s.drawn * 100 >= before.spendable * %2$d
            ORDER BY s.payment_id LIMIT $4""".formatted(TOOK_MONEY, PERCENT_MIN);

    @Override
    public String word() {
        return "card_drained";
    }

    @Override
    public String sql() {
        return SQL;
    }

    /** A week of a province, half a million payments, is read well within the time that a statement has. */
    @Override
    public Duration slice() {
        return Duration.ofDays(7);
    }
}

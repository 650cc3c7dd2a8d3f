// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.signals;

/**
 * A payment that took nearly everything: at least 95 % of what the wallet could spend before it, in pockets of programmes that had not ended and in IES. The last small purchase is one too, so the amounts are told.
 */
final class CardDrained implements SignalRule {
    static final int PERCENT_MIN = 95;

    /** What each kind of entry does to what an account can give (131 transfer, 132 hold placed, 133 posted, 134 captured, 135 released, 136 refunded). */
    private static final String SQL = """
            SELECT p.merchant_id, p.terminal_id, p.wallet_id, p.created_ms AS first_ms, p.created_ms AS last_ms, p.drawn AS amount,
                   before.spendable, ARRAY[p.payment_id] AS payment_ids
            FROM payment p
            CROSS JOIN LATERAL (
                SELECT sum(moved.amount)::bigint AS spendable
                FROM account a
                LEFT JOIN programme g ON g.programme_id = a.programme_id
                CROSS JOIN LATERAL (
                    SELECT coalesce(sum(e.amount), 0) AS amount FROM ledger_entry e
                    WHERE e.credit_account_id = a.account_id AND e.kind IN (131, 136) AND e.sequence < p.sequence
                    UNION ALL
                    SELECT coalesce(sum(CASE e.kind WHEN 134 THEN e.released WHEN 135 THEN e.amount ELSE -e.amount END), 0) FROM ledger_entry e
                    WHERE e.debit_account_id = a.account_id AND e.kind BETWEEN 131 AND 135 AND e.sequence < p.sequence
                ) moved
                WHERE a.owner_id = p.wallet_id AND a.kind IN (3, 8) AND (a.kind = 8 OR g.valid_until_ms > p.created_ms)
            ) before
            WHERE p.circuit_id = $1 AND p.created_ms >= $2 AND p.created_ms < $3 AND p.drawn > 0 AND %s
              AND p.drawn * 100 >= before.spendable * %d
            ORDER BY p.payment_id LIMIT $4""".formatted(TOOK_MONEY, PERCENT_MIN);

    @Override
    public String word() {
        return "card_drained";
    }

    @Override
    public String sql() {
        return SQL;
    }
}

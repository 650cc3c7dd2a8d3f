// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.signals;

/**
 * Bills of whole tens: at least five at one shop, with different cards, on one day in Italy. The bill counts and not what was drawn: a voucher of 50 € that is used up draws a round sum out of any bill.
 */
final class RoundSums implements SignalRule {
    static final int CARDS_MIN = 5;
    static final int STEP_CENTS = 1_000;

    private static final String SQL = """
            SELECT p.merchant_id, NULL::bigint AS terminal_id, NULL::bigint AS wallet_id, min(p.created_ms) AS first_ms, max(p.created_ms) AS last_ms,
                   sum(p.drawn)::bigint AS amount, NULL::bigint AS spendable, array_agg(p.payment_id ORDER BY p.payment_id) AS payment_ids
            FROM payment p
            WHERE p.circuit_id = $1 AND p.created_ms >= $2 AND p.created_ms < $3 AND p.bill_total > 0 AND p.bill_total %% %2$d = 0 AND %1$s
            GROUP BY p.merchant_id, (to_timestamp(p.created_ms / 1000.0) AT TIME ZONE 'Europe/Rome')::date
            HAVING count(DISTINCT p.card_id) >= %3$d
            ORDER BY first_ms, p.merchant_id LIMIT $4""".formatted(TOOK_MONEY, STEP_CENTS, CARDS_MIN);

    @Override
    public String word() {
        return "round_sums";
    }

    @Override
    public String sql() {
        return SQL;
    }
}

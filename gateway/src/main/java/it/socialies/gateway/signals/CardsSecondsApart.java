// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.signals;

/** Many cards one after the other at one till: at least four different ones within sixty seconds. What goes on without such a pause is one finding. */
final class CardsSecondsApart implements SignalRule {
    static final int CARDS_MIN = 4;
    static final long WITHIN_MS = 60_000;

    private static final String SQL = """
            WITH paid AS (
                SELECT p.merchant_id, p.terminal_id, p.created_ms, lead(p.created_ms, %3$d - 1) OVER (PARTITION BY p.terminal_id ORDER BY p.created_ms) AS last_ms
                FROM payment p
                WHERE p.circuit_id = $1 AND p.created_ms >= $2 AND p.created_ms < $3 AND %1$s
            ), started AS (
                SELECT DISTINCT t.terminal_id, t.merchant_id, t.created_ms FROM paid t
                WHERE t.last_ms - t.created_ms <= %2$d
                  AND (SELECT count(DISTINCT p.card_id) FROM payment p
                       WHERE p.merchant_id = t.merchant_id AND p.terminal_id = t.terminal_id
                         AND p.created_ms BETWEEN t.created_ms AND t.created_ms + %2$d AND p.created_ms < $3 AND %1$s) >= %3$d
            ), stepped AS (
                SELECT terminal_id, merchant_id, created_ms,
                       CASE WHEN created_ms - lag(created_ms) OVER (PARTITION BY terminal_id ORDER BY created_ms) <= %2$d THEN 0 ELSE 1 END AS step
                FROM started
            ), run AS (
                SELECT terminal_id, merchant_id, created_ms, sum(step) OVER (PARTITION BY terminal_id ORDER BY created_ms) AS number FROM stepped
            ), span AS (
                SELECT terminal_id, merchant_id, number, min(created_ms) AS from_ms, max(created_ms) + %2$d AS until_ms FROM run GROUP BY terminal_id, merchant_id, number
            )
            SELECT s.merchant_id, s.terminal_id, NULL::bigint AS wallet_id, min(p.created_ms) AS first_ms, max(p.created_ms) AS last_ms,
                   sum(p.drawn)::bigint AS amount, NULL::bigint AS spendable, array_agg(p.payment_id ORDER BY p.payment_id) AS payment_ids
            FROM span s JOIN payment p ON p.merchant_id = s.merchant_id AND p.terminal_id = s.terminal_id AND p.created_ms BETWEEN s.from_ms AND s.until_ms
            WHERE p.created_ms < $3 AND %1$s
            GROUP BY s.terminal_id, s.merchant_id, s.number
            ORDER BY first_ms, s.terminal_id LIMIT $4""".formatted(TOOK_MONEY, WITHIN_MS, CARDS_MIN);

    @Override
    public String word() {
        return "cards_seconds_apart";
    }

    @Override
    public String sql() {
        return SQL;
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.signals;

/** Payments between midnight and five in Italy, by shop and night. */
final class NightUse implements SignalRule {
    static final int UNTIL_HOUR = 5;

    private static final String SQL = """
            SELECT p.merchant_id, NULL::bigint AS terminal_id, NULL::bigint AS wallet_id, min(p.created_ms) AS first_ms, max(p.created_ms) AS last_ms,
                   sum(p.drawn)::bigint AS amount, NULL::bigint AS spendable, array_agg(p.payment_id ORDER BY p.payment_id) AS payment_ids
            FROM payment p CROSS JOIN LATERAL (SELECT to_timestamp(p.created_ms / 1000.0) AT TIME ZONE 'Europe/Rome' AS there) clock
            WHERE p.circuit_id = $1 AND p.created_ms >= $2 AND p.created_ms < $3 AND extract(hour FROM clock.there) < %2$d AND %1$s
            GROUP BY p.merchant_id, clock.there::date
            ORDER BY first_ms, p.merchant_id LIMIT $4""".formatted(TOOK_MONEY, UNTIL_HOUR);

    @Override
    public String word() {
        return "night_use";
    }

    @Override
    public String sql() {
        return SQL;
    }
}

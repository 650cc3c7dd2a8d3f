// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.signals;

/**
 * Payments out of the wallet of somebody whose death the office knew: stamped after the first proposal that names death as its reason, to close the wallet or to take money back, unless that was rejected. A closed wallet pays
 * nothing; until two persons have closed it, it does.
 */
final class UseAfterDeath implements SignalRule {
    /** Proposals that carry a reason, in the last three bits of {@code extra}: TAKE_BACK, CLOSE_WALLET; of death; not REJECTED. */
    private static final String SQL = """
            SELECT p.merchant_id, NULL::bigint AS terminal_id, p.wallet_id, min(p.created_ms) AS first_ms, max(p.created_ms) AS last_ms,
                   sum(p.drawn)::bigint AS amount, NULL::bigint AS spendable, array_agg(p.payment_id ORDER BY p.payment_id) AS payment_ids
            FROM (
                SELECT subject_id AS wallet_id, min(proposed_ms) AS known_ms FROM proposal
                WHERE circuit_id = $1 AND kind IN (13, 15) AND extra & 7 = 4 AND state <> 4
                GROUP BY subject_id
            ) dead JOIN payment p ON p.wallet_id = dead.wallet_id
            WHERE p.circuit_id = $1 AND p.created_ms >= $2 AND p.created_ms < $3 AND p.created_ms > dead.known_ms AND %s
            GROUP BY p.wallet_id, p.merchant_id
            ORDER BY first_ms, p.wallet_id LIMIT $4""".formatted(TOOK_MONEY);

    @Override
    public String word() {
        return "use_after_death";
    }

    @Override
    public String sql() {
        return SQL;
    }
}

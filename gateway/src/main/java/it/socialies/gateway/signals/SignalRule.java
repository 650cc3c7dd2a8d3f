// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.signals;

import java.time.Duration;

/**
 * One kind of thing to look at, as SQL over the projection: of circuit $1, from $2 until $3 (milliseconds of the record), at most $4 findings, oldest first. Its columns are {@code merchant_id},
 * {@code terminal_id} and {@code wallet_id} where a finding has one, {@code first_ms}, {@code last_ms}, {@code amount} (cents drawn), {@code spendable} (cents, where it matters) and
 * {@code payment_ids}.
 */
interface SignalRule {
    /** States of payments that took money, also when it was given back since: made, captured, refunded, refunded in part. */
    String TOOK_MONEY = "p.state IN (1, 2, 6, 7)";

    /** As the contract says it. */
    String word();

    String sql();

    /** How much time one statement may look at, where each payment is judged by itself; else all of it. */
    default Duration slice() {
        return Signals.RANGE_MAX;
    }
}

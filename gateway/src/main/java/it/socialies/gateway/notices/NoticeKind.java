// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.notices;

import it.socialies.gateway.api.Ids;
import java.util.List;

/** What is told, and where the projection has it: rows with sequence, index, circuit_id, subject_id, recipient_id, amount and timestamp_ms, behind a place. */
enum NoticeKind {
    WALLET_RECHARGED("wallet.recharged", "wallet_id", Ids.WALLET, """
            SELECT t.sequence, t.index, t.circuit_id, t.wallet_id AS subject_id, w.holder_id AS recipient_id, t.amount, t.timestamp_ms
            FROM top_up t JOIN wallet w ON w.wallet_id = t.wallet_id
            WHERE (t.sequence, t.index) > ($1::bigint, $2::smallint) ORDER BY t.sequence, t.index LIMIT $3"""),
    /** Once a payment, which has a line for each programme: when the last of its lines has come to something, with what was paid of them all. */
    SETTLEMENT_PAID("settlement.paid", "merchant_id", Ids.MERCHANT, """
            SELECT c.sequence, c.index, c.circuit_id, l.merchant_id AS subject_id, l.merchant_id AS recipient_id, p.amount, c.timestamp_ms
            FROM settlement_line_change c
            JOIN settlement_line l ON l.line_id = c.line_id
            JOIN LATERAL (SELECT x.reference FROM settlement_line_change x
                          WHERE x.line_id = c.line_id AND x.outcome = 0 AND x.state = 2 AND x.sequence <= c.sequence
                          ORDER BY x.sequence DESC, x.index DESC LIMIT 1) o ON true
            JOIN LATERAL (SELECT sum(m.to_pay) FILTER (WHERE n.outcome = 1)::bigint AS amount,
                                 bool_and(n.outcome IS NOT NULL) AS complete,
                                 max(ARRAY[n.sequence, n.index::bigint]) AS last
                          FROM settlement_line m
                          JOIN settlement_line_change x ON x.line_id = m.line_id AND x.outcome = 0 AND x.state = 2 AND x.reference = o.reference
                          LEFT JOIN LATERAL (SELECT y.outcome, y.sequence, y.index FROM settlement_line_change y
                                             WHERE y.line_id = m.line_id AND y.outcome <> 0 AND (y.sequence, y.index) > (x.sequence, x.index)
                                             ORDER BY y.sequence, y.index LIMIT 1) n ON true
                          WHERE m.merchant_id = l.merchant_id) p ON p.complete AND p.amount > 0 AND p.last = ARRAY[c.sequence, c.index::bigint]
            WHERE (c.sequence, c.index) > ($1::bigint, $2::smallint) AND c.outcome <> 0 ORDER BY c.sequence, c.index LIMIT $3"""),
    /** Looked for day by day, not followed: see {@link Expiries}. */
    POCKET_EXPIRING("pocket.expiring", "wallet_id", Ids.WALLET, "");

    /** Those that events make. */
    static final List<NoticeKind> FOLLOWED = List.of(WALLET_RECHARGED, SETTLEMENT_PAID);

    private final String type;
    private final String subject;
    private final Ids ids;
    private final String events;

    NoticeKind(String type, String subject, Ids ids, String events) {
        this.type = type;
        this.subject = subject;
        this.ids = ids;
        this.events = events;
    }

    /** As receivers know it. */
    String type() {
        return type;
    }

    /** Field that names whom it is about. */
    String subject() {
        return subject;
    }

    Ids ids() {
        return ids;
    }

    String events() {
        return events;
    }

    /** Whether it goes to a shop rather than to a person. */
    boolean isForShop() {
        return this == SETTLEMENT_PAID;
    }
}

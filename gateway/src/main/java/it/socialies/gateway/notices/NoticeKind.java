// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.notices;

import it.socialies.gateway.api.Ids;

/** What is told, and where the projection has it: rows with sequence, index, circuit_id, subject_id, amount and timestamp_ms, behind a place. */
enum NoticeKind {
    WALLET_RECHARGED("wallet.recharged", "wallet_id", Ids.WALLET, """
            SELECT sequence, index, circuit_id, wallet_id AS subject_id, amount, timestamp_ms FROM top_up
            WHERE (sequence, index) > ($1::bigint, $2::smallint) ORDER BY sequence, index LIMIT $3"""),
    SETTLEMENT_PAID("settlement.paid", "merchant_id", Ids.MERCHANT, """
            SELECT c.sequence, c.index, c.circuit_id, l.merchant_id AS subject_id, l.to_pay AS amount, c.timestamp_ms
            FROM settlement_line_change c JOIN settlement_line l ON l.line_id = c.line_id
            WHERE (c.sequence, c.index) > ($1::bigint, $2::smallint) AND c.outcome = 1 ORDER BY c.sequence, c.index LIMIT $3""");

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
}

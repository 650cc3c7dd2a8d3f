-- SPDX-License-Identifier: EUPL-1.2
--
-- The version of each programme's rules that is in force, for everything that tells somebody what the rules are.

CREATE VIEW rules_in_force AS
SELECT DISTINCT ON (r.programme_id, r.circuit_id) r.*
FROM programme_rules r CROSS JOIN installation i CROSS JOIN position p
WHERE r.version = 1
   OR (r.approved_sequence > 0
       AND r.effective_ms <= greatest(p.last_timestamp_ms, (extract(epoch FROM now()) * 1000)::bigint + i.clock_offset_ms))
ORDER BY r.programme_id, r.circuit_id, (r.version = 1), r.effective_ms DESC, r.approved_sequence DESC;
COMMENT ON VIEW rules_in_force IS 'Now: by the clock of this server and the offset of a sandbox, and never before the last record';

GRANT SELECT ON rules_in_force TO ies_reader;

CREATE OR REPLACE VIEW refused_while_ended AS
SELECT DISTINCT x.programme_id,
       x.circuit_id,
       y.payment_id,
       y.wallet_id,
       y.card_id,
       y.merchant_id,
       y.bill_total,
       y.eligible_amount,
       y.created_ms
FROM extension x
JOIN pocket_restoration r ON r.programme_id = x.programme_id AND r.sequence > x.previous_sequence AND r.sequence <= x.sequence
JOIN payment y ON y.wallet_id = r.wallet_id AND y.outcome IN (110, 111, 112) AND y.created_ms >= x.previous_until_ms AND y.created_ms < x.timestamp_ms
JOIN merchant m ON m.merchant_id = y.merchant_id
CROSS JOIN LATERAL (SELECT v.categories FROM programme_rules v
                    WHERE v.programme_id = x.programme_id
                      AND (v.version = 1 OR (v.approved_sequence > 0 AND v.approved_sequence < y.sequence AND v.effective_ms <= y.created_ms))
                    ORDER BY (v.version = 1), v.effective_ms DESC, v.approved_sequence DESC LIMIT 1) ruled
WHERE y.outcome <> 110 OR (ruled.categories >> m.category & 1) = 1;

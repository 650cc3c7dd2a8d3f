-- SPDX-License-Identifier: EUPL-1.2
--
-- A large town in the shape that the projector writes, made by Postgres itself: circuit 1 with 6 programmes, 200 shops, 20,000 wallets and 200,000 payments;
-- circuit 2 with a twentieth of it. For plans and figures, not for sums: no core has decided it.
SET search_path = projection;

INSERT INTO circuit (circuit_id, reference, setup_open, opened_ms, sequence) SELECT c, 82000 + c, false, 0, c FROM generate_series(1, 2) c;
INSERT INTO programme (programme_id, circuit_id, status, categories, valid_from_ms, valid_until_ms, first_until_ms, cap1, cap2, cap3, cap4, cap5, fund_account_id, funding_account_id,
                       created_ms, status_changed_ms, sequence)
SELECT p, CASE WHEN p < 7 THEN 1 ELSE 2 END, 2, -1, 0, 4000000000000, 4000000000000, 0, 0, 0, 0, 0, p * 2, p * 2 - 1, 0, 0, 10 + p FROM generate_series(1, 7) p;
INSERT INTO account (account_id, owner_id, programme_id, circuit_id, kind, unit, opened_ms, sequence)
SELECT p * 2 - 2 + k, p, p, CASE WHEN p < 7 THEN 1 ELSE 2 END, k, 1, 0, 10 + p FROM generate_series(1, 7) p, generate_series(1, 2) k;
INSERT INTO merchant SELECT m, CASE WHEN m <= 200 THEN 1 ELSE 2 END, m % 29, CASE WHEN m % 50 = 0 THEN 2 ELSE 1 END, 0, 100 + m FROM generate_series(1, 210) m;
INSERT INTO outlet SELECT m, m, CASE WHEN m <= 200 THEN 1 ELSE 2 END, 0, 100 + m FROM generate_series(1, 210) m;
INSERT INTO account (account_id, owner_id, programme_id, circuit_id, kind, unit, opened_ms, sequence)
SELECT 1000 + m * 10 + p, m, p, CASE WHEN m <= 200 THEN 1 ELSE 2 END, 4, 1, 0, 500 FROM generate_series(1, 210) m, generate_series(1, 7) p WHERE (m <= 200) = (p < 7);
INSERT INTO wallet SELECT w, CASE WHEN w <= 19000 THEN 1 ELSE 2 END, 5000 + w, 3, 0, 1000 + w FROM generate_series(1, 20000) w;
INSERT INTO card SELECT w, w, CASE WHEN w <= 19000 THEN 1 ELSE 2 END, 0, CASE WHEN w % 1000 = 0 THEN 3 ELSE 2 END, 0, 0, 0, 1000 + w FROM generate_series(1, 20000) w;
INSERT INTO account (account_id, owner_id, programme_id, circuit_id, kind, unit, credits_posted, opened_ms, sequence)
SELECT 100000 + w * 2 + k, w, CASE WHEN w > 19000 THEN 7 ELSE 1 + (w + k) % 6 END, CASE WHEN w <= 19000 THEN 1 ELSE 2 END, 3, 1, 60000, 0, 2000
FROM generate_series(1, 20000) w, generate_series(0, 1) k WHERE w <= 19000 OR k = 0;
INSERT INTO proposal SELECT p, 1, 4, 3, p, 1, 30000, 0, 0, '\x00', 3, 13, 0, 4, 14, 0, 30000 + p * 2, 0, 0, 30000 + p * 2 - 1 FROM generate_series(1, 10000) p;
INSERT INTO top_up SELECT 60000 + a.owner_id, (a.account_id % 2)::smallint, a.circuit_id, a.owner_id, a.programme_id, a.account_id, 60000, 1 + a.owner_id % 10000, 0
FROM account a WHERE kind = 3;
INSERT INTO fund_movement SELECT 300 + p, 0, CASE WHEN p < 7 THEN 1 ELSE 2 END, p, 1000000000, 1000000000, 0 FROM generate_series(1, 7) p;
INSERT INTO payment (payment_id, circuit_id, wallet_id, card_id, merchant_id, outlet_id, terminal_id, state, outcome, bill_total, eligible_amount, drawn, captured_total,
                     refunded_total, terminal_reference, created_ms, changed_ms, deadline_ms, sequence, changed_sequence)
SELECT n, CASE WHEN w <= 19000 THEN 1 ELSE 2 END, w, w, m, m, m, st, 0, amount, amount, amount, CASE WHEN st IN (2, 6) THEN amount ELSE 0 END,
       CASE st WHEN 6 THEN amount ELSE 0 END, n, ms, ms, 0, 1000000 + n, 1000000 + n
FROM (SELECT n, ms, w, CASE WHEN w <= 19000 THEN 1 + (n * 31) % 200 ELSE 201 + n % 10 END AS m, 100 + (n * 13) % 3000 AS amount,
             CASE WHEN n % 500 = 2 THEN 6 WHEN n % 1000 = 3 THEN 3 WHEN n % 2000 = 4 THEN 4 ELSE 2 END AS st
      FROM (SELECT n, 1767225600000 + n * 100000::bigint AS ms, CASE WHEN n % 20 = 0 THEN 19001 + n % 1000 ELSE 1 + (n::bigint * 7919) % 19000 END AS w
            FROM generate_series(1, 200000) n) made) x;
INSERT INTO hold SELECT payment_id, payment_id, 100000 + wallet_id * 2, 1000 + merchant_id * 10 + CASE WHEN wallet_id > 19000 THEN 7 ELSE 1 + wallet_id % 6 END,
                        drawn, captured_total, refunded_total, 2 FROM payment;
INSERT INTO ledger_entry SELECT p.sequence, 1, p.circuit_id, 133, 0, h.debit_account_id, h.credit_account_id, h.amount, 0, h.hold_id, p.payment_id, 0, p.created_ms
FROM payment p JOIN hold h USING (payment_id);
INSERT INTO ledger_entry SELECT 2000000 + p.sequence, 1, p.circuit_id, 136, 0, h.credit_account_id, h.debit_account_id, h.amount, 0, h.hold_id, p.payment_id, 0,
                                p.created_ms + 60000
FROM payment p JOIN hold h USING (payment_id) WHERE p.state = 6;
INSERT INTO payment_change SELECT 2000000 + sequence, 0, payment_id, refunded_total, captured_total, refunded_total, 6, created_ms + 60000 FROM payment WHERE state = 6;
INSERT INTO ledger_entry SELECT sequence, index, circuit_id, 131, 2, programme_id * 2, account_id, amount, 0, 0, 0, proposal_id, timestamp_ms FROM top_up;
INSERT INTO command_key SELECT ('01900000-0000-7000-8000-' || lpad(to_hex(payment_id), 12, '0'))::uuid, sequence, 0, false, 40, 2, terminal_id, circuit_id, created_ms FROM payment;
UPDATE position SET last_sequence = 4000000, last_timestamp_ms = 1787225600000;

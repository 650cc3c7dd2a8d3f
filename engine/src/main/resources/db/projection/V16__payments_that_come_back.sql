-- SPDX-License-Identifier: EUPL-1.2
--
-- Payments of settlements that were made and came back from the bank: the tables have room for them, these are their words.

COMMENT ON COLUMN settlement_line.outcome IS 'Of the last order that came to something: 1 PAID, 2 REJECTED, 3 WITHDRAWN, 4 BOUNCED (it was paid and came back)';
COMMENT ON COLUMN settlement_line_change.outcome IS '1 PAID, 2 REJECTED, 3 WITHDRAWN, 4 BOUNCED (it was paid and came back); 0 for orders and returns';
COMMENT ON COLUMN ledger_entry.reason IS 'Of a transfer: 1 FUND_MOVED, 2 TOPPED_UP, 3 EXPIRED, 4 RESERVE_MOVED, 5 IES_ISSUED, 6 IES_REDEEMED, 7 TRANSFERRED, 8 FEE, 9 RESERVE_RELEASED, 10 RESTORED, 11 TAKEN_BACK, 12 INHERITED, 13 EMERGENCY_AWARDED, 14 SETTLED, 15 DEBT_NETTED, 16 SETTLEMENT_RETURNED, 17 PAID_OUT, 18 DEBT_INCURRED, 19 DEBT_SETTLED, 20 PAYMENT_BOUNCED; else 0';

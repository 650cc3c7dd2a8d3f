-- SPDX-License-Identifier: EUPL-1.2
--
-- Captures and refunds by the day they happened on, for the totals of tills.

CREATE INDEX payment_change_by_time ON payment_change (timestamp_ms);

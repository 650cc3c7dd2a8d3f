-- SPDX-License-Identifier: EUPL-1.2
--
-- Cards that are no plain card of a holder, and who pays small sums without a PIN. What they have spent today is the core's to know.

ALTER TABLE card
    ADD COLUMN kind             smallint NOT NULL DEFAULT 0,
    ADD COLUMN merchant_id      bigint   NOT NULL DEFAULT 0,
    ADD COLUMN payment_max      bigint   NOT NULL DEFAULT 0,
    ADD COLUMN day_max          bigint   NOT NULL DEFAULT 0,
    ADD COLUMN valid_until_ms   bigint   NOT NULL DEFAULT 0,
    ADD COLUMN pin_free_day_max bigint   NOT NULL DEFAULT 0;
COMMENT ON COLUMN card.status IS '1 ISSUED, 2 ACTIVE, 3 BLOCKED, 4 REPLACED, 5 CLOSED (an errand that was done)';
COMMENT ON COLUMN card.kind IS '0 the card of a holder, 2 DELEGATE, 3 ERRAND';
COMMENT ON COLUMN card.merchant_id IS 'The only shop of an errand; 0 = any';
COMMENT ON COLUMN card.payment_max IS 'What one payment may draw at most; 0 = no limit';
COMMENT ON COLUMN card.day_max IS 'What the payments of a day may draw at most; 0 = no limit';
COMMENT ON COLUMN card.valid_until_ms IS '0 = no end of its own';
COMMENT ON COLUMN card.pin_free_day_max IS 'What payments of a day may draw without a PIN; 0 = nothing';

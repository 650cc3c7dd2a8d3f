-- SPDX-License-Identifier: EUPL-1.2
--
-- Rules of programmes with their versions, the version each payment was made under, and days of grace.

CREATE TABLE rules_draft (
    programme_id  bigint  NOT NULL,
    version       integer NOT NULL,
    circuit_id    integer NOT NULL,
    effective_ms  bigint  NOT NULL,
    categories    bigint  NOT NULL,
    cap1          bigint  NOT NULL,
    cap2          bigint  NOT NULL,
    cap3          bigint  NOT NULL,
    cap4          bigint  NOT NULL,
    cap5          bigint  NOT NULL,
    payment_min   bigint  NOT NULL,
    payment_max   bigint  NOT NULL,
    day_max       bigint  NOT NULL,
    week_max      bigint  NOT NULL,
    month_max     bigint  NOT NULL,
    shop_day_max  bigint  NOT NULL,
    grace_days    integer NOT NULL,
    indivisible   smallint NOT NULL,
    drafted_ms    bigint  NOT NULL,
    sequence      bigint  NOT NULL,
    PRIMARY KEY (programme_id, version)
);
COMMENT ON TABLE rules_draft IS 'Version 1 is the programme as it was created; limits are minor units, 0 = none';
COMMENT ON COLUMN rules_draft.indivisible IS '1 when a pocket is spent whole or not at all';
COMMENT ON COLUMN rules_draft.grace_days IS 'Days in which what came back after the end may still be spent';

CREATE TABLE rules_approval (
    programme_id bigint  NOT NULL,
    version      integer NOT NULL,
    proposal_id  bigint  NOT NULL,
    approved_ms  bigint  NOT NULL,
    sequence     bigint  NOT NULL,
    PRIMARY KEY (programme_id, version)
);

CREATE TABLE pocket_grace (
    sequence     bigint   NOT NULL,
    index        smallint NOT NULL,
    wallet_id    bigint   NOT NULL,
    programme_id bigint   NOT NULL,
    account_id   bigint   NOT NULL,
    until_ms     bigint   NOT NULL,
    timestamp_ms bigint   NOT NULL,
    PRIMARY KEY (sequence, index)
);
COMMENT ON COLUMN pocket_grace.until_ms IS 'Until when the pocket may be spent though its programme has ended; 0: over, the programme was extended meanwhile';
CREATE INDEX pocket_grace_by_account ON pocket_grace (account_id, sequence);

ALTER TABLE hold ADD COLUMN rules_version integer NOT NULL DEFAULT 0;
COMMENT ON COLUMN hold.rules_version IS 'Version of the programme''s rules it was drawn under; 0 for IES and for payments of releases without versions';

CREATE VIEW programme_rules AS
SELECT p.programme_id, 1 AS version, p.circuit_id, p.created_ms AS effective_ms, p.categories, p.cap1, p.cap2, p.cap3, p.cap4, p.cap5,
       0::bigint AS payment_min, 0::bigint AS payment_max, 0::bigint AS day_max, 0::bigint AS week_max, 0::bigint AS month_max, 0::bigint AS shop_day_max,
       0 AS grace_days, 0::smallint AS indivisible, p.created_ms AS drafted_ms, p.created_ms AS approved_ms, p.sequence AS approved_sequence,
       0::bigint AS proposal_id, p.sequence
FROM programme p
UNION ALL
SELECT d.programme_id, d.version, d.circuit_id, d.effective_ms, d.categories, d.cap1, d.cap2, d.cap3, d.cap4, d.cap5,
       d.payment_min, d.payment_max, d.day_max, d.week_max, d.month_max, d.shop_day_max,
       d.grace_days, d.indivisible, d.drafted_ms, coalesce(a.approved_ms, 0), coalesce(a.sequence, 0), coalesce(a.proposal_id, 0), d.sequence
FROM rules_draft d LEFT JOIN rules_approval a USING (programme_id, version);
COMMENT ON VIEW programme_rules IS 'Every version with the instant it was approved at (0: a draft); of the approved ones that with the latest effective_ms that has come is in force, of equal ones the one approved last, version 1 before all';

GRANT SELECT ON rules_draft, rules_approval, pocket_grace, programme_rules TO ies_reader;

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
JOIN programme p ON p.programme_id = x.programme_id
JOIN pocket_restoration r ON r.programme_id = x.programme_id AND r.sequence > x.previous_sequence AND r.sequence <= x.sequence
JOIN payment y ON y.wallet_id = r.wallet_id AND y.outcome IN (110, 111, 112) AND y.created_ms >= x.previous_until_ms AND y.created_ms < x.timestamp_ms
JOIN merchant m ON m.merchant_id = y.merchant_id
WHERE y.outcome <> 110 OR (p.categories >> m.category & 1) = 1;
COMMENT ON VIEW refused_while_ended IS 'Payments refused as EXPIRED, or once the pocket was swept as INSUFFICIENT_FUNDS, or as CATEGORY_NOT_ALLOWED where the programme would have admitted the shop, between the end of a programme and its extension, of wallets that got their money back';

-- SPDX-License-Identifier: EUPL-1.2
--
-- What acts bind of the money of a programme, and what was paid out of it.

ALTER TABLE programme
    ADD COLUMN committed bigint NOT NULL DEFAULT 0,
    ADD COLUMN cashed    bigint NOT NULL DEFAULT 0;
COMMENT ON COLUMN programme.committed IS 'What acts have committed of the fund (COMMIT_FUND): no more can be awarded';
COMMENT ON COLUMN programme.cashed IS 'What was paid out by mandate, as the treasurer recorded it';

CREATE TABLE fund_commitment (
    sequence     bigint   NOT NULL,
    index        smallint NOT NULL,
    circuit_id   integer  NOT NULL,
    programme_id bigint   NOT NULL,
    amount       bigint   NOT NULL,
    committed    bigint   NOT NULL,
    reference    bigint   NOT NULL,
    proposal_id  bigint   NOT NULL,
    timestamp_ms bigint   NOT NULL,
    PRIMARY KEY (sequence, index)
);
COMMENT ON COLUMN fund_commitment.amount IS 'Negative: freed';
COMMENT ON COLUMN fund_commitment.committed IS 'The sum after it';
COMMENT ON COLUMN fund_commitment.reference IS 'Code of the act';
CREATE INDEX fund_commitment_by_programme ON fund_commitment (programme_id, sequence);

CREATE TABLE cash_record (
    sequence     bigint   NOT NULL,
    index        smallint NOT NULL,
    circuit_id   integer  NOT NULL,
    programme_id bigint   NOT NULL,
    amount       bigint   NOT NULL,
    cashed       bigint   NOT NULL,
    reference    bigint   NOT NULL,
    timestamp_ms bigint   NOT NULL,
    PRIMARY KEY (sequence, index)
);
COMMENT ON TABLE cash_record IS 'Money paid out by mandate. Negative amounts correct.';
COMMENT ON COLUMN cash_record.cashed IS 'The sum after it';
COMMENT ON COLUMN cash_record.reference IS 'Code of the mandate or of its receipt (quietanza)';
CREATE INDEX cash_record_by_programme ON cash_record (programme_id, sequence);

COMMENT ON COLUMN proposal.kind IS '1 APPOINT_OPERATOR, 2 PUBLISH_PROGRAMME, 3 MOVE_FUND, 4 TOP_UP, 5 TOP_UP_BATCH, 6 MOVE_RESERVE, 7 ISSUE_IES, 8 REDEEM_IES, 9 SET_TARIFF, 10 CONFIGURE_CIRCUIT, 11 COMMIT_FUND';

-- Where the money of a programme is: funded = in the fund + in pockets + held + owed to merchants; awarded = funded - in the fund <= committed <= funded.
CREATE OR REPLACE VIEW programme_balance AS
SELECT p.programme_id,
       p.circuit_id,
       coalesce(sum(a.available) FILTER (WHERE a.kind = 1), 0)::bigint AS funded,
       coalesce(sum(a.available) FILTER (WHERE a.kind = 2), 0)::bigint AS available,
       coalesce(sum(a.available) FILTER (WHERE a.kind = 3), 0)::bigint AS in_pockets,
       coalesce(sum(a.debits_pending) FILTER (WHERE a.kind = 3), 0)::bigint AS held,
       coalesce(sum(a.available) FILTER (WHERE a.kind = 4), 0)::bigint AS payable,
       p.committed,
       p.cashed
FROM programme p
LEFT JOIN account a ON a.programme_id = p.programme_id
GROUP BY p.programme_id;

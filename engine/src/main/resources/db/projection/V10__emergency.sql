-- SPDX-License-Identifier: EUPL-1.2
--
-- Emergency funds with their terms, what single operators awarded out of them, and what another person said of it.

CREATE TABLE emergency_fund (
    programme_id bigint  NOT NULL,
    circuit_id   integer NOT NULL,
    month_max    bigint  NOT NULL,
    review_days  integer NOT NULL,
    reference    bigint  NOT NULL,
    proposal_id  bigint  NOT NULL,
    set_ms       bigint  NOT NULL,
    sequence     bigint  NOT NULL,
    PRIMARY KEY (programme_id, sequence)
);
COMMENT ON TABLE emergency_fund IS 'Terms of programmes that give emergency awards only; of several rows of a programme the last one is in force';
COMMENT ON COLUMN emergency_fund.month_max IS 'Minor units that a household gets in a month at most';
COMMENT ON COLUMN emergency_fund.review_days IS 'Days within which each award is reviewed';
COMMENT ON COLUMN emergency_fund.reference IS 'Code of the act';

CREATE TABLE emergency_award (
    award_id          bigint   PRIMARY KEY,
    circuit_id        integer  NOT NULL,
    programme_id      bigint   NOT NULL,
    wallet_id         bigint   NOT NULL,
    household_id      bigint   NOT NULL,
    account_id        bigint   NOT NULL,
    amount            bigint   NOT NULL,
    month             integer  NOT NULL,
    reference         bigint   NOT NULL,
    operator_id       bigint   NOT NULL,
    awarded_ms        bigint   NOT NULL,
    sequence          bigint   NOT NULL,
    review_by_ms      bigint   NOT NULL,
    verdict           smallint NOT NULL DEFAULT 0,
    reviewed_by       bigint   NOT NULL DEFAULT 0,
    reviewed_ms       bigint   NOT NULL DEFAULT 0,
    reviewed_sequence bigint   NOT NULL DEFAULT 0
);
COMMENT ON COLUMN emergency_award.household_id IS 'Number of the household in the vault, which says nothing to who does not read the vault';
COMMENT ON COLUMN emergency_award.account_id IS 'Pocket';
COMMENT ON COLUMN emergency_award.month IS 'Months since January of year 0, Europe/Rome';
COMMENT ON COLUMN emergency_award.reference IS 'Code of the protocol';
COMMENT ON COLUMN emergency_award.review_by_ms IS 'From this instant on, while verdict is 0, the fund gives nothing more';
COMMENT ON COLUMN emergency_award.verdict IS 'ReviewVerdict: 1 CONFIRMED, 2 OBJECTED; 0 = not reviewed';
COMMENT ON COLUMN emergency_award.reviewed_by IS 'Operator; 0 = not reviewed';
CREATE INDEX emergency_award_by_circuit ON emergency_award (circuit_id, award_id);
CREATE INDEX emergency_award_by_programme ON emergency_award (programme_id, award_id);
CREATE INDEX emergency_award_by_wallet ON emergency_award (wallet_id, award_id);
CREATE INDEX emergency_award_to_review ON emergency_award (circuit_id, review_by_ms) WHERE verdict = 0;

COMMENT ON COLUMN top_up.proposal_id IS '0 for an emergency award';
COMMENT ON COLUMN ledger_entry.reason IS 'Of a transfer: 1 FUND_MOVED, 2 TOPPED_UP, 3 EXPIRED, 4 RESERVE_MOVED, 5 IES_ISSUED, 6 IES_REDEEMED, 7 TRANSFERRED, 8 FEE, 9 RESERVE_RELEASED, 10 RESTORED, 11 TAKEN_BACK, 12 INHERITED, 13 EMERGENCY_AWARDED; else 0';

GRANT SELECT ON emergency_fund, emergency_award TO ies_reader;

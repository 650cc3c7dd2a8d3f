-- SPDX-License-Identifier: EUPL-1.2
--
-- Issuance: calls with their ranking and recharge lists, from the file to the last row executed. Who somebody is stands in the people vault alone; rows here hold its numbers, codes, positions
-- and sums, and what an application brings into the ranking is sealed under the key of its person. ops/docs/issuance.md tells the states.

CREATE TABLE issuance_batch (
    batch_id        bigint   GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    circuit_id      integer  NOT NULL,
    programme_id    bigint   NOT NULL,
    kind            text     NOT NULL CHECK (kind IN ('CALL', 'RECHARGE')),
    purpose         text     NOT NULL,
    act_reference   text     NOT NULL,
    criteria        jsonb,
    state           text     NOT NULL CHECK (state IN
        ('DRAFT', 'CHECKING', 'FAULTY', 'READY', 'SUBMITTED', 'APPROVED', 'EXECUTING', 'STOPPED', 'EXECUTED', 'CANCELLED')),
    stop_code       text,
    created_by      bigint   NOT NULL,
    created_ms      bigint   NOT NULL,
    file_name       uuid     UNIQUE,
    file_by         bigint,
    file_case_id    bigint,
    file_digest     bytea    CHECK (octet_length(file_digest) = 32),
    drop_isee       boolean  NOT NULL DEFAULT false,
    report          bytea,
    report_csv      bytea,
    report_key      bigint,
    report_until_ms bigint,
    applications    integer  NOT NULL DEFAULT 0,
    errors          integer  NOT NULL DEFAULT 0,
    warnings        integer  NOT NULL DEFAULT 0,
    rows_entered    integer  NOT NULL DEFAULT 0,
    admitted        integer  NOT NULL DEFAULT 0,
    reserve         integer  NOT NULL DEFAULT 0,
    excluded        integer  NOT NULL DEFAULT 0,
    total           bigint   NOT NULL DEFAULT 0,
    ranking_version integer  NOT NULL DEFAULT 0,
    digest          bytea    CHECK (octet_length(digest) = 32),
    proposal_id     bigint   UNIQUE,
    submitted_by    bigint,
    submitted_ms    bigint,
    approved_by     bigint,
    approved_ms     bigint,
    execute_at_ms   bigint,
    executed_as     bigint,
    started_ms      bigint,
    finished_ms     bigint,
    cards_assigned  integer  NOT NULL DEFAULT 0,
    refused         integer  NOT NULL DEFAULT 0,
    CHECK (state NOT IN ('SUBMITTED', 'APPROVED', 'EXECUTING', 'EXECUTED') OR (proposal_id IS NOT NULL AND digest IS NOT NULL)),
    CHECK (state NOT IN ('APPROVED', 'EXECUTING', 'EXECUTED') OR (approved_by IS NOT NULL AND execute_at_ms IS NOT NULL)),
    CHECK (approved_by <> submitted_by)
);
CREATE INDEX issuance_batch_circuit ON issuance_batch (circuit_id, batch_id);
CREATE INDEX issuance_batch_state ON issuance_batch (state) WHERE state IN ('CHECKING', 'SUBMITTED', 'APPROVED', 'EXECUTING');
COMMENT ON COLUMN issuance_batch.purpose IS 'What it helps with: one award a household among calls of the same purpose.';
COMMENT ON COLUMN issuance_batch.criteria IS 'As published; null: the amounts stand in the file.';
COMMENT ON COLUMN issuance_batch.file_name IS 'The file under DIR/issuance while it is being read; gone with it.';
COMMENT ON COLUMN issuance_batch.report IS 'The validation report as JSON, sealed under report_key, which lies among the keys of persons; both go at report_until_ms.';
COMMENT ON COLUMN issuance_batch.digest IS 'What the approval binds: SHA-256 of the canonical rows, as in ops/docs/issuance.md.';
COMMENT ON COLUMN issuance_batch.executed_as IS 'In whose name the core is asked: who approved, or who told it to go on.';

CREATE TABLE issuance_row (
    batch_id       bigint   NOT NULL REFERENCES issuance_batch,
    row_number     integer  NOT NULL CHECK (row_number >= 0),
    circuit_id     integer  NOT NULL,
    sheet_row      integer  NOT NULL,
    record_id      bigint   NOT NULL,
    household_id   bigint   NOT NULL,
    household_size smallint NOT NULL,
    public_code    text     NOT NULL,
    sealed         bytea    NOT NULL,
    revision       smallint NOT NULL DEFAULT 0 CHECK (revision BETWEEN 0 AND 255),
    restricted     boolean  NOT NULL,
    position       integer  NOT NULL DEFAULT 0,
    outcome        text     CHECK (outcome IN ('ADMITTED', 'RESERVE', 'EXCLUDED')),
    reason         text     NOT NULL DEFAULT '',
    decided_by     text     NOT NULL DEFAULT '',
    amount         bigint   NOT NULL DEFAULT 0 CHECK (amount >= 0),
    due            bigint   NOT NULL DEFAULT 0,
    award          integer,
    wallet_id      bigint,
    card_id        bigint,
    result         text,
    PRIMARY KEY (batch_id, row_number),
    UNIQUE (batch_id, award)
);
CREATE INDEX issuance_row_household ON issuance_row (circuit_id, household_id) WHERE outcome = 'ADMITTED';
CREATE INDEX issuance_row_record ON issuance_row (record_id);
CREATE INDEX issuance_row_place ON issuance_row (batch_id, outcome, position, row_number);
COMMENT ON COLUMN issuance_row.record_id IS 'hld_… of the people vault.';
COMMENT ON COLUMN issuance_row.sealed IS 'What the application brings into the ranking, and the words of its exclusion: AES-256-GCM under the person''s key, bound to batch, row and revision.';
COMMENT ON COLUMN issuance_row.revision IS 'How often it was reviewed.';
COMMENT ON COLUMN issuance_row.restricted IS 'The person''s record was restricted when the file came: nobody may go on with it.';
COMMENT ON COLUMN issuance_row.award IS 'Place among the rows of the proposal, from 0; null: no award.';
COMMENT ON COLUMN issuance_row.card_id IS 'Card that is handed to the person, or whose household size is brought up to date, before the money comes; null: neither.';
COMMENT ON COLUMN issuance_row.result IS 'credited, or the code with which the core refused the row.';

CREATE TABLE issuance_review (
    review_id   bigint   GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    batch_id    bigint   NOT NULL REFERENCES issuance_batch,
    row_number  integer  NOT NULL,
    circuit_id  integer  NOT NULL,
    case_id     bigint   NOT NULL,
    operator_id bigint   NOT NULL,
    eligible    boolean  NOT NULL,
    fields      text[]   NOT NULL,
    version     integer  NOT NULL,
    changed     integer  NOT NULL,
    reviewed_ms bigint   NOT NULL
);
COMMENT ON TABLE issuance_review IS 'Who reviewed which application, which figures were put right, which ranking came of it and how many rows it changed; no value, no words. Append-only.';
CREATE TRIGGER issuance_review_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON issuance_review EXECUTE FUNCTION vault_refuse_change();

CREATE TABLE issuance_card (
    card_id    bigint  PRIMARY KEY,
    wallet_id  bigint  NOT NULL UNIQUE,
    circuit_id integer NOT NULL,
    record_id  bigint  NOT NULL,
    batch_id   bigint  NOT NULL REFERENCES issuance_batch,
    UNIQUE (circuit_id, record_id)
);
COMMENT ON TABLE issuance_card IS 'Cards of the anonymous stock that are meant for somebody: no two batches take one card, and nobody gets two.';

ALTER TABLE top_up_batch ADD COLUMN issuance_batch_id bigint REFERENCES issuance_batch;
COMMENT ON COLUMN top_up_batch.issuance_batch_id IS 'Of issuance: decided and executed there, and nowhere else.';

-- Of one controller at a time, for the owner too, as in the vault.
ALTER TABLE issuance_row ENABLE ROW LEVEL SECURITY;
ALTER TABLE issuance_row FORCE ROW LEVEL SECURITY;
CREATE POLICY of_the_circuit ON issuance_row
    USING (circuit_id = NULLIF(current_setting('ies.circuit', true), '')::integer);

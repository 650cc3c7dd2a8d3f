-- SPDX-License-Identifier: EUPL-1.2
--
-- How settlements are drawn: what the treasurer asked for, what it comes to, and how far the job is. The money is in the core; ops/docs/settlement.md tells the states.

CREATE TABLE settlement_drawing (
    settlement_id bigint   PRIMARY KEY,
    circuit_id    integer  NOT NULL,
    period_end_ms bigint   NOT NULL,
    reference     bigint   NOT NULL,
    merchants     bigint[] NOT NULL,
    programmes    bigint[] NOT NULL,
    key           uuid     NOT NULL,
    drawn_by      bigint   NOT NULL,
    drawn_ms      bigint   NOT NULL,
    sequence      bigint   NOT NULL,
    state         text     NOT NULL CHECK (state IN ('PLANNING', 'DRAWING', 'PROPOSED', 'EMPTY', 'STOPPED', 'CANCELLED')),
    stop_code     text,
    proposal_id   bigint   UNIQUE,
    CHECK (state <> 'PROPOSED' OR proposal_id IS NOT NULL),
    CHECK ((state = 'STOPPED') = (stop_code IS NOT NULL))
);
COMMENT ON TABLE settlement_drawing IS 'One row a settlement that was drawn through the gateway.';
COMMENT ON COLUMN settlement_drawing.merchants IS 'Only these shops; empty = all';
COMMENT ON COLUMN settlement_drawing.programmes IS 'Only these programmes; empty = all';
COMMENT ON COLUMN settlement_drawing.drawn_by IS 'Operator on whose behalf the job draws and proposes';
COMMENT ON COLUMN settlement_drawing.key IS 'Idempotency key of the request; those of the commands that follow are derived from it, so that a job that is run again repeats and never doubles';
COMMENT ON COLUMN settlement_drawing.drawn_ms IS 'Stamp of the record that drew it';
COMMENT ON COLUMN settlement_drawing.sequence IS 'Record that drew it';
CREATE INDEX settlement_drawing_under_way ON settlement_drawing (settlement_id) WHERE state IN ('PLANNING', 'DRAWING');

CREATE TABLE settlement_plan (
    settlement_id bigint  NOT NULL REFERENCES settlement_drawing,
    position      integer NOT NULL,
    merchant_id   bigint  NOT NULL,
    programme_id  bigint  NOT NULL,
    most          bigint  NOT NULL CHECK (most > 0),
    left_out      text,
    PRIMARY KEY (settlement_id, position)
);
COMMENT ON TABLE settlement_plan IS 'What shops are owed of the period, by programme, as the projection knew it when the settlement was drawn.';
COMMENT ON COLUMN settlement_plan.most IS 'Cents captured within the period and not settled yet';
COMMENT ON COLUMN settlement_plan.left_out IS 'Why the shop is not in it: payee_missing, payee_held, or the check that holds it back; null = drawn';

-- SPDX-License-Identifier: EUPL-1.2
--
-- Disputes of payments: what holder and shop say, and why it was decided as it was. The money is in the core, which knows numbers only. What people say may name people: it is
-- sealed under the key of the person whose payment it is, so that it ends with an erasure, or under the installation's key disputes.json where nobody is known.

-- One sequence for all, so that no two texts are ever sealed for the same place.
CREATE SEQUENCE dispute_number START WITH 600000000000001;

CREATE TABLE dispute_case (
    case_id    bigint  PRIMARY KEY,
    circuit_id integer NOT NULL,
    payment_id bigint  NOT NULL,
    channel    text    NOT NULL CHECK (channel IN ('COUNTER', 'PHONE', 'LETTER')),
    complaint  text    NOT NULL CHECK (complaint IN ('NOT_DELIVERED', 'WRONG_AMOUNT', 'NOT_AUTHORISED', 'DUPLICATE', 'OTHER')),
    record_id  bigint,
    opened_by  bigint  NOT NULL,
    opened_ms  bigint  NOT NULL
);
COMMENT ON COLUMN dispute_case.case_id IS 'Also the reference that the core is told; a case that the core refused in the same moment has no dispute and is never shown';
COMMENT ON COLUMN dispute_case.channel IS 'How the holder came';
COMMENT ON COLUMN dispute_case.record_id IS 'The holder, of the people vault; null = nobody is known';

CREATE TABLE dispute_statement (
    statement_id bigint  PRIMARY KEY,
    case_id      bigint  NOT NULL REFERENCES dispute_case,
    circuit_id   integer NOT NULL,
    party        text    NOT NULL CHECK (party IN ('HOLDER', 'SHOP')),
    channel      text    NOT NULL CHECK (channel IN ('COUNTER', 'PHONE', 'LETTER')),
    record_id    bigint,
    sealed       bytea   NOT NULL,
    taken_by     bigint  NOT NULL,
    taken_ms     bigint  NOT NULL
);
COMMENT ON TABLE dispute_statement IS 'What the parties say, the holder''s opening words first. Append-only.';
COMMENT ON COLUMN dispute_statement.record_id IS 'Under whose key it is sealed; null = the installation''s';
CREATE INDEX dispute_statement_by_case ON dispute_statement (case_id, statement_id);
CREATE INDEX dispute_statement_by_record ON dispute_statement (record_id) WHERE record_id IS NOT NULL;

CREATE TABLE dispute_decision (
    decision_id bigint  PRIMARY KEY,
    case_id     bigint  NOT NULL REFERENCES dispute_case,
    circuit_id  integer NOT NULL,
    refund      bigint  NOT NULL CHECK (refund >= 0),
    record_id   bigint,
    sealed      bytea   NOT NULL,
    proposed_by bigint  NOT NULL,
    proposed_ms bigint  NOT NULL
);
COMMENT ON TABLE dispute_decision IS 'Decisions as they were proposed: whether one holds, the proposal that refers to it says. Append-only.';
COMMENT ON COLUMN dispute_decision.decision_id IS 'Also the reference that the core is told';
COMMENT ON COLUMN dispute_decision.refund IS 'Cents that the holder gets back; 0 = none';
COMMENT ON COLUMN dispute_decision.sealed IS 'Why, and what the shop is told of it';
CREATE INDEX dispute_decision_by_case ON dispute_decision (case_id, decision_id);

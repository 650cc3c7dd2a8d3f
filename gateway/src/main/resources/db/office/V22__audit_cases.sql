-- SPDX-License-Identifier: EUPL-1.2
--
-- Samples of payments that were drawn for an audit: by what rule, out of how many, and which. What happened to the payments is in the journal.

CREATE TABLE audit_sample (
    sample_id    bigint  GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    circuit_id   integer NOT NULL,
    seed         text    NOT NULL CHECK (length(seed) BETWEEN 1 AND 100),
    size         integer NOT NULL CHECK (size BETWEEN 1 AND 200),
    programme_id bigint,
    from_ms      bigint  NOT NULL,
    to_ms        bigint  NOT NULL CHECK (to_ms > from_ms),
    sequence     bigint  NOT NULL,
    population   bigint  NOT NULL,
    worth        bigint  NOT NULL,
    drawn_by     bigint  NOT NULL,
    drawn_ms     bigint  NOT NULL
);
CREATE INDEX audit_sample_by_circuit ON audit_sample (circuit_id, sample_id);
COMMENT ON COLUMN audit_sample.programme_id IS 'Null: payments of all programmes, and in IES';
COMMENT ON COLUMN audit_sample.sequence IS 'Payments captured up to this record were drawn from';
COMMENT ON COLUMN audit_sample.population IS 'Payments it was drawn from';
COMMENT ON COLUMN audit_sample.worth IS 'What they took, in minor units';

CREATE TABLE audit_sample_case (
    sample_id  bigint  NOT NULL REFERENCES audit_sample,
    number     integer NOT NULL CHECK (number > 0),
    payment_id bigint  NOT NULL,
    amount     bigint  NOT NULL,
    PRIMARY KEY (sample_id, number)
);
COMMENT ON TABLE audit_sample_case IS 'The payments of a sample, in the order of their digests. Append-only.';
COMMENT ON COLUMN audit_sample_case.amount IS 'What it took of the programme, in minor units';

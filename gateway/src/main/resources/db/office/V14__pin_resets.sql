-- SPDX-License-Identifier: EUPL-1.2
--
-- PINs that one operator reset with the holder present, and what another person found of those in the sample. No PIN lies here, and no name.

CREATE TABLE pin_reset (
    sequence    bigint   PRIMARY KEY,
    circuit_id  integer  NOT NULL,
    card_id     bigint   NOT NULL,
    operator_id bigint   NOT NULL,
    reset_ms    bigint   NOT NULL,
    is_sampled  boolean  NOT NULL,
    outcome     text     CHECK (outcome IN ('in_order', 'holder_not_reached', 'holder_denies')),
    reviewed_by bigint,
    reviewed_ms bigint,
    CHECK ((outcome IS NULL) = (reviewed_by IS NULL)),
    CHECK ((outcome IS NULL) = (reviewed_ms IS NULL)),
    CHECK (outcome IS NULL OR is_sampled)
);
CREATE INDEX pin_reset_sampled ON pin_reset (circuit_id, sequence) WHERE is_sampled;
COMMENT ON TABLE pin_reset IS 'Resets at the desk. The journal has them too, with who sent them.';
COMMENT ON COLUMN pin_reset.sequence IS 'Record of the journal.';
COMMENT ON COLUMN pin_reset.is_sampled IS 'Whether another person is to look into it: by a keyed hash of the record, so nobody can tell before, and nobody chooses.';
COMMENT ON COLUMN pin_reset.outcome IS 'in_order: the holder remembers it. holder_not_reached. holder_denies: a matter for who directs the office.';

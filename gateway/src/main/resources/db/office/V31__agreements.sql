-- SPDX-License-Identifier: EUPL-1.2
--
-- What a Comune and its shops agree: texts in versions, each published by two persons, and which shop accepted which.

CREATE TABLE agreement (
    agreement_id bigint   GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    circuit_id   integer  NOT NULL,
    number       integer  NOT NULL CHECK (number > 0),
    text         text     NOT NULL CHECK (length(text) BETWEEN 1 AND 100000),
    digest       bytea    NOT NULL CHECK (octet_length(digest) = 32),
    valid_from_ms bigint  NOT NULL,
    grace_days   smallint NOT NULL CHECK (grace_days BETWEEN 0 AND 365),
    state        text     NOT NULL CHECK (state IN ('PROPOSED', 'PUBLISHED', 'REJECTED')),
    proposed_by  bigint   NOT NULL,
    proposed_ms  bigint   NOT NULL,
    decided_by   bigint,
    decided_ms   bigint,
    UNIQUE (circuit_id, number),
    CHECK ((state = 'PROPOSED') = (decided_by IS NULL)),
    CHECK ((decided_by IS NULL) = (decided_ms IS NULL))
);
COMMENT ON COLUMN agreement.digest IS 'SHA-256 of the text as UTF-8';
COMMENT ON COLUMN agreement.grace_days IS 'How long a shop may be paid without having accepted it';

CREATE TABLE agreement_acceptance (
    agreement_id bigint  NOT NULL REFERENCES agreement,
    circuit_id   integer NOT NULL,
    merchant_id  bigint  NOT NULL,
    number       integer NOT NULL,
    signatory    text    NOT NULL CHECK (length(signatory) BETWEEN 1 AND 200),
    signed_on    date,
    accepted_by  text    NOT NULL,
    accepted_ms  bigint  NOT NULL,
    PRIMARY KEY (merchant_id, agreement_id)
);
COMMENT ON COLUMN agreement_acceptance.signed_on IS 'Of the paper; null when a till accepted';
COMMENT ON COLUMN agreement_acceptance.accepted_by IS 'The operator who has the paper, or the till';
CREATE INDEX agreement_acceptance_by_circuit ON agreement_acceptance (circuit_id, merchant_id, number);

-- SPDX-License-Identifier: EUPL-1.2
--
-- Notices of what happened: to whom, over which channel, and what became of it. Opaque numbers and amounts only. ops/docs/notices.md tells how.

CREATE SEQUENCE webhook_endpoint_number START WITH 1;

CREATE TABLE webhook_endpoint (
    endpoint_id bigint  PRIMARY KEY,
    circuit_id  integer NOT NULL,
    url         text    NOT NULL CHECK (length(url) BETWEEN 1 AND 500),
    sealed      bytea   NOT NULL,
    made_by     bigint  NOT NULL,
    made_ms     bigint  NOT NULL
);
COMMENT ON COLUMN webhook_endpoint.sealed IS 'The secret that signs, under webhooks.json';
COMMENT ON COLUMN webhook_endpoint.made_ms IS 'What happened before is not told to it';
CREATE INDEX webhook_endpoint_by_circuit ON webhook_endpoint (circuit_id, endpoint_id);

CREATE TABLE notice_position (
    kind     text     PRIMARY KEY CHECK (kind IN ('WALLET_RECHARGED', 'SETTLEMENT_PAID')),
    sequence bigint   NOT NULL,
    index    smallint NOT NULL
);
COMMENT ON TABLE notice_position IS 'The last event of each kind that became notices. It changes in the transaction that makes them.';
INSERT INTO notice_position VALUES ('WALLET_RECHARGED', 0, -1), ('SETTLEMENT_PAID', 0, -1);

CREATE TABLE notice (
    notice_id   bigint   GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    circuit_id  integer  NOT NULL,
    kind        text     NOT NULL REFERENCES notice_position,
    sequence    bigint   NOT NULL,
    index       smallint NOT NULL,
    subject_id  bigint   NOT NULL,
    amount      bigint   NOT NULL,
    happened_ms bigint   NOT NULL,
    endpoint_id bigint   NOT NULL REFERENCES webhook_endpoint ON DELETE CASCADE,
    state       text     NOT NULL DEFAULT 'QUEUED' CHECK (state IN ('QUEUED', 'SENT', 'DEAD')),
    tries       integer  NOT NULL DEFAULT 0,
    next_ms     bigint   NOT NULL,
    last_result text,
    sent_ms     bigint,
    CONSTRAINT notice_once UNIQUE (kind, sequence, index, endpoint_id)
);
COMMENT ON COLUMN notice.sequence IS 'Record of the journal; index is the place of the event in it';
COMMENT ON COLUMN notice.subject_id IS 'Wallet or shop, as the kind says';
COMMENT ON COLUMN notice.next_ms IS 'When it is sent, or tried again, at the earliest';
COMMENT ON COLUMN notice.last_result IS 'Of the last try: HTTP status, or a word of ours';
CREATE INDEX notice_due ON notice (next_ms) WHERE state = 'QUEUED';
CREATE INDEX notice_by_circuit ON notice (circuit_id, notice_id DESC);
CREATE INDEX notice_by_endpoint ON notice (endpoint_id, state);

-- SPDX-License-Identifier: EUPL-1.2
--
-- Batches of cards and what is printed on them. No token, code or PIN lies here: they follow from keys in the secrets.

CREATE TABLE card_face (
    circuit_id   integer PRIMARY KEY,
    municipality text    NOT NULL CHECK (length(municipality) BETWEEN 1 AND 60),
    office       text    NOT NULL CHECK (length(office) BETWEEN 1 AND 100),
    contact      text    NOT NULL CHECK (length(contact) BETWEEN 1 AND 200),
    block_page   text    NOT NULL CHECK (length(block_page) BETWEEN 1 AND 60),
    block_phone  text    NOT NULL CHECK (length(block_phone) BETWEEN 1 AND 30),
    operator_id  bigint  NOT NULL,
    changed_ms   bigint  NOT NULL
);
COMMENT ON TABLE card_face IS 'What is the same on all cards and sheets of a circuit: neither funder nor programme.';

CREATE TABLE card_batch (
    batch_id    bigint  GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    circuit_id  integer NOT NULL,
    operator_id bigint  NOT NULL,
    request_key uuid    NOT NULL UNIQUE,
    cards       integer NOT NULL CHECK (cards BETWEEN 1 AND 20000),
    made        integer NOT NULL DEFAULT 0 CHECK (made BETWEEN 0 AND cards),
    created_ms  bigint  NOT NULL,
    printed_ms  bigint,
    printed_by  bigint,
    CHECK ((printed_ms IS NULL) = (printed_by IS NULL)),
    CHECK (printed_ms IS NULL OR made = cards)
);
CREATE INDEX card_batch_by_circuit ON card_batch (circuit_id, batch_id);
CREATE INDEX card_batch_unmade ON card_batch (batch_id) WHERE made < cards;
COMMENT ON COLUMN card_batch.request_key IS 'Tokens follow from it, with a key of the secrets.';
COMMENT ON COLUMN card_batch.printed_ms IS 'From then on there is no print file any more.';

CREATE TABLE card_batch_part (
    batch_id      bigint  NOT NULL REFERENCES card_batch,
    part          integer NOT NULL CHECK (part >= 0),
    command_key   uuid    NOT NULL,
    cards         integer NOT NULL CHECK (cards BETWEEN 1 AND 100),
    first_card_id bigint,
    PRIMARY KEY (batch_id, part)
);
COMMENT ON TABLE card_batch_part IS 'One command IssueCards: its key is written before it is sent, so that it is sent again as the same one.';

CREATE TABLE card_batch_print (
    print_id    bigint  GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    batch_id    bigint  NOT NULL REFERENCES card_batch,
    part        integer NOT NULL,
    operator_id bigint  NOT NULL,
    printed_ms  bigint  NOT NULL
);
CREATE INDEX card_batch_print_by_batch ON card_batch_print (batch_id, print_id);
COMMENT ON TABLE card_batch_print IS 'Who fetched the print file of a batch, and when.';

-- SPDX-License-Identifier: EUPL-1.2
--
-- What banks and accounting tell of ordered payments, by file; and which commitments of the budget mandates are charged to. ops/docs/settlement.md tells how.

ALTER TABLE payment_order_item DROP CONSTRAINT payment_order_item_state_check;
ALTER TABLE payment_order_item ADD CONSTRAINT payment_order_item_state_check
    CHECK (state IN ('PLANNED', 'ORDERED', 'LEFT_OUT', 'PAID', 'REJECTED', 'WITHDRAWN', 'BOUNCED'));
COMMENT ON COLUMN payment_order_item.state IS 'BOUNCED was paid and came back from the payee''s bank';

CREATE TABLE accounting_commitment (
    commitment_id bigint  GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    circuit_id    integer NOT NULL,
    programme_id  bigint  NOT NULL,
    chapter       text    NOT NULL CHECK (length(chapter) BETWEEN 1 AND 40),
    budget_year   integer NOT NULL CHECK (budget_year BETWEEN 2000 AND 2199),
    number        text    NOT NULL CHECK (length(number) BETWEEN 1 AND 40),
    amount        bigint  NOT NULL CHECK (amount > 0),
    made_by       bigint  NOT NULL,
    made_ms       bigint  NOT NULL,
    CONSTRAINT accounting_commitment_number UNIQUE (programme_id, budget_year, number)
);
COMMENT ON TABLE accounting_commitment IS 'Commitments of the budget (impegni) that mandates for a programme are charged to, in the order in which they are used up.';
COMMENT ON COLUMN accounting_commitment.amount IS 'Cents that may be charged to it';

ALTER TABLE payment_order_item
    ADD COLUMN commitment_id       bigint REFERENCES accounting_commitment,
    ADD COLUMN mandate_year        integer,
    ADD COLUMN mandate_number      bigint,
    ADD COLUMN mandate_beneficiary integer,
    ADD CHECK ((mandate_year IS NULL) = (mandate_number IS NULL) AND (mandate_year IS NULL) = (mandate_beneficiary IS NULL));
COMMENT ON COLUMN payment_order_item.commitment_id IS 'What a mandate is charged to; null when the programme has no commitments';
COMMENT ON COLUMN payment_order_item.mandate_beneficiary IS 'Place of the payment in its mandate, from 1';
CREATE INDEX payment_order_item_by_mandate ON payment_order_item (mandate_number, mandate_year) WHERE mandate_number IS NOT NULL;
CREATE INDEX payment_order_item_by_commitment ON payment_order_item (commitment_id) WHERE commitment_id IS NOT NULL;

CREATE TABLE reconciliation (
    reconciliation_id bigint  GENERATED ALWAYS AS IDENTITY (START WITH 600000000000001) PRIMARY KEY,
    circuit_id        integer NOT NULL,
    format            text    NOT NULL CHECK (format IN ('STATEMENT', 'CASH_JOURNAL', 'MANDATES')),
    digest            bytea   NOT NULL CHECK (octet_length(digest) = 32),
    entries           integer NOT NULL CHECK (entries >= 0),
    key               uuid    NOT NULL UNIQUE,
    told_by           bigint  NOT NULL,
    told_ms           bigint  NOT NULL,
    state             text    NOT NULL CHECK (state IN ('NOTING', 'DONE'))
);
COMMENT ON TABLE reconciliation IS 'A file that told what became of payments. The file itself is not kept.';
COMMENT ON COLUMN reconciliation.digest IS 'SHA-256 of the file';
COMMENT ON COLUMN reconciliation.entries IS 'Entries of the file, those included that are about no payment of ours and of which nothing is kept';
COMMENT ON COLUMN reconciliation.key IS 'Idempotency key of the request, from which those of the commands are derived';
CREATE INDEX reconciliation_by_circuit ON reconciliation (circuit_id, reconciliation_id DESC);
CREATE INDEX reconciliation_under_way ON reconciliation (reconciliation_id) WHERE state = 'NOTING';

CREATE TABLE reconciliation_line (
    reconciliation_id   bigint  NOT NULL REFERENCES reconciliation,
    line                integer NOT NULL,
    reference           text,
    mandate_year        integer,
    mandate_number      bigint,
    mandate_beneficiary integer,
    is_paid             boolean,
    amount              bigint  NOT NULL,
    day                 date,
    reason              text,
    result              text,
    PRIMARY KEY (reconciliation_id, line),
    CHECK (reference IS NOT NULL OR mandate_number IS NOT NULL)
);
COMMENT ON COLUMN reconciliation_line.line IS 'Place in the file, from 1';
COMMENT ON COLUMN reconciliation_line.is_paid IS 'False: it was not paid, or came back; null: the line only names the mandate';
COMMENT ON COLUMN reconciliation_line.result IS 'What was done with it; null = not yet';
CREATE INDEX reconciliation_line_waiting ON reconciliation_line (reconciliation_id, line) WHERE result IS NULL;

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

CREATE TABLE debit_note (
    settlement_id bigint  NOT NULL,
    merchant_id   bigint  NOT NULL,
    circuit_id    integer NOT NULL,
    number        text    NOT NULL CHECK (length(number) BETWEEN 1 AND 40),
    note_date     date    NOT NULL,
    note_year     integer NOT NULL GENERATED ALWAYS AS (extract(year FROM note_date)) STORED,
    total         bigint  NOT NULL CHECK (total > 0),
    confirmed_by  text    NOT NULL,
    confirmed_ms  bigint  NOT NULL,
    PRIMARY KEY (settlement_id, merchant_id),
    CONSTRAINT debit_note_number UNIQUE (merchant_id, note_year, number)
);
COMMENT ON TABLE debit_note IS 'Notes that shops confirmed: until then a note is a draft, made of the lines of its settlement.';
COMMENT ON COLUMN debit_note.number IS 'The shop''s own';
COMMENT ON COLUMN debit_note.confirmed_by IS 'Who told it: a till of the shop (trm_…) or the desk, from paper (opr_…)';

CREATE TABLE payment_check (
    check_id    bigint  GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    circuit_id  integer NOT NULL,
    merchant_id bigint  NOT NULL,
    kind        text    NOT NULL CHECK (kind IN ('ART_48_BIS', 'DURC', 'SEIZURE')),
    is_clear    boolean NOT NULL,
    valid_until date    NOT NULL,
    reference   text    NOT NULL CHECK (length(reference) BETWEEN 1 AND 120),
    made_by     bigint  NOT NULL,
    made_ms     bigint  NOT NULL
);
COMMENT ON TABLE payment_check IS 'What was found before paying a shop: of each kind the last one counts, until it is no longer valid.';
COMMENT ON COLUMN payment_check.reference IS 'Of the answer of the authority, or of the act';
CREATE INDEX payment_check_by_merchant ON payment_check (merchant_id, kind, check_id DESC);

CREATE TABLE payment_order (
    order_id       bigint  GENERATED ALWAYS AS IDENTITY (START WITH 700000000000001) PRIMARY KEY,
    settlement_id  bigint  NOT NULL,
    circuit_id     integer NOT NULL,
    kind           text    NOT NULL CHECK (kind IN ('MANDATE', 'SEPA')),
    execution_date date    NOT NULL,
    debtor         jsonb,
    key            uuid    NOT NULL UNIQUE,
    made_by        bigint  NOT NULL,
    made_ms        bigint  NOT NULL,
    state          text    NOT NULL CHECK (state IN ('ORDERING', 'ORDERED')),
    CHECK ((kind = 'SEPA') = (debtor IS NOT NULL))
);
COMMENT ON COLUMN payment_order.order_id IS 'Also the reference that the core is told';
COMMENT ON COLUMN payment_order.debtor IS 'Of a SEPA order: name, iban, bic and cuc of who pays';
COMMENT ON COLUMN payment_order.key IS 'Idempotency key of the request, from which those of the commands are derived';
CREATE INDEX payment_order_by_settlement ON payment_order (settlement_id, order_id);
CREATE UNIQUE INDEX payment_order_under_way ON payment_order (settlement_id) WHERE state = 'ORDERING';

CREATE TABLE payment_order_item (
    order_id     bigint   NOT NULL REFERENCES payment_order,
    item         integer  NOT NULL,
    merchant_id  bigint   NOT NULL,
    lines        bigint[] NOT NULL CHECK (cardinality(lines) BETWEEN 1 AND 64),
    programme_id bigint,
    amount       bigint   NOT NULL CHECK (amount > 0),
    reference    text     NOT NULL UNIQUE,
    payee        bigint,
    state        text     NOT NULL CHECK (state IN ('PLANNED', 'ORDERED', 'LEFT_OUT', 'PAID', 'REJECTED', 'WITHDRAWN')),
    reason       text,
    mandate      text,
    changed_ms   bigint   NOT NULL,
    PRIMARY KEY (order_id, item),
    CHECK (state IN ('PLANNED', 'LEFT_OUT') OR payee IS NOT NULL)
);
COMMENT ON TABLE payment_order_item IS 'What is paid in one go: by mandate one line, which is of one programme and so of one commitment; by SEPA all lines of a shop.';
COMMENT ON COLUMN payment_order_item.reference IS 'EndToEndId of a credit transfer, reference of a mandate: what outcomes name';
COMMENT ON COLUMN payment_order_item.payee IS 'The account in force when it was ordered';
COMMENT ON COLUMN payment_order_item.reason IS 'Why it is left out, or was rejected';
COMMENT ON COLUMN payment_order_item.mandate IS 'Number of the mandate, as accounting told it';
CREATE INDEX payment_order_item_planned ON payment_order_item (order_id, item) WHERE state = 'PLANNED';

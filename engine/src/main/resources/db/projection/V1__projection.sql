-- SPDX-License-Identifier: EUPL-1.2
--
-- The projection: what the journal says, as rows. One writer (the projector), any number of readers. Everything here can be dropped and built again
-- from the journal; nothing here is ever read back by the engine, except `position`.
--
-- Column names are the words of the protocol (ies-protocol.xml). Amounts are minor units (cents); *_ms are milliseconds since the epoch, UTC; enums are
-- the protocol's numbers, named in the comments; identifiers are the core's numbers, 0 means "none". `sequence` is the record that created the row.
-- No PIN-derived value ever comes here; card tokens lie apart, in card_token, which readers may not see.

CREATE TABLE position (
    only_row          boolean  PRIMARY KEY DEFAULT true CHECK (only_row),
    format            smallint NOT NULL,
    last_sequence     bigint   NOT NULL,
    chain_hash        bytea    NOT NULL CHECK (octet_length(chain_hash) = 32),
    last_timestamp_ms bigint   NOT NULL
);
COMMENT ON TABLE position IS 'How far the rows go. It changes in the transaction that changes the rows, and only from the sequence that was expected.';
COMMENT ON COLUMN position.chain_hash IS 'Chain hash of the journal at last_sequence; zeros at 0.';
INSERT INTO position (format, last_sequence, chain_hash, last_timestamp_ms) VALUES (1, 0, decode(repeat('00', 32), 'hex'), 0);

CREATE TABLE installation (
    only_row           boolean  PRIMARY KEY DEFAULT true CHECK (only_row),
    mode               smallint NOT NULL DEFAULT 0,
    clock_offset_ms    bigint   NOT NULL DEFAULT 0,
    clock_suspect      boolean  NOT NULL DEFAULT false,
    watermark_ms       bigint   NOT NULL DEFAULT 0,
    watermark_sequence bigint   NOT NULL DEFAULT 0
);
COMMENT ON COLUMN installation.mode IS '0 not started, 1 SANDBOX, 2 LIVE';
COMMENT ON COLUMN installation.watermark_ms IS 'Keys at or before this time have left the window of the core: their answers are in command_key, or they never executed.';
COMMENT ON COLUMN installation.watermark_sequence IS 'Record that raised the watermark to this.';
INSERT INTO installation DEFAULT VALUES;

CREATE TABLE circuit (
    circuit_id          integer  PRIMARY KEY,
    reference           bigint   NOT NULL,
    flags               integer  NOT NULL DEFAULT 0,
    legal_basis         integer  NOT NULL DEFAULT 0,
    tariff_flat         bigint   NOT NULL DEFAULT 0,
    tariff_basis_points integer  NOT NULL DEFAULT 0,
    fee_residue         bigint   NOT NULL DEFAULT 0,
    setup_open          boolean  NOT NULL DEFAULT true,
    opened_ms           bigint   NOT NULL,
    sequence            bigint   NOT NULL
);
COMMENT ON COLUMN circuit.flags IS 'Bits: 1 transfers between persons, 2 redemption by persons';
COMMENT ON COLUMN circuit.fee_residue IS 'What rounding fees down left to the payers, in ten-thousandths of a minor unit';

CREATE TABLE unit (
    circuit_id integer  NOT NULL,
    unit       smallint NOT NULL,
    scale      smallint NOT NULL,
    PRIMARY KEY (circuit_id, unit)
);
COMMENT ON COLUMN unit.unit IS '1 EUR, 2 IES, 3 HOURS';

CREATE TABLE operator (
    operator_id     bigint  PRIMARY KEY,
    circuit_id      integer NOT NULL,
    person_id       bigint  NOT NULL,
    roles           integer NOT NULL,
    effective_at_ms bigint  NOT NULL,
    appointed_ms    bigint  NOT NULL,
    sequence        bigint  NOT NULL
);
COMMENT ON TABLE operator IS 'The last appointment of each operator; all of them are in operator_appointment.';
COMMENT ON COLUMN operator.roles IS 'Bits: 1 INSTALLATION, 2 ADMIN, 4 SOCIAL, 8 TREASURER, 16 AUDITOR';
COMMENT ON COLUMN operator.effective_at_ms IS 'Roles that this appointment added work from here on.';
CREATE INDEX operator_by_circuit ON operator (circuit_id, operator_id);

CREATE TABLE operator_appointment (
    sequence        bigint   NOT NULL,
    index           smallint NOT NULL,
    operator_id     bigint   NOT NULL,
    circuit_id      integer  NOT NULL,
    person_id       bigint   NOT NULL,
    roles           integer  NOT NULL,
    effective_at_ms bigint   NOT NULL,
    timestamp_ms    bigint   NOT NULL,
    PRIMARY KEY (sequence, index)
);
COMMENT ON COLUMN operator_appointment.index IS 'Place of the event in its record, from 0';
CREATE INDEX operator_appointment_by_operator ON operator_appointment (operator_id, sequence);

CREATE TABLE proposal (
    proposal_id        bigint   PRIMARY KEY,
    circuit_id         integer  NOT NULL,
    kind               smallint NOT NULL,
    state              smallint NOT NULL,
    subject_id         bigint   NOT NULL,
    target_id          bigint   NOT NULL,
    amount             bigint   NOT NULL,
    extra              bigint   NOT NULL,
    row_count          integer  NOT NULL,
    digest             bytea    NOT NULL,
    proposer_id        bigint   NOT NULL,
    proposer_person_id bigint   NOT NULL,
    proposed_ms        bigint   NOT NULL,
    decider_id         bigint   NOT NULL DEFAULT 0,
    decider_person_id  bigint   NOT NULL DEFAULT 0,
    decided_ms         bigint   NOT NULL DEFAULT 0,
    decided_sequence   bigint   NOT NULL DEFAULT 0,
    rows_done          integer  NOT NULL DEFAULT 0,
    total_done         bigint   NOT NULL DEFAULT 0,
    sequence           bigint   NOT NULL
);
COMMENT ON COLUMN proposal.kind IS '1 APPOINT_OPERATOR, 2 PUBLISH_PROGRAMME, 3 MOVE_FUND, 4 TOP_UP, 5 TOP_UP_BATCH, 6 MOVE_RESERVE, 7 ISSUE_IES, 8 REDEEM_IES, 9 SET_TARIFF, 10 CONFIGURE_CIRCUIT';
COMMENT ON COLUMN proposal.state IS '1 PROPOSED, 2 APPROVED (a batch whose rows are being executed), 3 EXECUTED, 4 REJECTED';
CREATE INDEX proposal_by_circuit ON proposal (circuit_id, proposal_id);
CREATE INDEX proposal_open ON proposal (circuit_id, proposal_id) WHERE state IN (1, 2);
CREATE INDEX proposal_by_subject ON proposal (subject_id, kind, proposal_id);

CREATE TABLE merchant (
    merchant_id   bigint   PRIMARY KEY,
    circuit_id    integer  NOT NULL,
    category      smallint NOT NULL,
    status        smallint NOT NULL,
    registered_ms bigint   NOT NULL,
    sequence      bigint   NOT NULL
);
COMMENT ON COLUMN merchant.category IS '0 to 63: the bit of programme.categories';
COMMENT ON COLUMN merchant.status IS '1 ACTIVE, 2 SUSPENDED';
CREATE INDEX merchant_by_circuit ON merchant (circuit_id, merchant_id);

CREATE TABLE outlet (
    outlet_id   bigint  PRIMARY KEY,
    merchant_id bigint  NOT NULL,
    circuit_id  integer NOT NULL,
    opened_ms   bigint  NOT NULL,
    sequence    bigint  NOT NULL
);
CREATE INDEX outlet_by_merchant ON outlet (merchant_id, outlet_id);

CREATE TABLE terminal (
    terminal_id   bigint   PRIMARY KEY,
    outlet_id     bigint   NOT NULL,
    circuit_id    integer  NOT NULL,
    status        smallint NOT NULL,
    public_key    bytea,
    registered_ms bigint   NOT NULL,
    enrolled_ms   bigint   NOT NULL DEFAULT 0,
    revoked_ms    bigint   NOT NULL DEFAULT 0,
    sequence      bigint   NOT NULL
);
COMMENT ON COLUMN terminal.status IS '1 REGISTERED, 2 ENROLLED, 3 REVOKED';
COMMENT ON COLUMN terminal.public_key IS 'P-256 point, x then y, 64 bytes; null before enrolment';
CREATE INDEX terminal_by_outlet ON terminal (outlet_id, terminal_id);
CREATE INDEX terminal_by_circuit ON terminal (circuit_id, terminal_id);

CREATE TABLE programme (
    programme_id       bigint   PRIMARY KEY,
    circuit_id         integer  NOT NULL,
    status             smallint NOT NULL,
    categories         bigint   NOT NULL,
    valid_from_ms      bigint   NOT NULL,
    valid_until_ms     bigint   NOT NULL,
    cap1               bigint   NOT NULL,
    cap2               bigint   NOT NULL,
    cap3               bigint   NOT NULL,
    cap4               bigint   NOT NULL,
    cap5               bigint   NOT NULL,
    fund_account_id    bigint   NOT NULL DEFAULT 0,
    funding_account_id bigint   NOT NULL DEFAULT 0,
    created_ms         bigint   NOT NULL,
    status_changed_ms  bigint   NOT NULL,
    sequence           bigint   NOT NULL
);
COMMENT ON COLUMN programme.status IS '1 DRAFT, 2 ACTIVE, 3 SUSPENDED';
COMMENT ON COLUMN programme.categories IS 'Bit n = merchants of category n are admitted';
COMMENT ON COLUMN programme.cap5 IS 'cap1 to cap5: most a household of 1, 2, 3, 4, 5 or more persons may be topped up with in all; 0 = no cap';
CREATE INDEX programme_by_circuit ON programme (circuit_id, programme_id);

CREATE TABLE wallet (
    wallet_id      bigint   PRIMARY KEY,
    circuit_id     integer  NOT NULL,
    holder_id      bigint   NOT NULL DEFAULT 0,
    household_size smallint NOT NULL DEFAULT 0,
    opened_ms      bigint   NOT NULL,
    sequence       bigint   NOT NULL
);
COMMENT ON COLUMN wallet.holder_id IS 'Opaque id in the people vault; 0 before the wallet is assigned';
CREATE INDEX wallet_by_circuit ON wallet (circuit_id, wallet_id);
CREATE INDEX wallet_by_holder ON wallet (holder_id) WHERE holder_id <> 0;

CREATE TABLE card (
    card_id           bigint   PRIMARY KEY,
    wallet_id         bigint   NOT NULL,
    circuit_id        integer  NOT NULL,
    replaces_card_id  bigint   NOT NULL,
    status            smallint NOT NULL,
    issued_ms         bigint   NOT NULL,
    assigned_ms       bigint   NOT NULL DEFAULT 0,
    status_changed_ms bigint   NOT NULL,
    sequence          bigint   NOT NULL
);
COMMENT ON COLUMN card.status IS '1 ISSUED, 2 ACTIVE, 3 BLOCKED, 4 REPLACED';
CREATE INDEX card_by_circuit ON card (circuit_id, card_id);
CREATE INDEX card_by_wallet ON card (wallet_id, card_id);

CREATE TABLE card_token (
    card_id  bigint PRIMARY KEY,
    token_hi bigint NOT NULL,
    token_lo bigint NOT NULL
);
COMMENT ON TABLE card_token IS 'What a card''s QR code says. Only for the ledger hash: readers have no grant.';

CREATE TABLE account (
    account_id      bigint   PRIMARY KEY,
    owner_id        bigint   NOT NULL,
    programme_id    bigint   NOT NULL,
    circuit_id      integer  NOT NULL,
    kind            smallint NOT NULL,
    unit            smallint NOT NULL,
    debits_pending  bigint   NOT NULL DEFAULT 0,
    debits_posted   bigint   NOT NULL DEFAULT 0,
    credits_pending bigint   NOT NULL DEFAULT 0,
    credits_posted  bigint   NOT NULL DEFAULT 0,
    available       bigint   NOT NULL GENERATED ALWAYS AS (
        CASE WHEN kind IN (1, 5, 7) THEN debits_posted - credits_posted - credits_pending ELSE credits_posted - debits_posted - debits_pending END) STORED,
    opened_ms       bigint   NOT NULL,
    sequence        bigint   NOT NULL
) WITH (fillfactor = 70);
COMMENT ON COLUMN account.kind IS '1 FUNDING, 2 FUND, 3 POCKET, 4 PAYABLE, 5 RESERVE_BANK, 6 RESERVE, 7 ISSUANCE, 8 IES_WALLET, 9 FEES';
COMMENT ON COLUMN account.unit IS '1 EUR, 2 IES, 3 HOURS';
COMMENT ON COLUMN account.owner_id IS 'Wallet of POCKET and IES_WALLET, merchant of PAYABLE, programme of FUNDING and FUND, else 0';
COMMENT ON COLUMN account.available IS 'What the account can still give; for contra accounts (FUNDING, RESERVE_BANK, ISSUANCE) what came in through it';
CREATE INDEX account_by_owner ON account (owner_id, kind);
CREATE INDEX account_by_programme ON account (programme_id, kind) WHERE programme_id <> 0;
CREATE INDEX account_by_circuit ON account (circuit_id, kind);

CREATE TABLE hold (
    hold_id           bigint   PRIMARY KEY,
    payment_id        bigint   NOT NULL,
    debit_account_id  bigint   NOT NULL,
    credit_account_id bigint   NOT NULL,
    amount            bigint   NOT NULL,
    captured          bigint   NOT NULL,
    refunded          bigint   NOT NULL DEFAULT 0,
    state             smallint NOT NULL
) WITH (fillfactor = 90);
COMMENT ON TABLE hold IS 'The parts of a payment, in the order they were drawn: money from a pocket or IES wallet to a payable.';
COMMENT ON COLUMN hold.state IS '1 HELD, 2 CAPTURED, 3 RELEASED';
CREATE INDEX hold_by_payment ON hold (payment_id, hold_id);

CREATE TABLE payment (
    payment_id         bigint   PRIMARY KEY,
    circuit_id         integer  NOT NULL,
    wallet_id          bigint   NOT NULL,
    card_id            bigint   NOT NULL,
    merchant_id        bigint   NOT NULL,
    outlet_id          bigint   NOT NULL,
    terminal_id        bigint   NOT NULL,
    state              smallint NOT NULL,
    outcome            smallint NOT NULL,
    bill_total         bigint   NOT NULL,
    eligible_amount    bigint   NOT NULL,
    drawn              bigint   NOT NULL,
    captured_total     bigint   NOT NULL,
    refunded_total     bigint   NOT NULL DEFAULT 0,
    remaining          bigint   NOT NULL DEFAULT 0,
    tries_left         smallint NOT NULL DEFAULT 0,
    terminal_reference bigint   NOT NULL,
    created_ms         bigint   NOT NULL,
    changed_ms         bigint   NOT NULL,
    deadline_ms        bigint   NOT NULL,
    closed_ms          bigint   NOT NULL DEFAULT 0,
    sequence           bigint   NOT NULL,
    changed_sequence   bigint   NOT NULL
) WITH (fillfactor = 90);
COMMENT ON TABLE payment IS 'Payments made and payments rejected.';
COMMENT ON COLUMN payment.state IS '1 AUTHORIZED, 2 CAPTURED, 3 VOIDED, 4 EXPIRED, 5 REJECTED, 6 REFUNDED, 7 PARTIALLY_REFUNDED';
COMMENT ON COLUMN payment.outcome IS 'ResultCode: 0, or why the payment was rejected';
COMMENT ON COLUMN payment.remaining IS 'Of a rejected payment: what could have been drawn';
COMMENT ON COLUMN payment.tries_left IS 'Of a payment rejected for a wrong PIN';
COMMENT ON COLUMN payment.closed_ms IS 'When the payment left the core and could no longer change; 0 before';
CREATE INDEX payment_by_circuit ON payment (circuit_id, payment_id);
CREATE INDEX payment_by_merchant ON payment (merchant_id, created_ms, payment_id);
CREATE INDEX payment_by_wallet ON payment (wallet_id, payment_id) WHERE wallet_id <> 0;
CREATE INDEX payment_by_terminal_reference ON payment (terminal_id, terminal_reference);

CREATE TABLE payment_change (
    sequence       bigint   NOT NULL,
    index          smallint NOT NULL,
    payment_id     bigint   NOT NULL,
    amount         bigint   NOT NULL,
    captured_total bigint   NOT NULL,
    refunded_total bigint   NOT NULL,
    state          smallint NOT NULL,
    timestamp_ms   bigint   NOT NULL,
    PRIMARY KEY (sequence, index)
);
COMMENT ON TABLE payment_change IS 'Captures, voids, expiries and refunds of payments, each with the totals after it.';
CREATE INDEX payment_change_by_payment ON payment_change (payment_id, sequence);

CREATE TABLE transfer (
    transfer_id    bigint  PRIMARY KEY,
    circuit_id     integer NOT NULL,
    from_wallet_id bigint  NOT NULL,
    to_wallet_id   bigint  NOT NULL,
    amount         bigint  NOT NULL,
    fee            bigint  NOT NULL,
    residue        bigint  NOT NULL,
    timestamp_ms   bigint  NOT NULL,
    sequence       bigint  NOT NULL
);
COMMENT ON COLUMN transfer.residue IS 'What rounding the fee down left to the payer, in ten-thousandths of a minor unit';
CREATE INDEX transfer_by_from_wallet ON transfer (from_wallet_id, transfer_id);
CREATE INDEX transfer_by_to_wallet ON transfer (to_wallet_id, transfer_id);
CREATE INDEX transfer_by_circuit ON transfer (circuit_id, transfer_id);

CREATE TABLE ledger_entry (
    sequence          bigint   NOT NULL,
    index             smallint NOT NULL,
    circuit_id        integer  NOT NULL,
    kind              smallint NOT NULL,
    reason            smallint NOT NULL,
    debit_account_id  bigint   NOT NULL,
    credit_account_id bigint   NOT NULL,
    amount            bigint   NOT NULL,
    released          bigint   NOT NULL,
    hold_id           bigint   NOT NULL,
    payment_id        bigint   NOT NULL,
    reference_id      bigint   NOT NULL,
    timestamp_ms      bigint   NOT NULL,
    PRIMARY KEY (sequence, index)
);
COMMENT ON TABLE ledger_entry IS 'Every movement between two accounts, in the direction the money took: a refund debits the payable. Posted money are the kinds 131, 133, 134 and 136.';
COMMENT ON COLUMN ledger_entry.circuit_id IS 'Circuit of both accounts';
COMMENT ON COLUMN ledger_entry.kind IS 'Template id of the event: 131 TransferPosted, 132 HoldPlaced (pending), 133 HoldPosted, 134 HoldCaptured, 135 HoldReleased (pending, undone), 136 HoldRefunded';
COMMENT ON COLUMN ledger_entry.reason IS 'Of a transfer: 1 FUND_MOVED, 2 TOPPED_UP, 3 EXPIRED, 4 RESERVE_MOVED, 5 IES_ISSUED, 6 IES_REDEEMED, 7 TRANSFERRED, 8 FEE, 9 RESERVE_RELEASED; else 0';
COMMENT ON COLUMN ledger_entry.released IS 'Of a HoldCaptured: pending money freed beside the captured amount';
CREATE INDEX ledger_entry_by_debit_account ON ledger_entry (debit_account_id, sequence, index);
CREATE INDEX ledger_entry_by_credit_account ON ledger_entry (credit_account_id, sequence, index);
CREATE INDEX ledger_entry_by_payment ON ledger_entry (payment_id, sequence, index) WHERE payment_id <> 0;

CREATE TABLE top_up (
    sequence     bigint   NOT NULL,
    index        smallint NOT NULL,
    circuit_id   integer  NOT NULL,
    wallet_id    bigint   NOT NULL,
    programme_id bigint   NOT NULL,
    account_id   bigint   NOT NULL,
    amount       bigint   NOT NULL,
    proposal_id  bigint   NOT NULL,
    timestamp_ms bigint   NOT NULL,
    PRIMARY KEY (sequence, index)
);
CREATE INDEX top_up_by_wallet ON top_up (wallet_id, sequence);
CREATE INDEX top_up_by_proposal ON top_up (proposal_id, sequence, index);
CREATE INDEX top_up_by_programme ON top_up (programme_id, sequence);

CREATE TABLE top_up_refusal (
    sequence     bigint   NOT NULL,
    index        smallint NOT NULL,
    circuit_id   integer  NOT NULL,
    proposal_id  bigint   NOT NULL,
    row          integer  NOT NULL,
    wallet_id    bigint   NOT NULL,
    amount       bigint   NOT NULL,
    code         smallint NOT NULL,
    timestamp_ms bigint   NOT NULL,
    PRIMARY KEY (sequence, index)
);
COMMENT ON COLUMN top_up_refusal.code IS 'ResultCode';
CREATE INDEX top_up_refusal_by_proposal ON top_up_refusal (proposal_id, row);

CREATE TABLE pocket_sweep (
    sequence     bigint   NOT NULL,
    index        smallint NOT NULL,
    wallet_id    bigint   NOT NULL,
    programme_id bigint   NOT NULL,
    account_id   bigint   NOT NULL,
    amount       bigint   NOT NULL,
    timestamp_ms bigint   NOT NULL,
    PRIMARY KEY (sequence, index)
);
COMMENT ON TABLE pocket_sweep IS 'Money of ended pockets that went back to its fund.';
CREATE INDEX pocket_sweep_by_wallet ON pocket_sweep (wallet_id, sequence);
CREATE INDEX pocket_sweep_by_programme ON pocket_sweep (programme_id, sequence);

CREATE TABLE fund_movement (
    sequence     bigint   NOT NULL,
    index        smallint NOT NULL,
    circuit_id   integer  NOT NULL,
    programme_id bigint   NOT NULL,
    amount       bigint   NOT NULL,
    available    bigint   NOT NULL,
    timestamp_ms bigint   NOT NULL,
    PRIMARY KEY (sequence, index)
);
COMMENT ON COLUMN fund_movement.amount IS 'Negative: back to the funder';
CREATE INDEX fund_movement_by_programme ON fund_movement (programme_id, sequence);

CREATE TABLE reserve_movement (
    sequence     bigint   NOT NULL,
    index        smallint NOT NULL,
    circuit_id   integer  NOT NULL,
    amount       bigint   NOT NULL,
    reserve      bigint   NOT NULL,
    timestamp_ms bigint   NOT NULL,
    PRIMARY KEY (sequence, index)
);
COMMENT ON COLUMN reserve_movement.amount IS 'Negative: out of the reserve';
CREATE INDEX reserve_movement_by_circuit ON reserve_movement (circuit_id, sequence);

CREATE TABLE issuance (
    sequence     bigint   NOT NULL,
    index        smallint NOT NULL,
    circuit_id   integer  NOT NULL,
    wallet_id    bigint   NOT NULL,
    amount       bigint   NOT NULL,
    outstanding  bigint   NOT NULL,
    timestamp_ms bigint   NOT NULL,
    PRIMARY KEY (sequence, index)
);
COMMENT ON TABLE issuance IS 'IES issued to a wallet against the reserve.';
CREATE INDEX issuance_by_circuit ON issuance (circuit_id, sequence);

CREATE TABLE redemption (
    sequence     bigint   NOT NULL,
    index        smallint NOT NULL,
    circuit_id   integer  NOT NULL,
    wallet_id    bigint   NOT NULL,
    amount       bigint   NOT NULL,
    outstanding  bigint   NOT NULL,
    timestamp_ms bigint   NOT NULL,
    PRIMARY KEY (sequence, index)
);
COMMENT ON TABLE redemption IS 'IES redeemed against the reserve; wallet_id 0 when a merchant redeemed.';
CREATE INDEX redemption_by_circuit ON redemption (circuit_id, sequence);

CREATE TABLE command_key (
    key                 uuid     PRIMARY KEY,
    sequence            bigint   NOT NULL,
    outcome             smallint NOT NULL,
    burned              boolean  NOT NULL,
    command_template_id smallint NOT NULL,
    principal_kind      smallint NOT NULL,
    principal_id        bigint   NOT NULL,
    circuit_id          integer  NOT NULL,
    timestamp_ms        bigint   NOT NULL
);
COMMENT ON TABLE command_key IS 'What became of every idempotency key that was journaled. Evidence for a missing key only once position.last_sequence has passed installation.watermark_sequence and the key is at or below the watermark.';
COMMENT ON COLUMN command_key.sequence IS 'Record that holds the answer; of a burned key the record that burned it';
COMMENT ON COLUMN command_key.outcome IS 'ResultCode';
COMMENT ON COLUMN command_key.principal_kind IS '0 SYSTEM, 1 OPERATOR, 2 TERMINAL, 3 HOLDER, 4 SERVICE';

-- Reserve, issue and fees of a circuit, straight from its accounts.
CREATE VIEW circuit_balance AS
SELECT c.circuit_id,
       coalesce(sum(a.available) FILTER (WHERE a.kind = 6), 0)::bigint AS reserve,
       coalesce(sum(a.available) FILTER (WHERE a.kind = 7), 0)::bigint AS outstanding,
       coalesce(sum(a.available) FILTER (WHERE a.kind = 9), 0)::bigint AS fees
FROM circuit c
LEFT JOIN account a ON a.circuit_id = c.circuit_id AND a.kind IN (6, 7, 9)
GROUP BY c.circuit_id;

-- Where the money of a programme is: funded = in the fund + in pockets + held + owed to merchants.
CREATE VIEW programme_balance AS
SELECT p.programme_id,
       p.circuit_id,
       coalesce(sum(a.available) FILTER (WHERE a.kind = 1), 0)::bigint AS funded,
       coalesce(sum(a.available) FILTER (WHERE a.kind = 2), 0)::bigint AS available,
       coalesce(sum(a.available) FILTER (WHERE a.kind = 3), 0)::bigint AS in_pockets,
       coalesce(sum(a.debits_pending) FILTER (WHERE a.kind = 3), 0)::bigint AS held,
       coalesce(sum(a.available) FILTER (WHERE a.kind = 4), 0)::bigint AS payable
FROM programme p
LEFT JOIN account a ON a.programme_id = p.programme_id
GROUP BY p.programme_id, p.circuit_id;

-- Group roles without login. Operations make login roles and grant them one of these; nothing here knows a password.
DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'ies_projector') THEN
        CREATE ROLE ies_projector NOLOGIN;
    END IF;
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'ies_reader') THEN
        CREATE ROLE ies_reader NOLOGIN;
    END IF;
EXCEPTION
    WHEN duplicate_object OR unique_violation THEN
        NULL; -- another database of this server was migrated at the same moment
END
$$;

GRANT USAGE, CREATE ON SCHEMA ${flyway:defaultSchema} TO ies_projector;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA ${flyway:defaultSchema} TO ies_projector;
GRANT USAGE ON SCHEMA ${flyway:defaultSchema} TO ies_reader;
GRANT SELECT ON ALL TABLES IN SCHEMA ${flyway:defaultSchema} TO ies_reader;
REVOKE ALL ON card_token FROM ies_reader;

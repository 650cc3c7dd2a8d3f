-- SPDX-License-Identifier: EUPL-1.2
--
-- How shops get their euro: what they are owed is drawn into settlements, line by line, approved, ordered and paid. Which cents of which payments a line pays,
-- which account a shop is paid to, what is disputed, and what shops owe. The rule behind settled_part is in ops/docs/projection.md.

CREATE TABLE settlement (
    settlement_id    bigint   PRIMARY KEY,
    circuit_id       integer  NOT NULL,
    period_end_ms    bigint   NOT NULL,
    reference        bigint   NOT NULL,
    state            smallint NOT NULL,
    lines            integer  NOT NULL DEFAULT 0,
    total            bigint   NOT NULL DEFAULT 0,
    digest           bytea    NOT NULL DEFAULT decode(repeat('00', 32), 'hex') CHECK (octet_length(digest) = 32),
    drawn_by         bigint   NOT NULL,
    drawn_ms         bigint   NOT NULL,
    sequence         bigint   NOT NULL,
    proposal_id      bigint   NOT NULL DEFAULT 0,
    decided_by       bigint   NOT NULL DEFAULT 0,
    decided_ms       bigint   NOT NULL DEFAULT 0,
    decided_sequence bigint   NOT NULL DEFAULT 0
);
COMMENT ON COLUMN settlement.period_end_ms IS 'First instant behind the period that the treasurer meant';
COMMENT ON COLUMN settlement.reference IS 'Code of the act';
COMMENT ON COLUMN settlement.state IS '1 DRAWN, 2 APPROVED, 3 CANCELLED';
COMMENT ON COLUMN settlement.lines IS 'Lines drawn, those included that only netted a debt';
COMMENT ON COLUMN settlement.total IS 'What its lines are to pay, those included that were returned since';
COMMENT ON COLUMN settlement.digest IS 'Chain over its lines: what the second person approves';
COMMENT ON COLUMN settlement.drawn_by IS 'Operator';
COMMENT ON COLUMN settlement.proposal_id IS 'The proposal that was approved; 0 before, and of one that was cancelled';
CREATE INDEX settlement_by_circuit ON settlement (circuit_id, settlement_id);

CREATE TABLE settlement_line (
    line_id           bigint   PRIMARY KEY,
    settlement_id     bigint   NOT NULL,
    circuit_id        integer  NOT NULL,
    position          integer  NOT NULL,
    merchant_id       bigint   NOT NULL,
    programme_id      bigint   NOT NULL,
    amount            bigint   NOT NULL,
    netted            bigint   NOT NULL,
    to_pay            bigint   NOT NULL GENERATED ALWAYS AS (amount - netted) STORED,
    parts             integer  NOT NULL DEFAULT 0,
    state             smallint NOT NULL,
    payee             bigint   NOT NULL DEFAULT 0,
    order_reference   bigint   NOT NULL DEFAULT 0,
    ordered_by        bigint   NOT NULL DEFAULT 0,
    ordered_ms        bigint   NOT NULL DEFAULT 0,
    ordered_sequence  bigint   NOT NULL DEFAULT 0,
    outcome           smallint NOT NULL DEFAULT 0,
    outcome_reference bigint   NOT NULL DEFAULT 0,
    outcome_by        bigint   NOT NULL DEFAULT 0,
    outcome_ms        bigint   NOT NULL DEFAULT 0,
    outcome_sequence  bigint   NOT NULL DEFAULT 0,
    drawn_ms          bigint   NOT NULL,
    sequence          bigint   NOT NULL,
    changed_ms        bigint   NOT NULL,
    changed_sequence  bigint   NOT NULL
);
COMMENT ON COLUMN settlement_line.position IS 'Place in its settlement, from 0';
COMMENT ON COLUMN settlement_line.amount IS 'What was taken out of what the shop is owed of the programme';
COMMENT ON COLUMN settlement_line.netted IS 'What of it paid a debt of the shop';
COMMENT ON COLUMN settlement_line.to_pay IS 'What the shop gets: the sum of its parts';
COMMENT ON COLUMN settlement_line.parts IS 'Rows of settled_part';
COMMENT ON COLUMN settlement_line.state IS '1 OPEN, 2 ORDERED, 3 PAID, 4 RETURNED, 5 NETTED (there was nothing left to pay)';
COMMENT ON COLUMN settlement_line.payee IS 'Of the last order: where to; 0 before';
COMMENT ON COLUMN settlement_line.order_reference IS 'Of the last order';
COMMENT ON COLUMN settlement_line.outcome IS 'Of the last order that came to something: 1 PAID, 2 REJECTED, 3 WITHDRAWN';
CREATE UNIQUE INDEX settlement_line_by_settlement ON settlement_line (settlement_id, position);
CREATE INDEX settlement_line_by_merchant ON settlement_line (merchant_id, line_id);
CREATE INDEX settlement_line_by_programme ON settlement_line (programme_id, line_id);
CREATE INDEX settlement_line_under_way ON settlement_line (circuit_id, state, line_id) WHERE state IN (1, 2);

CREATE TABLE settlement_line_change (
    sequence     bigint   NOT NULL,
    index        smallint NOT NULL,
    circuit_id   integer  NOT NULL,
    line_id      bigint   NOT NULL,
    state        smallint NOT NULL,
    payee        bigint   NOT NULL,
    reference    bigint   NOT NULL,
    outcome      smallint NOT NULL,
    operator_id  bigint   NOT NULL,
    timestamp_ms bigint   NOT NULL,
    PRIMARY KEY (sequence, index)
);
COMMENT ON TABLE settlement_line_change IS 'Orders, outcomes and returns of lines';
COMMENT ON COLUMN settlement_line_change.state IS 'Of the line behind it';
COMMENT ON COLUMN settlement_line_change.reference IS 'Of the order, or of what told the outcome; 0 for a return';
COMMENT ON COLUMN settlement_line_change.outcome IS '1 PAID, 2 REJECTED, 3 WITHDRAWN; 0 for orders and returns';
CREATE INDEX settlement_line_change_by_line ON settlement_line_change (line_id, sequence);

CREATE TABLE settled_part (
    line_id    bigint  NOT NULL,
    hold_id    bigint  NOT NULL,
    payment_id bigint  NOT NULL,
    amount     bigint  NOT NULL,
    circuit_id integer NOT NULL,
    given_up   boolean NOT NULL DEFAULT false,
    PRIMARY KEY (line_id, hold_id)
);
COMMENT ON TABLE settled_part IS 'Which cents of which payments a line pays: the parts of a line sum to its to_pay';
COMMENT ON COLUMN settled_part.hold_id IS '0 = money of the shop that belongs to no payment: it paid back what it had not been paid yet';
COMMENT ON COLUMN settled_part.amount IS 'Negative: cents of a payment that were refunded after they had been settled, and that the shop gives back with this line';
COMMENT ON COLUMN settled_part.given_up IS 'The line was returned: these cents wait for another one';
CREATE INDEX settled_part_by_payment ON settled_part (payment_id, line_id) WHERE payment_id <> 0;

CREATE TABLE payee (
    merchant_id        bigint  NOT NULL,
    circuit_id         integer NOT NULL,
    payee              bigint  NOT NULL,
    digest             bytea   NOT NULL,
    held               boolean NOT NULL,
    proposal_id        bigint  NOT NULL,
    since_ms           bigint  NOT NULL,
    sequence           bigint  NOT NULL,
    confirmed_by       bigint  NOT NULL DEFAULT 0,
    confirmed_ms       bigint  NOT NULL DEFAULT 0,
    confirmed_sequence bigint  NOT NULL DEFAULT 0,
    PRIMARY KEY (merchant_id, sequence)
);
COMMENT ON TABLE payee IS 'Accounts that merchants are, or were, paid to: of several rows of a merchant the last one is in force';
COMMENT ON COLUMN payee.payee IS 'Reference of the bank account, which the office database knows';
COMMENT ON COLUMN payee.digest IS 'Keyed digest of the bank account, as the second person approved it';
COMMENT ON COLUMN payee.held IS 'It took the place of another one: nothing is ordered to it before confirmed_ms';
COMMENT ON COLUMN payee.confirmed_by IS 'Operator that asked the contact known before; 0 = nobody did';

CREATE TABLE dispute (
    dispute_id         bigint  PRIMARY KEY,
    circuit_id         integer NOT NULL,
    payment_id         bigint  NOT NULL,
    merchant_id        bigint  NOT NULL DEFAULT 0,
    amount             bigint  NOT NULL,
    reference          bigint  NOT NULL,
    opened_by          bigint  NOT NULL,
    opened_ms          bigint  NOT NULL,
    sequence           bigint  NOT NULL,
    refunded           bigint  NOT NULL DEFAULT 0,
    decision_reference bigint  NOT NULL DEFAULT 0,
    proposal_id        bigint  NOT NULL DEFAULT 0,
    decided_ms         bigint  NOT NULL DEFAULT 0,
    decided_sequence   bigint  NOT NULL DEFAULT 0
);
COMMENT ON COLUMN dispute.merchant_id IS 'Shop of the payment';
COMMENT ON COLUMN dispute.reference IS 'Code of the protocol';
COMMENT ON COLUMN dispute.refunded IS 'What the holder got back by the decision';
COMMENT ON COLUMN dispute.decided_sequence IS '0 = nobody has decided it';
CREATE INDEX dispute_by_circuit ON dispute (circuit_id, dispute_id);
CREATE INDEX dispute_by_payment ON dispute (payment_id, dispute_id);
CREATE INDEX dispute_by_merchant ON dispute (merchant_id, dispute_id);
CREATE INDEX dispute_open ON dispute (circuit_id, dispute_id) WHERE decided_sequence = 0;

CREATE TABLE disputed_part (
    dispute_id bigint  NOT NULL,
    hold_id    bigint  NOT NULL,
    account_id bigint  NOT NULL,
    amount     bigint  NOT NULL,
    circuit_id integer NOT NULL,
    PRIMARY KEY (dispute_id, hold_id)
);
COMMENT ON TABLE disputed_part IS 'What a dispute holds until it is decided: of the holds of its payment, the last drawn first';
COMMENT ON COLUMN disputed_part.account_id IS 'What the shop is owed, of which settlements leave this out';
CREATE INDEX disputed_part_by_account ON disputed_part (account_id, dispute_id);

CREATE TABLE debt_settlement (
    proposal_id  bigint  PRIMARY KEY,
    circuit_id   integer NOT NULL,
    merchant_id  bigint  NOT NULL,
    programme_id bigint  NOT NULL,
    amount       bigint  NOT NULL,
    reference    bigint  NOT NULL,
    parts        integer NOT NULL DEFAULT 0,
    settled_ms   bigint  NOT NULL,
    sequence     bigint  NOT NULL
);
COMMENT ON TABLE debt_settlement IS 'What shops paid back beside the settlements';
COMMENT ON COLUMN debt_settlement.reference IS 'Code of the receipt';
COMMENT ON COLUMN debt_settlement.parts IS 'Rows of repaid_part';
CREATE INDEX debt_settlement_by_merchant ON debt_settlement (merchant_id, sequence);
CREATE INDEX debt_settlement_by_programme ON debt_settlement (programme_id, sequence);

CREATE TABLE repaid_part (
    proposal_id bigint  NOT NULL,
    hold_id     bigint  NOT NULL,
    payment_id  bigint  NOT NULL,
    amount      bigint  NOT NULL,
    circuit_id  integer NOT NULL,
    PRIMARY KEY (proposal_id, hold_id)
);
COMMENT ON TABLE repaid_part IS 'Which refunded payments a shop paid back: the parts of a debt_settlement sum to its amount';
COMMENT ON COLUMN repaid_part.hold_id IS '0 = more than the payments it was paid for were refunded by: the next line gives it back';
CREATE INDEX repaid_part_by_payment ON repaid_part (payment_id, proposal_id) WHERE payment_id <> 0;

ALTER TABLE hold
    ADD COLUMN captured_sequence bigint NOT NULL DEFAULT 0,
    ADD COLUMN settled           bigint NOT NULL DEFAULT 0;
UPDATE hold h SET captured_sequence = e.sequence FROM ledger_entry e WHERE e.hold_id = h.hold_id AND e.kind IN (133, 134);
COMMENT ON COLUMN hold.captured_sequence IS 'Record that captured it; 0 before. What was captured first is settled first';
COMMENT ON COLUMN hold.settled IS 'The sum of its parts in lines that were not returned, less what the shop paid back; above captured - refunded: what the shop gives back';
CREATE INDEX hold_unsettled ON hold (credit_account_id, captured_sequence, hold_id) WHERE captured - refunded <> settled;

-- RECEIVABLE is a contra account. What the servers we support cannot change in place is made anew, and the views over it with it.
DROP VIEW circuit_balance, programme_balance;
ALTER TABLE account DROP COLUMN available;
ALTER TABLE account ADD COLUMN available bigint NOT NULL GENERATED ALWAYS AS (
    CASE WHEN kind IN (1, 5, 7, 12) THEN debits_posted - credits_posted - credits_pending ELSE credits_posted - debits_posted - debits_pending END) STORED;
COMMENT ON COLUMN account.kind IS '1 FUNDING, 2 FUND, 3 POCKET, 4 PAYABLE, 5 RESERVE_BANK, 6 RESERVE, 7 ISSUANCE, 8 IES_WALLET, 9 FEES, 10 SETTLING, 11 PAID_OUT, 12 RECEIVABLE';
COMMENT ON COLUMN account.owner_id IS 'Wallet of POCKET and IES_WALLET, merchant of PAYABLE, SETTLING and RECEIVABLE, programme of FUNDING and FUND, else 0';
COMMENT ON COLUMN account.available IS 'What the account can still give; for contra accounts (FUNDING, RESERVE_BANK, ISSUANCE) what came in through it, for RECEIVABLE what the shop owes';

-- Reserve, issue and fees of a circuit, straight from its accounts.
CREATE VIEW circuit_balance AS
SELECT c.circuit_id,
       coalesce(sum(a.available) FILTER (WHERE a.kind = 6), 0)::bigint AS reserve,
       coalesce(sum(a.available) FILTER (WHERE a.kind = 7), 0)::bigint AS outstanding,
       coalesce(sum(a.available) FILTER (WHERE a.kind = 9), 0)::bigint AS fees
FROM circuit c
LEFT JOIN account a ON a.circuit_id = c.circuit_id AND a.kind IN (6, 7, 9)
GROUP BY c.circuit_id;

-- Where the money of a programme is: funded = in the fund + in pockets + held + owed to merchants + on its way to them + paid out - owed by merchants;
-- awarded = funded - in the fund <= committed <= funded.
CREATE VIEW programme_balance AS
SELECT p.programme_id,
       p.circuit_id,
       coalesce(sum(a.available) FILTER (WHERE a.kind = 1), 0)::bigint AS funded,
       coalesce(sum(a.available) FILTER (WHERE a.kind = 2), 0)::bigint AS available,
       coalesce(sum(a.available) FILTER (WHERE a.kind = 3), 0)::bigint AS in_pockets,
       coalesce(sum(a.debits_pending) FILTER (WHERE a.kind = 3), 0)::bigint AS held,
       coalesce(sum(a.available) FILTER (WHERE a.kind = 4), 0)::bigint AS payable,
       p.committed,
       p.cashed,
       coalesce(sum(a.available) FILTER (WHERE a.kind = 10), 0)::bigint AS settling,
       coalesce(sum(a.available) FILTER (WHERE a.kind = 11), 0)::bigint AS paid_out,
       coalesce(sum(a.available) FILTER (WHERE a.kind = 12), 0)::bigint AS receivable
FROM programme p
LEFT JOIN account a ON a.programme_id = p.programme_id
GROUP BY p.programme_id;

COMMENT ON COLUMN merchant.status IS '1 ACTIVE, 2 SUSPENDED, 3 CLOSED';
COMMENT ON COLUMN programme.cashed IS 'What was paid out by mandate: lines of settlements that were paid, less debts that shops paid back, and what the treasurer recorded beside them';
COMMENT ON COLUMN proposal.kind IS '1 APPOINT_OPERATOR, 2 PUBLISH_PROGRAMME, 3 MOVE_FUND, 4 TOP_UP, 5 TOP_UP_BATCH, 6 MOVE_RESERVE, 7 ISSUE_IES, 8 REDEEM_IES, 9 SET_TARIFF, 10 CONFIGURE_CIRCUIT, 11 COMMIT_FUND, 12 EXTEND_PROGRAMME, 13 TAKE_BACK, 14 TAKE_BACK_BATCH, 15 CLOSE_WALLET, 16 CHANGE_RULES, 17 RESET_PIN, 18 SET_EMERGENCY_FUND, 19 GRANT_ROLES, 20 SETTLE, 21 SET_PAYEE, 22 DECIDE_DISPUTE, 23 SETTLE_DEBT';
COMMENT ON COLUMN ledger_entry.reason IS 'Of a transfer: 1 FUND_MOVED, 2 TOPPED_UP, 3 EXPIRED, 4 RESERVE_MOVED, 5 IES_ISSUED, 6 IES_REDEEMED, 7 TRANSFERRED, 8 FEE, 9 RESERVE_RELEASED, 10 RESTORED, 11 TAKEN_BACK, 12 INHERITED, 13 EMERGENCY_AWARDED, 14 SETTLED, 15 DEBT_NETTED, 16 SETTLEMENT_RETURNED, 17 PAID_OUT, 18 DEBT_INCURRED, 19 DEBT_SETTLED; else 0';

GRANT SELECT ON settlement, settlement_line, settlement_line_change, settled_part, payee, dispute, disputed_part, debt_settlement, repaid_part,
    circuit_balance, programme_balance TO ies_reader;

-- As V2: what this login made, here and since then, belongs to the group.
DO $$
DECLARE
    relation record;
BEGIN
    FOR relation IN
        SELECT c.oid::regclass AS name, c.relkind
        FROM pg_class c
        WHERE c.relnamespace = '${flyway:defaultSchema}'::regnamespace
          AND c.relkind IN ('r', 'v')
          AND c.relname <> 'flyway_schema_history'
          AND c.relowner = current_user::regrole
    LOOP
        EXECUTE format('ALTER %s %s OWNER TO ies_projector', CASE relation.relkind WHEN 'v' THEN 'VIEW' ELSE 'TABLE' END, relation.name);
    END LOOP;
END
$$;

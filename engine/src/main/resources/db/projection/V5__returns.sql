-- SPDX-License-Identifier: EUPL-1.2
--
-- Programmes that were extended, money that was taken back or inherited, wallets that were closed.

ALTER TABLE programme ADD COLUMN first_until_ms bigint;
UPDATE programme SET first_until_ms = valid_until_ms;
ALTER TABLE programme ALTER COLUMN first_until_ms SET NOT NULL;
COMMENT ON COLUMN programme.first_until_ms IS 'First instant after validity as the programme was created; valid_until_ms is that of today';

CREATE TABLE extension_begun (
    sequence     bigint   NOT NULL,
    index        smallint NOT NULL,
    circuit_id   integer  NOT NULL,
    programme_id bigint   NOT NULL,
    until_ms     bigint   NOT NULL,
    total        bigint   NOT NULL,
    reference    bigint   NOT NULL,
    proposal_id  bigint   NOT NULL,
    timestamp_ms bigint   NOT NULL,
    PRIMARY KEY (sequence, index)
);
COMMENT ON TABLE extension_begun IS 'Extensions after the end: what the sweep took from pockets goes back into them first';
COMMENT ON COLUMN extension_begun.total IS 'What goes back, all pockets together';
COMMENT ON COLUMN extension_begun.reference IS 'Code of the act';
CREATE INDEX extension_begun_by_programme ON extension_begun (programme_id, sequence);

CREATE TABLE programme_extension (
    sequence       bigint   NOT NULL,
    index          smallint NOT NULL,
    programme_id   bigint   NOT NULL,
    valid_until_ms bigint   NOT NULL,
    timestamp_ms   bigint   NOT NULL,
    PRIMARY KEY (sequence, index)
);
COMMENT ON COLUMN programme_extension.timestamp_ms IS 'From then on it was valid again, or simply valid longer';
CREATE INDEX programme_extension_by_programme ON programme_extension (programme_id, sequence);

CREATE TABLE pocket_restoration (
    sequence     bigint   NOT NULL,
    index        smallint NOT NULL,
    wallet_id    bigint   NOT NULL,
    programme_id bigint   NOT NULL,
    account_id   bigint   NOT NULL,
    amount       bigint   NOT NULL,
    timestamp_ms bigint   NOT NULL,
    PRIMARY KEY (sequence, index)
);
CREATE INDEX pocket_restoration_by_wallet ON pocket_restoration (wallet_id, sequence);
CREATE INDEX pocket_restoration_by_programme ON pocket_restoration (programme_id, sequence);

CREATE TABLE take_back (
    sequence     bigint   NOT NULL,
    index        smallint NOT NULL,
    circuit_id   integer  NOT NULL,
    wallet_id    bigint   NOT NULL,
    programme_id bigint   NOT NULL,
    account_id   bigint   NOT NULL,
    amount       bigint   NOT NULL,
    forgone      bigint   NOT NULL,
    recoverable  bigint   NOT NULL,
    proposal_id  bigint   NOT NULL,
    timestamp_ms bigint   NOT NULL,
    PRIMARY KEY (sequence, index)
);
COMMENT ON COLUMN take_back.amount IS 'Went from the pocket back to the fund';
COMMENT ON COLUMN take_back.forgone IS 'Had gone back when the programme ended; no extension restores it';
COMMENT ON COLUMN take_back.recoverable IS 'Was spent already: owed, and recovered outside the core';
CREATE INDEX take_back_by_wallet ON take_back (wallet_id, sequence);
CREATE INDEX take_back_by_proposal ON take_back (proposal_id, sequence);

CREATE TABLE take_back_refusal (
    sequence     bigint   NOT NULL,
    index        smallint NOT NULL,
    circuit_id   integer  NOT NULL,
    proposal_id  bigint   NOT NULL,
    row          integer  NOT NULL,
    wallet_id    bigint   NOT NULL,
    amount       bigint   NOT NULL,
    code         integer  NOT NULL,
    timestamp_ms bigint   NOT NULL,
    PRIMARY KEY (sequence, index)
);
CREATE INDEX take_back_refusal_by_proposal ON take_back_refusal (proposal_id, row);

CREATE TABLE pocket_inheritance (
    sequence        bigint   NOT NULL,
    index           smallint NOT NULL,
    circuit_id      integer  NOT NULL,
    programme_id    bigint   NOT NULL,
    from_account_id bigint   NOT NULL,
    to_account_id   bigint   NOT NULL,
    amount          bigint   NOT NULL,
    proposal_id     bigint   NOT NULL,
    timestamp_ms    bigint   NOT NULL,
    PRIMARY KEY (sequence, index)
);

ALTER TABLE wallet
    ADD COLUMN closed_for   smallint NOT NULL DEFAULT 0,
    ADD COLUMN successor_id bigint   NOT NULL DEFAULT 0,
    ADD COLUMN closed_ms    bigint   NOT NULL DEFAULT 0;
COMMENT ON COLUMN wallet.closed_for IS '0 open; 1 renunciation, 2 clawback, 3 mistake, 4 death, 5 the household moved away';
COMMENT ON COLUMN wallet.successor_id IS 'Wallet of the household that inherited; 0 for none';

COMMENT ON COLUMN proposal.kind IS '1 APPOINT_OPERATOR, 2 PUBLISH_PROGRAMME, 3 MOVE_FUND, 4 TOP_UP, 5 TOP_UP_BATCH, 6 MOVE_RESERVE, 7 ISSUE_IES, 8 REDEEM_IES, 9 SET_TARIFF, 10 CONFIGURE_CIRCUIT, 11 COMMIT_FUND, 12 EXTEND_PROGRAMME, 13 TAKE_BACK, 14 TAKE_BACK_BATCH, 15 CLOSE_WALLET';
COMMENT ON COLUMN proposal.state IS '1 PROPOSED, 2 APPROVED (a batch whose rows are being executed), 3 EXECUTED, 4 REJECTED, 5 CANCELLED (a batch whose other rows never will be)';
COMMENT ON COLUMN ledger_entry.reason IS 'Of a transfer: 1 FUND_MOVED, 2 TOPPED_UP, 3 EXPIRED, 4 RESERVE_MOVED, 5 IES_ISSUED, 6 IES_REDEEMED, 7 TRANSFERRED, 8 FEE, 9 RESERVE_RELEASED, 10 RESTORED, 11 TAKEN_BACK, 12 INHERITED; else 0';

CREATE VIEW extension AS
SELECT e.sequence,
       e.programme_id,
       p.circuit_id,
       lag(e.valid_until_ms, 1, p.first_until_ms) OVER earlier AS previous_until_ms,
       lag(e.sequence, 1, 0::bigint) OVER earlier AS previous_sequence,
       e.valid_until_ms,
       e.timestamp_ms
FROM programme_extension e
JOIN programme p USING (programme_id)
WINDOW earlier AS (PARTITION BY e.programme_id ORDER BY e.sequence);
COMMENT ON VIEW extension IS 'Extensions with the end that the programme had before each';

CREATE VIEW refused_while_ended AS
SELECT DISTINCT x.programme_id,
       x.circuit_id,
       y.payment_id,
       y.wallet_id,
       y.card_id,
       y.merchant_id,
       y.bill_total,
       y.eligible_amount,
       y.created_ms
FROM extension x
JOIN pocket_restoration r ON r.programme_id = x.programme_id AND r.sequence > x.previous_sequence AND r.sequence <= x.sequence
JOIN payment y ON y.wallet_id = r.wallet_id AND y.outcome IN (111, 112) AND y.created_ms >= x.previous_until_ms AND y.created_ms < x.timestamp_ms;
COMMENT ON VIEW refused_while_ended IS 'Payments refused as EXPIRED, or once the pocket was swept as INSUFFICIENT_FUNDS, between the end of a programme and its extension, of wallets that got their money back';

GRANT SELECT ON fund_commitment, cash_record, extension_begun, programme_extension, pocket_restoration, take_back, take_back_refusal,
    pocket_inheritance, extension, refused_while_ended TO ies_reader;

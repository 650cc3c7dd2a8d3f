-- SPDX-License-Identifier: EUPL-1.2
--
-- Indexes for those who read page by page. What each costs the projector is weighed against it: the tables that grow with every payment get one that the
-- usual payment never touches (payment_by_state) and one of a few pages (command_key_by_sequence); payments by time need none, because ids and times grow together.

-- The pockets of a programme in the order of a page; it serves all that its predecessor served.
DROP INDEX account_by_programme;
CREATE INDEX account_by_programme ON account (programme_id, kind, account_id) WHERE programme_id <> 0;

CREATE INDEX card_by_status ON card (circuit_id, status, card_id);
CREATE INDEX merchant_by_status ON merchant (circuit_id, status, merchant_id);

-- Payments in one of the rarer states; a search for captured ones finds enough of them without an index.
CREATE INDEX payment_by_state ON payment (circuit_id, state, payment_id) WHERE state <> 2;

-- Who sent the command of a record, and under which key. Rows come in the order of their sequence and never change, so a summary per few pages is enough.
CREATE INDEX command_key_by_sequence ON command_key USING brin (sequence) WITH (pages_per_range = 16, autosummarize = on);

-- SPDX-License-Identifier: EUPL-1.2
--
-- A batch of a hundred thousand rows takes longer to submit than a client waits for an answer: the job does it, and the batch says how far it is and what came of it.

ALTER TABLE issuance_batch
    ADD COLUMN rows_prepared      integer NOT NULL DEFAULT 0,
    ADD COLUMN submit_key         uuid,
    ADD COLUMN submission_problem jsonb,
    DROP CONSTRAINT issuance_batch_state_check,
    ADD CONSTRAINT issuance_batch_state_check CHECK (state IN
        ('DRAFT', 'CHECKING', 'FAULTY', 'READY', 'SUBMITTING', 'SUBMITTED', 'APPROVED', 'EXECUTING', 'STOPPED', 'EXECUTED', 'CANCELLED')),
    ADD CHECK (state <> 'SUBMITTING' OR (submitted_by IS NOT NULL AND (digest IS NULL) = (submit_key IS NULL)));
DROP INDEX issuance_batch_state;
CREATE INDEX issuance_batch_state ON issuance_batch (state)
    WHERE state IN ('CHECKING', 'SUBMITTING', 'SUBMITTED', 'APPROVED', 'EXECUTING');
COMMENT ON COLUMN issuance_batch.rows_prepared IS 'Awards whose wallet is known, while the batch is being submitted.';
COMMENT ON COLUMN issuance_batch.submit_key IS 'Idempotency key of the proposal, here before the core hears of it: sent again it makes none twice.';
COMMENT ON COLUMN issuance_batch.submission_problem IS 'Why the last submission came to nothing: code, and missing_cards where cards are missing.';

ALTER TABLE issuance_row ADD COLUMN named_wallet_id bigint;
COMMENT ON COLUMN issuance_row.named_wallet_id IS 'Wallet of the card that the list names; null where it names the person.';

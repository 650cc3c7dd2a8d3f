-- SPDX-License-Identifier: EUPL-1.2
--
-- Shops that ask to take part. What they say is sealed under the installation's key payees.json: it holds an IBAN and, of sole traders, a person's tax code.

CREATE TABLE merchant_application (
    application_id bigint  GENERATED ALWAYS AS IDENTITY (START WITH 500000000000001) PRIMARY KEY,
    circuit_id     integer NOT NULL,
    sealed         bytea   NOT NULL,
    vat_digest     bytea   NOT NULL CHECK (octet_length(vat_digest) = 32),
    state          text    NOT NULL CHECK (state IN ('RECEIVED', 'VERIFIED', 'APPROVING', 'APPROVED', 'REJECTED')),
    received_ms    bigint  NOT NULL,
    findings       jsonb,
    verified_by    bigint,
    verified_ms    bigint,
    decided_by     bigint,
    decided_ms     bigint,
    reason         text    CHECK (length(reason) BETWEEN 1 AND 500),
    approval_key   uuid    UNIQUE,
    merchant_id    bigint  UNIQUE,
    CHECK (state IN ('RECEIVED', 'REJECTED') OR verified_by IS NOT NULL),
    CHECK ((state = 'REJECTED') = (reason IS NOT NULL)),
    CHECK ((state IN ('APPROVING', 'APPROVED')) = (approval_key IS NOT NULL)),
    CHECK ((state = 'APPROVED') = (merchant_id IS NOT NULL))
);
COMMENT ON COLUMN merchant_application.sealed IS 'The application as JSON, sealed for this application_id';
COMMENT ON COLUMN merchant_application.vat_digest IS 'Keyed digest of the VAT number, to find applications of the same shop';
COMMENT ON COLUMN merchant_application.findings IS 'What was looked at and found, by the person of verified_by';
COMMENT ON COLUMN merchant_application.approval_key IS 'Idempotency key of the approval, from which those of the commands are derived';
CREATE INDEX merchant_application_by_circuit ON merchant_application (circuit_id, application_id DESC);
CREATE INDEX merchant_application_by_vat ON merchant_application (circuit_id, vat_digest);

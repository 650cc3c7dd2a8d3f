-- SPDX-License-Identifier: EUPL-1.2
--
-- Where shops are paid. The core knows a reference and a keyed digest; the account itself is sealed under the installation's key payees.json, so that a copy of this database shows none.

CREATE TABLE payee_account (
    payee_id    bigint  GENERATED ALWAYS AS IDENTITY (START WITH 800000000000001) PRIMARY KEY,
    circuit_id  integer NOT NULL,
    merchant_id bigint  NOT NULL,
    sealed      bytea   NOT NULL,
    ending      text    NOT NULL CHECK (length(ending) = 4),
    digest      bytea   NOT NULL CHECK (octet_length(digest) = 32),
    key         uuid    NOT NULL UNIQUE,
    proposed_by bigint  NOT NULL,
    proposed_ms bigint  NOT NULL,
    wrong_codes integer NOT NULL DEFAULT 0
);
COMMENT ON COLUMN payee_account.payee_id IS 'Also the reference that the core is told';
COMMENT ON COLUMN payee_account.sealed IS 'IBAN, whose account it is, and BIC where one was given; sealed for this payee_id';
COMMENT ON COLUMN payee_account.ending IS 'Last four characters of the IBAN: what people are shown';
COMMENT ON COLUMN payee_account.digest IS 'Keyed digest of what is sealed, which the second person approves';
COMMENT ON COLUMN payee_account.key IS 'Idempotency key of the request';
COMMENT ON COLUMN payee_account.wrong_codes IS 'How often somebody confirmed it with a wrong code';
CREATE INDEX payee_account_by_merchant ON payee_account (merchant_id, payee_id);

-- SPDX-License-Identifier: EUPL-1.2
--
-- The people vault: one record a natural person and controller (circuit). What says who somebody is lies in `sealed` columns, AES-256-GCM under a key of that person which is
-- not in this database (db/vault_keys). ops/docs/people.md says what is kept where, for how long, and who reads it.

CREATE TABLE vault_controller (
    circuit_id integer PRIMARY KEY
);
COMMENT ON TABLE vault_controller IS 'Circuits that have a vault: what jobs go through, since every other table shows one circuit at a time.';

CREATE TABLE vault_record (
    record_id       bigint   PRIMARY KEY CHECK (record_id > 0),
    circuit_id      integer  NOT NULL REFERENCES vault_controller,
    version         integer  NOT NULL CHECK (version > 0),
    sealed          bytea    NOT NULL,
    tax_code_hmac   bytea    CHECK (octet_length(tax_code_hmac) = 32),
    name_hmac       bytea    NOT NULL CHECK (octet_length(name_hmac) = 32),
    household_id    bigint   NOT NULL CHECK (household_id > 0),
    restricted      boolean  NOT NULL DEFAULT false,
    erase_on        date,
    erase_request_id bigint,
    erase_operator_id bigint,
    created_ms      bigint   NOT NULL,
    changed_ms      bigint   NOT NULL,
    CHECK ((erase_on IS NULL) = (erase_request_id IS NULL)),
    CHECK ((erase_on IS NULL) = (erase_operator_id IS NULL)),
    CHECK (erase_on IS NULL OR restricted),
    UNIQUE (circuit_id, tax_code_hmac)
);
CREATE INDEX vault_record_name ON vault_record (circuit_id, name_hmac);
CREATE INDEX vault_record_household ON vault_record (circuit_id, household_id);
CREATE INDEX vault_record_erase ON vault_record (circuit_id, erase_on) WHERE erase_on IS NOT NULL;
COMMENT ON COLUMN vault_record.record_id IS 'Random; hld_… outside, and all the core knows of the person.';
COMMENT ON COLUMN vault_record.sealed IS 'The record as canonical JSON, encrypted; bound to circuit, number and version.';
COMMENT ON COLUMN vault_record.tax_code_hmac IS 'HMAC-SHA-256 of the tax code under a key of the circuit.';
COMMENT ON COLUMN vault_record.name_hmac IS 'The same of family name, given name and birth date, normalised.';
COMMENT ON COLUMN vault_record.erase_on IS 'The day a granted erasure is carried out that a duty to keep has put off; restricted until then.';

CREATE TABLE vault_eligibility (
    eligibility_id  bigint  GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    circuit_id      integer NOT NULL,
    record_id       bigint  NOT NULL REFERENCES vault_record ON DELETE CASCADE,
    sealed          bytea   NOT NULL,
    retention_until date,
    created_ms      bigint  NOT NULL
);
CREATE INDEX vault_eligibility_record ON vault_eligibility (record_id);
COMMENT ON COLUMN vault_eligibility.sealed IS 'Programme or call, outcome, act and validity, encrypted; bound to circuit, record and stamp.';
COMMENT ON COLUMN vault_eligibility.retention_until IS 'Last day on which the law wants it kept; null = no duty.';

CREATE TABLE vault_case (
    case_id     bigint  GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    circuit_id  integer NOT NULL,
    operator_id bigint  NOT NULL,
    purpose     text    NOT NULL,
    opened_ms   bigint  NOT NULL,
    ends_ms     bigint  NOT NULL CHECK (ends_ms > opened_ms)
);
COMMENT ON TABLE vault_case IS 'Why an operator reads names, chosen once, good until the end of that day.';

CREATE TABLE vault_read (
    read_id     bigint  GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    circuit_id  integer NOT NULL,
    case_id     bigint  NOT NULL REFERENCES vault_case,
    operator_id bigint  NOT NULL,
    record_id   bigint,
    operation   text    NOT NULL,
    read_ms     bigint  NOT NULL
);
CREATE INDEX vault_read_circuit ON vault_read (circuit_id, read_id);
CREATE INDEX vault_read_record ON vault_read (record_id, read_id);
COMMENT ON TABLE vault_read IS 'Every read of personal data, written in its transaction. Append-only.';
COMMENT ON COLUMN vault_read.record_id IS 'Null: a search that found nobody.';

CREATE TABLE vault_change (
    change_id   bigint  GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    circuit_id  integer NOT NULL,
    record_id   bigint  NOT NULL,
    operator_id bigint  NOT NULL,
    fields      text[]  NOT NULL,
    changed_ms  bigint  NOT NULL
);
CREATE INDEX vault_change_record ON vault_change (record_id, change_id);
COMMENT ON TABLE vault_change IS 'Who changed which fields when; no value, old or new. Append-only.';

CREATE TABLE vault_request (
    request_id       bigint  GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    circuit_id       integer NOT NULL,
    record_id        bigint  NOT NULL,
    kind             text    NOT NULL,
    state            text    NOT NULL CHECK (state IN ('OPEN', 'DECIDED')),
    received_on      date    NOT NULL,
    due_on           date    NOT NULL,
    extension_reason text,
    decision         text,
    reasons          text[],
    effect           text,
    sealed           bytea,
    version          integer NOT NULL CHECK (version > 0),
    opened_by        bigint  NOT NULL,
    opened_ms        bigint  NOT NULL,
    decided_by       bigint,
    decided_ms       bigint,
    CHECK ((state = 'DECIDED') = (decision IS NOT NULL)),
    CHECK ((state = 'DECIDED') = (decided_by IS NOT NULL))
);
CREATE INDEX vault_request_due ON vault_request (circuit_id, state, due_on);
CREATE INDEX vault_request_record ON vault_request (record_id);
COMMENT ON TABLE vault_request IS 'Requests of data subjects, GDPR 12 to 22.';
COMMENT ON COLUMN vault_request.sealed IS 'The words around the decision, under the person''s key; gone with it.';

CREATE TABLE vault_tombstone (
    record_id   bigint  PRIMARY KEY,
    circuit_id  integer NOT NULL,
    request_id  bigint  NOT NULL,
    operator_id bigint  NOT NULL,
    erased_ms   bigint  NOT NULL
);
COMMENT ON TABLE vault_tombstone IS 'Who was erased: a number, never a name. The key database has the same; each start brings them together before anything is read.';

CREATE FUNCTION vault_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER vault_read_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON vault_read EXECUTE FUNCTION vault_refuse_change();
CREATE TRIGGER vault_change_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON vault_change EXECUTE FUNCTION vault_refuse_change();
CREATE TRIGGER vault_tombstone_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON vault_tombstone EXECUTE FUNCTION vault_refuse_change();

-- Of one controller at a time, for the owner of the tables too: without the setting nothing is there, so a forgotten WHERE shows nothing.
DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['vault_record', 'vault_eligibility', 'vault_case', 'vault_read', 'vault_change', 'vault_request'] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
        EXECUTE format(
            'CREATE POLICY of_the_circuit ON %I USING (circuit_id = NULLIF(current_setting(''ies.circuit'', true), '''')::integer)',
            name);
    END LOOP;
END $$;

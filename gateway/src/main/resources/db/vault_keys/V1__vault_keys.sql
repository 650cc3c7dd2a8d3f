-- SPDX-License-Identifier: EUPL-1.2
--
-- The keys of the persons in the vault, and nothing of the persons: a database of its own with a login of its own, backed up apart from the office. ops/docs/people.md
-- says how. *_ms are milliseconds since the epoch, UTC, by the installation's clock.

CREATE TABLE person_key (
    record_id     bigint  PRIMARY KEY,
    circuit_id    integer NOT NULL,
    master_key_id text    NOT NULL,
    wrapped       bytea   NOT NULL CHECK (octet_length(wrapped) = 60),
    created_ms    bigint  NOT NULL
);
CREATE INDEX person_key_master ON person_key (master_key_id);
COMMENT ON COLUMN person_key.record_id IS 'Number of the vault record in the office database.';
COMMENT ON COLUMN person_key.wrapped IS 'Nonce, AES-256-GCM of the person''s 256-bit key under the master key, tag; bound to record, circuit and master key.';

CREATE TABLE tombstone (
    record_id   bigint  PRIMARY KEY,
    circuit_id  integer NOT NULL,
    request_id  bigint  NOT NULL,
    operator_id bigint  NOT NULL,
    erased_ms   bigint  NOT NULL
);
COMMENT ON TABLE tombstone IS 'Whose key was destroyed. It wins over any key: see the trigger, and the start of the node, which brings those of both databases together.';
COMMENT ON COLUMN tombstone.operator_id IS 'Who decided it.';

-- Whatever is copied back into it, a table of keys takes none of an erased person.
CREATE FUNCTION refuse_erased() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM vault_keys.tombstone t WHERE t.record_id = NEW.record_id) THEN
        RETURN NULL;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER person_key_erased BEFORE INSERT OR UPDATE ON person_key FOR EACH ROW EXECUTE FUNCTION refuse_erased();

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER tombstone_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON tombstone EXECUTE FUNCTION refuse_change();

-- Of one controller at a time: without the setting nothing is there.
ALTER TABLE person_key ENABLE ROW LEVEL SECURITY;
ALTER TABLE person_key FORCE ROW LEVEL SECURITY;
CREATE POLICY of_the_circuit ON person_key
    USING (circuit_id = NULLIF(current_setting('ies.circuit', true), '')::integer);

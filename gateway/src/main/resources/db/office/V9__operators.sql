-- SPDX-License-Identifier: EUPL-1.2
--
-- Logins of persons who left. They stay, so that their usernames are never somebody else's, and open nothing.

ALTER TABLE operator_login DROP CONSTRAINT operator_login_state_check;
ALTER TABLE operator_login ADD CONSTRAINT operator_login_state_check CHECK (state IN ('PROPOSED', 'APPROVED', 'ACTIVE', 'RETIRED'));
ALTER TABLE operator_login ADD COLUMN retired_ms bigint;
ALTER TABLE operator_login ADD CONSTRAINT operator_login_retired CHECK ((state = 'RETIRED') = (retired_ms IS NOT NULL));
CREATE INDEX operator_login_by_person ON operator_login (circuit_id, person_id);

-- A second factor whose operator came in with a recovery code: its secret is nobody's, and the next one to be confirmed takes its place.
ALTER TABLE second_factor DROP CONSTRAINT second_factor_state_check;
ALTER TABLE second_factor ADD CONSTRAINT second_factor_state_check CHECK (state IN ('PENDING', 'ACTIVE', 'LOST'));

CREATE TABLE recovery_code (
    operator_id bigint NOT NULL REFERENCES operator_login (operator_id) ON DELETE CASCADE,
    code_hash   bytea  NOT NULL CHECK (octet_length(code_hash) = 32),
    created_ms  bigint NOT NULL,
    used_ms     bigint,
    PRIMARY KEY (operator_id, code_hash)
);
COMMENT ON TABLE recovery_code IS 'What lets an operator without the device in to enrol another one. Each once; all of them go when fresh ones are made.';
COMMENT ON COLUMN recovery_code.code_hash IS 'SHA-256 of 80 random bits, shown once.';

-- SPDX-License-Identifier: EUPL-1.2
--
-- The operators' second factors. A row goes when its login goes and never before: who lost the device gets a new login, by two persons.

CREATE TABLE second_factor (
    operator_id  bigint PRIMARY KEY REFERENCES operator_login (operator_id) ON DELETE CASCADE,
    state        text   NOT NULL CHECK (state IN ('PENDING', 'ACTIVE')),
    secret       bytea  NOT NULL,
    last_step    bigint NOT NULL,
    created_ms   bigint NOT NULL,
    confirmed_ms bigint,
    CHECK ((state = 'ACTIVE') = (confirmed_ms IS NOT NULL))
);
COMMENT ON COLUMN second_factor.secret IS 'AES-256-GCM under the key second-factor in the secrets: version of the key, nonce, ciphertext, tag; bound to operator_id.';
COMMENT ON COLUMN second_factor.last_step IS 'Step (30 s since the epoch, by the machine''s clock) of the last code that was used; no code of it or before counts again.';

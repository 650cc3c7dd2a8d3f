-- SPDX-License-Identifier: EUPL-1.2

-- Documents about many persons, such as the report on a file, are sealed under keys of their own, which lie among those of persons. An erasure destroys all that were
-- there before it in the circuit, since nobody knows whom they name.
ALTER TABLE person_key ADD COLUMN of_document boolean NOT NULL DEFAULT false;
CREATE INDEX person_key_document ON person_key (circuit_id) WHERE of_document;
COMMENT ON COLUMN person_key.of_document IS 'The key of a document about many; record_id is then the number of no person.';

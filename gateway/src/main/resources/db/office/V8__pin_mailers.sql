-- SPDX-License-Identifier: EUPL-1.2
--
-- PINs by post. No PIN lies here: it follows from the request's key and a key of the secrets, and from nothing any more once it was printed.

CREATE TABLE pin_mailer (
    proposal_id bigint  PRIMARY KEY,
    circuit_id  integer NOT NULL,
    card_id     bigint  NOT NULL,
    request_key uuid,
    created_ms  bigint  NOT NULL,
    printed_ms  bigint,
    printed_by  bigint,
    CHECK ((request_key IS NULL) = (printed_ms IS NOT NULL)),
    CHECK ((printed_ms IS NULL) = (printed_by IS NULL))
);
COMMENT ON TABLE pin_mailer IS 'The letter behind a proposal RESET_PIN, which is printed once.';

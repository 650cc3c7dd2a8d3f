-- SPDX-License-Identifier: EUPL-1.2
--
-- What tills tell of their sales, and the days that outlets have closed. The money is in the core; ops/docs/tills.md tells the rules.

CREATE TABLE fiscal_document (
    payment_id bigint  PRIMARY KEY,
    circuit_id integer NOT NULL,
    outlet_id  bigint  NOT NULL,
    number     text    NOT NULL CHECK (length(number) BETWEEN 1 AND 40),
    issued_on  date    NOT NULL,
    told_by    bigint  NOT NULL,
    told_ms    bigint  NOT NULL
);
COMMENT ON TABLE fiscal_document IS 'The till''s own document of a payment: as told last before the day was closed. One document may be of several payments: a bill that two cards paid.';
COMMENT ON COLUMN fiscal_document.told_by IS 'Terminal';

CREATE TABLE day_close (
    outlet_id  bigint  NOT NULL,
    day        date    NOT NULL,
    circuit_id integer NOT NULL,
    sequence   bigint  NOT NULL,
    content    text    NOT NULL,
    digest     bytea   NOT NULL CHECK (octet_length(digest) = 32),
    closed_by  bigint  NOT NULL,
    closed_ms  bigint  NOT NULL,
    PRIMARY KEY (outlet_id, day)
);
COMMENT ON TABLE day_close IS 'Days that are closed: they never change again. What is sold later on the same day belongs to the day after.';
COMMENT ON COLUMN day_close.day IS 'Italian day';
COMMENT ON COLUMN day_close.sequence IS 'Last record that the day holds';
COMMENT ON COLUMN day_close.content IS 'The totals as they were frozen, as canonical JSON (RFC 8785)';
COMMENT ON COLUMN day_close.digest IS 'SHA-256 of content';

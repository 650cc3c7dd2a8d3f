-- SPDX-License-Identifier: EUPL-1.2
--
-- Reports: what was asked for, and the file that came of it. Files name no holder; those of publication lists have codes. ops/docs/reports.md tells the kinds.

CREATE TABLE report (
    report_id    bigint  GENERATED ALWAYS AS IDENTITY (START WITH 650000000000001) PRIMARY KEY,
    circuit_id   integer NOT NULL,
    kind         text    NOT NULL CHECK (kind IN ('REGION', 'PUBLICATION', 'UNSPENT', 'SPEND', 'FIRST_SPEND')),
    format       text    NOT NULL CHECK (format IN ('CSV', 'XLSX', 'PDF')),
    language     text    NOT NULL CHECK (language IN ('it', 'en')),
    programme_id bigint  NOT NULL,
    from_day     date,
    until_day    date,
    at_least     integer NOT NULL,
    at_sequence  bigint  NOT NULL,
    at_ms        bigint  NOT NULL,
    state        text    NOT NULL CHECK (state IN ('MAKING', 'MADE', 'STOPPED')),
    file         bytea,
    file_digest  bytea   CHECK (octet_length(file_digest) = 32),
    facts_digest bytea   CHECK (octet_length(facts_digest) = 32),
    repeats      bigint  REFERENCES report,
    made_by      bigint  NOT NULL,
    made_ms      bigint  NOT NULL,
    CHECK ((from_day IS NULL) = (until_day IS NULL)),
    CHECK ((state = 'MADE') = (file IS NOT NULL)),
    CHECK ((file IS NULL) = (file_digest IS NULL)),
    CHECK ((file IS NULL) = (facts_digest IS NULL))
);
COMMENT ON COLUMN report.programme_id IS '0 = all of the circuit';
COMMENT ON COLUMN report.until_day IS 'The day behind the last one';
COMMENT ON COLUMN report.at_least IS 'The fewest people that a figure about people is told of';
COMMENT ON COLUMN report.at_sequence IS 'Last record of the journal that counts';
COMMENT ON COLUMN report.at_ms IS 'Time of that record: what the office was told later does not count';
COMMENT ON COLUMN report.facts_digest IS 'SHA-256 of what was taken from the office: names, notes, acts';
COMMENT ON COLUMN report.repeats IS 'The report that this one was to be the same as';
CREATE INDEX report_by_circuit ON report (circuit_id, report_id);
CREATE INDEX report_under_way ON report (report_id) WHERE state = 'MAKING';

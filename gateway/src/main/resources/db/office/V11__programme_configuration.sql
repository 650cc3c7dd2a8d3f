-- SPDX-License-Identifier: EUPL-1.2
--
-- What stands behind references and programmes: acts of the municipality; official names, funders, logos and the goods of programmes in words. Nothing personal.

CREATE TABLE act (
    act_id     bigint  GENERATED ALWAYS AS IDENTITY (START WITH 900000000000001) PRIMARY KEY,
    circuit_id integer NOT NULL,
    kind       text    NOT NULL CHECK (kind IN ('determination', 'resolution', 'decree', 'ordinance', 'other')),
    number     text    NOT NULL,
    act_date   date    NOT NULL,
    title      text    NOT NULL,
    pdf_digest text    CHECK (pdf_digest ~ '^[0-9a-f]{64}$'),
    made_by    bigint  NOT NULL,
    made_ms    bigint  NOT NULL,
    UNIQUE (circuit_id, kind, number, act_date)
);
CREATE INDEX act_by_circuit ON act (circuit_id, act_id);
COMMENT ON COLUMN act.act_id IS 'The reference that commands of the core carry. Begins so high that no number an office gives by itself is taken for one.';
COMMENT ON COLUMN act.pdf_digest IS 'SHA-256 of the signed document, which is kept elsewhere.';
CREATE FUNCTION act_refuse_change() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'acts are not changed: money refers to them'; END $$;
CREATE TRIGGER act_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON act EXECUTE FUNCTION act_refuse_change();

CREATE TABLE programme_description (
    programme_id bigint  NOT NULL,
    version      integer NOT NULL CHECK (version > 0),
    circuit_id   integer NOT NULL,
    state        text    NOT NULL CHECK (state IN ('draft', 'published', 'withdrawn')),
    data         jsonb   NOT NULL,
    described_by bigint  NOT NULL,
    described_ms bigint  NOT NULL,
    PRIMARY KEY (programme_id, version)
);
CREATE INDEX programme_description_circuit ON programme_description (circuit_id, programme_id);
COMMENT ON TABLE programme_description IS 'Each change is a version; the newest that is no draft says what the public, letters and tills see.';

CREATE TABLE programme_logo (
    programme_id bigint   NOT NULL,
    position     smallint NOT NULL CHECK (position BETWEEN 1 AND 6),
    format       text     NOT NULL CHECK (format IN ('png', 'svg')),
    circuit_id   integer  NOT NULL,
    name         text     NOT NULL,
    content      bytea    NOT NULL CHECK (octet_length(content) <= 1048576),
    sha256       text     NOT NULL,
    set_by       bigint   NOT NULL,
    set_ms       bigint   NOT NULL,
    PRIMARY KEY (programme_id, position, format)
);
COMMENT ON COLUMN programme_logo.content IS 'As the gateway wrote it anew, never as it came.';
